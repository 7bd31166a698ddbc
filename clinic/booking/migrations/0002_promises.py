"""Gate 1 as the database promises it: no live appointment without all that allows it.

`int8range(id, id, '[]') WITH &&` is equality by built-in operators: the embedded server has no
btree_gist.
"""

from django.db import migrations

from clinic.core.grants import AllowUpdate

PROMISES = """
ALTER TABLE booking_appointment
    ADD CONSTRAINT appointment_in_full
        UNIQUE (id, client_id, procedure_id, local_day, depth_mm, must_live),
    ADD CONSTRAINT a_live_appointment_holds_a_live_clearance
        FOREIGN KEY (clearance_id, client_id, procedure_id, must_live,
            clearance_valid_from, clearance_valid_until, clearance_depth_mm,
            clearance_anaesthetic)
        REFERENCES intake_clearance (id, client_id, procedure_id, live,
            valid_from, valid_until, depth_mm, anaesthetic_planned),
    ADD CONSTRAINT a_live_appointment_has_no_open_adverse_event
        FOREIGN KEY (client_id, must_live) REFERENCES clients_client (id, event_free),
    ADD CONSTRAINT the_day_is_the_day_at_the_clinic
        CHECK (local_day = (starts_at AT TIME ZONE time_zone)::date),
    ADD CONSTRAINT a_practitioner_is_in_one_place
        EXCLUDE USING gist (int8range(practitioner_id, practitioner_id, '[]') WITH &&,
            tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'ARRIVED', 'IN_TREATMENT', 'DONE')),
    ADD CONSTRAINT a_room_is_used_once
        EXCLUDE USING gist (int8range(room_id, room_id, '[]') WITH &&,
            tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'ARRIVED', 'IN_TREATMENT', 'DONE')),
    ADD CONSTRAINT the_skin_rests_between_sessions
        EXCLUDE USING gist (int8range(client_id, client_id, '[]') WITH &&,
            daterange(local_day, rest_until) WITH &&)
        WHERE (status IN ('BOOKED', 'ARRIVED', 'IN_TREATMENT', 'DONE'));
ALTER TABLE booking_checkin
    ADD CONSTRAINT check_in_in_full UNIQUE (id, appointment_id, local_day, nothing_new);

CREATE FUNCTION booking_starts_booked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'BOOKED' THEN
        RAISE EXCEPTION 'an appointment begins as booked' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_appointment_begins_as_booked BEFORE INSERT ON booking_appointment
    FOR EACH ROW EXECUTE FUNCTION booking_starts_booked();

CREATE FUNCTION booking_only_cleared_areas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM intake_clearance WHERE id = NEW.clearance_id AND NEW.areas <@ areas
    ) THEN
        RAISE EXCEPTION 'an area that is not cleared' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_cleared_areas_are_booked
    BEFORE INSERT OR UPDATE OF areas, clearance_id ON booking_appointment
    FOR EACH ROW EXECUTE FUNCTION booking_only_cleared_areas();

CREATE FUNCTION booking_hold(held_client bigint, held_clearance bigint, by_name text, why text,
    held_at timestamptz) RETURNS void LANGUAGE sql AS $$
    WITH held AS (
        UPDATE booking_appointment SET status = 'ON_HOLD'
        WHERE client_id = held_client AND status IN ('BOOKED', 'ARRIVED')
            AND (held_clearance IS NULL OR clearance_id = held_clearance)
        RETURNING id, site_id, client_id
    ), told AS (
        INSERT INTO booking_statuschange
            (appointment_id, status, cause, at, actor_kind, actor_id, actor_name)
        SELECT id, 'ON_HOLD', why, held_at, 'system', NULL, by_name FROM held
    )
    INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
        actor_kind, actor_id, actor_name)
    SELECT held_at, 'appointment.hold', 'booking.appointment', id, client_id, site_id, '{}',
        'system', NULL, by_name
    FROM held;
$$;

CREATE FUNCTION booking_hold_on_ended_clearance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM booking_hold(NEW.client_id, NEW.id, NEW.ended_by, NEW.ended_cause, NEW.ended_at);
    RETURN NEW;
END $$;
CREATE TRIGGER an_ended_clearance_holds_its_appointments
    BEFORE UPDATE OF ended_at ON intake_clearance
    FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL)
    EXECUTE FUNCTION booking_hold_on_ended_clearance();

CREATE FUNCTION booking_hold_on_adverse_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM booking_hold(NEW.id, NULL, core_by(), 'An adverse event is open.', core_at());
    RETURN NEW;
END $$;
CREATE TRIGGER an_adverse_event_holds_appointments
    BEFORE UPDATE OF event_free ON clients_client
    FOR EACH ROW WHEN (OLD.event_free AND NOT NEW.event_free)
    EXECUTE FUNCTION booking_hold_on_adverse_event();
"""

UNDO = """
DROP TRIGGER an_adverse_event_holds_appointments ON clients_client;
DROP FUNCTION booking_hold_on_adverse_event();
DROP TRIGGER an_ended_clearance_holds_its_appointments ON intake_clearance;
DROP FUNCTION booking_hold_on_ended_clearance();
DROP FUNCTION booking_hold(bigint, bigint, text, text, timestamptz);
DROP TRIGGER only_cleared_areas_are_booked ON booking_appointment;
DROP FUNCTION booking_only_cleared_areas();
DROP TRIGGER an_appointment_begins_as_booked ON booking_appointment;
DROP FUNCTION booking_starts_booked();
ALTER TABLE booking_checkin DROP CONSTRAINT check_in_in_full;
ALTER TABLE booking_appointment
    DROP CONSTRAINT the_skin_rests_between_sessions,
    DROP CONSTRAINT a_room_is_used_once,
    DROP CONSTRAINT a_practitioner_is_in_one_place,
    DROP CONSTRAINT the_day_is_the_day_at_the_clinic,
    DROP CONSTRAINT a_live_appointment_has_no_open_adverse_event,
    DROP CONSTRAINT a_live_appointment_holds_a_live_clearance,
    DROP CONSTRAINT appointment_in_full;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0001_initial"),
        ("intake", "0002_promises"),
        ("clients", "0002_promises"),
        ("audit", "0001_initial"),
        ("core", "0004_acting"),
    ]

    operations = [
        migrations.RunSQL(PROMISES, UNDO),
        AllowUpdate("booking_appointment"),
    ]
