"""An appointment is of one site: its procedure, its room, and somebody there who performs it."""

from django.db import migrations

from clinic.core.constraints import RecordedAt

PROMISES = """
ALTER TABLE booking_appointment
    ADD CONSTRAINT appointment_of_site UNIQUE (id, site_id),
    ADD CONSTRAINT an_appointment_is_for_a_procedure_of_its_site
        FOREIGN KEY (procedure_id, site_id) REFERENCES procedures_procedure (id, site_id),
    ADD CONSTRAINT an_appointment_is_in_a_room_of_its_site
        FOREIGN KEY (room_id, site_id) REFERENCES procedures_room (id, site_id);

CREATE FUNCTION booking_performed_by_a_member() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM procedures_procedure_performers p
    WHERE p.procedure_id = NEW.procedure_id AND p.user_id = NEW.practitioner_id;
    IF NOT FOUND OR NOT EXISTS (
        SELECT FROM accounts_membership m
        WHERE m.user_id = NEW.practitioner_id AND m.site_id = NEW.site_id
            AND m.role IN ('practitioner', 'prescriber', 'clinical_lead')
    ) THEN
        RAISE EXCEPTION 'an appointment is with somebody who performs it there'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_appointment_is_with_somebody_who_performs_it
    BEFORE INSERT OR UPDATE OF practitioner_id ON booking_appointment
    FOR EACH ROW EXECUTE FUNCTION booking_performed_by_a_member();
"""
UNDO = """
DROP TRIGGER an_appointment_is_with_somebody_who_performs_it ON booking_appointment;
DROP FUNCTION booking_performed_by_a_member();
ALTER TABLE booking_appointment
    DROP CONSTRAINT an_appointment_is_in_a_room_of_its_site,
    DROP CONSTRAINT an_appointment_is_for_a_procedure_of_its_site,
    DROP CONSTRAINT appointment_of_site;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0005_news"),
        ("procedures", "0003_of_their_site"),
        ("accounts", "0003_sign_in_attempts"),
        ("core", "0006_evidence"),
    ]

    operations = [
        RecordedAt("booking_statuschange", "at"),
        RecordedAt("booking_checkin", "at"),
        migrations.RunSQL(PROMISES, UNDO),
    ]
