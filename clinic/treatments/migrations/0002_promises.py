"""Gate 2 as the database promises it: no treatment without clearance, consent and check-in."""

from django.db import migrations

from clinic.core.grants import AllowUpdate

PROMISES = """
ALTER TABLE treatments_treatment
    ADD COLUMN client_kind varchar(12) GENERATED ALWAYS AS ('CLIENT') STORED,
    ADD COLUMN practitioner_kind varchar(12) GENERATED ALWAYS AS ('PRACTITIONER') STORED;
ALTER TABLE treatments_treatment
    ADD CONSTRAINT treatment_of_client UNIQUE (id, client_id),
    ADD CONSTRAINT treatment_with_depth UNIQUE (id, max_depth_mm),
    ADD CONSTRAINT a_running_treatment_holds_a_live_appointment
        FOREIGN KEY (appointment_id, client_id, procedure_id, local_day, max_depth_mm, must_live)
        REFERENCES booking_appointment
            (id, client_id, procedure_id, local_day, depth_mm, must_live),
    ADD CONSTRAINT a_running_treatment_holds_a_live_consent
        FOREIGN KEY (consent_id, client_id, procedure_id, consent_depth_mm, cooling_off_until,
            must_live)
        REFERENCES consent_consent
            (id, client_id, procedure_id, depth_mm, cooling_off_until, live),
    ADD CONSTRAINT the_consent_is_for_that_text
        FOREIGN KEY (consent_id, text_id) REFERENCES consent_consent (id, text_id),
    ADD CONSTRAINT the_text_is_current
        FOREIGN KEY (text_id, must_live) REFERENCES consent_consenttext (id, live),
    ADD CONSTRAINT the_client_has_signed
        FOREIGN KEY (consent_id, client_kind) REFERENCES consent_signature (consent_id, kind),
    ADD CONSTRAINT the_practitioner_has_countersigned
        FOREIGN KEY (consent_id, practitioner_kind)
        REFERENCES consent_signature (consent_id, kind),
    ADD CONSTRAINT checked_in_today_with_nothing_new
        FOREIGN KEY (check_in_id, appointment_id, local_day, nothing_new)
        REFERENCES booking_checkin (id, appointment_id, local_day, nothing_new),
    ADD CONSTRAINT treated_on_the_day
        CHECK (local_day = (started_at AT TIME ZONE time_zone)::date);
ALTER TABLE treatments_treatmentrecord
    ADD CONSTRAINT record_of_treatment UNIQUE (id, treatment_id),
    ADD CONSTRAINT a_record_is_of_its_own_clients_treatment
        FOREIGN KEY (treatment_id, client_id) REFERENCES treatments_treatment (id, client_id),
    ADD CONSTRAINT a_record_supersedes_one_of_the_same_treatment
        FOREIGN KEY (supersedes_id, treatment_id)
        REFERENCES treatments_treatmentrecord (id, treatment_id);
ALTER TABLE treatments_treatedarea
    ADD CONSTRAINT an_area_is_of_the_records_treatment
        FOREIGN KEY (record_id, treatment_id)
        REFERENCES treatments_treatmentrecord (id, treatment_id),
    ADD CONSTRAINT an_area_knows_the_cleared_depth
        FOREIGN KEY (treatment_id, max_depth_mm)
        REFERENCES treatments_treatment (id, max_depth_mm);

CREATE FUNCTION treatments_starts_running() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a treatment begins as running' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM booking_appointment a, consent_consent c
        WHERE a.id = NEW.appointment_id AND c.id = NEW.consent_id
            AND a.areas <@ c.areas AND (c.anaesthetic_planned OR NOT a.anaesthetic_planned)
            AND NEW.local_day <= c.expires_on
    ) THEN
        RAISE EXCEPTION 'an area, numbing or day that was not consented to'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_treatment_begins_as_running BEFORE INSERT ON treatments_treatment
    FOR EACH ROW EXECUTE FUNCTION treatments_starts_running();
"""

UNDO = """
DROP TRIGGER a_treatment_begins_as_running ON treatments_treatment;
DROP FUNCTION treatments_starts_running();
ALTER TABLE treatments_treatedarea
    DROP CONSTRAINT an_area_knows_the_cleared_depth,
    DROP CONSTRAINT an_area_is_of_the_records_treatment;
ALTER TABLE treatments_treatmentrecord
    DROP CONSTRAINT a_record_supersedes_one_of_the_same_treatment,
    DROP CONSTRAINT a_record_is_of_its_own_clients_treatment,
    DROP CONSTRAINT record_of_treatment;
ALTER TABLE treatments_treatment
    DROP CONSTRAINT treated_on_the_day,
    DROP CONSTRAINT checked_in_today_with_nothing_new,
    DROP CONSTRAINT the_practitioner_has_countersigned,
    DROP CONSTRAINT the_client_has_signed,
    DROP CONSTRAINT the_text_is_current,
    DROP CONSTRAINT the_consent_is_for_that_text,
    DROP CONSTRAINT a_running_treatment_holds_a_live_consent,
    DROP CONSTRAINT a_running_treatment_holds_a_live_appointment,
    DROP CONSTRAINT treatment_with_depth,
    DROP CONSTRAINT treatment_of_client,
    DROP COLUMN client_kind,
    DROP COLUMN practitioner_kind;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0001_initial"),
        ("booking", "0002_promises"),
        ("consent", "0002_promises"),
    ]

    operations = [
        migrations.RunSQL(PROMISES, UNDO),
        AllowUpdate("treatments_treatment", ["ended_at", "stopped_cause"]),
    ]
