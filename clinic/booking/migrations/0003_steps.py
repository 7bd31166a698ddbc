"""The life of an appointment as the database promises it; the same table as `transitions.py`."""

from django.db import migrations

PROMISES = """
CREATE FUNCTION booking_steps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step text := OLD.status || '>' || NEW.status;
BEGIN
    IF (NEW.client_id, NEW.site_id, NEW.procedure_id, NEW.booked_at)
        IS DISTINCT FROM (OLD.client_id, OLD.site_id, OLD.procedure_id, OLD.booked_at)
    THEN
        RAISE EXCEPTION 'an appointment stays with its client and procedure'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND step NOT IN (
        'BOOKED>ARRIVED', 'BOOKED>ON_HOLD', 'BOOKED>CANCELLED', 'BOOKED>NO_SHOW',
        'ARRIVED>IN_TREATMENT', 'ARRIVED>ON_HOLD', 'ARRIVED>CANCELLED',
        'IN_TREATMENT>DONE', 'IN_TREATMENT>CANCELLED',
        'ON_HOLD>BOOKED', 'ON_HOLD>CANCELLED', 'ON_HOLD>NO_SHOW')
    THEN
        RAISE EXCEPTION 'an appointment takes only the steps of the table'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> 'BOOKED' AND (
        NEW.clearance_id, NEW.practitioner_id, NEW.room_id, NEW.starts_at, NEW.ends_at,
        NEW.time_zone, NEW.local_day, NEW.rest_until, NEW.depth_mm, NEW.areas,
        NEW.anaesthetic_planned, NEW.clearance_valid_from, NEW.clearance_valid_until,
        NEW.clearance_depth_mm, NEW.clearance_anaesthetic
    ) IS DISTINCT FROM (
        OLD.clearance_id, OLD.practitioner_id, OLD.room_id, OLD.starts_at, OLD.ends_at,
        OLD.time_zone, OLD.local_day, OLD.rest_until, OLD.depth_mm, OLD.areas,
        OLD.anaesthetic_planned, OLD.clearance_valid_from, OLD.clearance_valid_until,
        OLD.clearance_depth_mm, OLD.clearance_anaesthetic
    ) THEN
        RAISE EXCEPTION 'only a booked appointment can be moved'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_appointment_takes_its_steps BEFORE UPDATE ON booking_appointment
    FOR EACH ROW EXECUTE FUNCTION booking_steps();

CREATE FUNCTION booking_rests_long_enough() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM procedures_procedure p WHERE p.id = NEW.procedure_id
            AND NEW.rest_until >= NEW.local_day
                + CASE WHEN p.modality = 'RF_MN' OR NEW.depth_mm >= 1.5
                    THEN p.deep_interval_days ELSE p.interval_days END
    ) THEN
        RAISE EXCEPTION 'the rest is as long as the procedure asks'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER the_rest_is_as_long_as_the_procedure_asks
    BEFORE INSERT OR UPDATE OF rest_until, local_day, depth_mm ON booking_appointment
    FOR EACH ROW EXECUTE FUNCTION booking_rests_long_enough();

CREATE FUNCTION booking_checked_in_on_the_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM booking_appointment a WHERE a.id = NEW.appointment_id
            AND a.client_id = NEW.client_id
            AND NEW.local_day = (NEW.at AT TIME ZONE a.time_zone)::date
    ) THEN
        RAISE EXCEPTION 'a check-in is of its own client and day'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_check_in_is_of_its_day BEFORE INSERT ON booking_checkin
    FOR EACH ROW EXECUTE FUNCTION booking_checked_in_on_the_day();
"""

UNDO = """
DROP TRIGGER a_check_in_is_of_its_day ON booking_checkin;
DROP FUNCTION booking_checked_in_on_the_day();
DROP TRIGGER the_rest_is_as_long_as_the_procedure_asks ON booking_appointment;
DROP FUNCTION booking_rests_long_enough();
DROP TRIGGER an_appointment_takes_its_steps ON booking_appointment;
DROP FUNCTION booking_steps();
"""


class Migration(migrations.Migration):
    dependencies = [("booking", "0002_promises"), ("procedures", "0001_initial")]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
