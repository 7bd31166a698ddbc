"""Nobody is treated on a consent whose risks were chosen for other answers."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION treatments_consent_to_these_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM booking_appointment a
        JOIN intake_clearance c ON c.id = a.clearance_id
        JOIN intake_screening latest ON latest.id = c.screening_id
        JOIN intake_submission said ON said.id = latest.submission_id
        JOIN consent_consent agreed ON agreed.id = NEW.consent_id
        JOIN intake_screening earlier ON earlier.id = agreed.screening_id
        JOIN intake_submission told ON told.id = earlier.submission_id
        WHERE a.id = NEW.appointment_id AND said.answers_sha256 = told.answers_sha256
    ) THEN
        RAISE EXCEPTION 'a consent to other answers' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_treatment_rests_on_a_consent_to_its_answers
    BEFORE INSERT ON treatments_treatment
    FOR EACH ROW EXECUTE FUNCTION treatments_consent_to_these_answers();
"""

UNDO = """
DROP TRIGGER a_treatment_rests_on_a_consent_to_its_answers ON treatments_treatment;
DROP FUNCTION treatments_consent_to_these_answers();
"""


class Migration(migrations.Migration):
    dependencies = [("treatments", "0003_ends_once"), ("intake", "0005_after_level")]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
