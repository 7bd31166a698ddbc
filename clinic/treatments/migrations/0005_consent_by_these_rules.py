"""Nobody is treated on a consent whose risks were chosen by other rules than those that cleared."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION treatments_consent_to_these_answers() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM booking_appointment a
        JOIN intake_clearance c ON c.id = a.clearance_id
        JOIN intake_screening latest ON latest.id = c.screening_id
        JOIN intake_submission said ON said.id = latest.submission_id
        JOIN consent_consent agreed ON agreed.id = NEW.consent_id
        JOIN intake_screening earlier ON earlier.id = agreed.screening_id
        JOIN intake_submission told ON told.id = earlier.submission_id
        WHERE a.id = NEW.appointment_id AND said.answers_sha256 = told.answers_sha256{and_rules}
    ) THEN
        RAISE EXCEPTION 'a consent to other answers' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("treatments", "0004_consent_to_these_answers")]

    operations = [
        migrations.RunSQL(
            FUNCTION.replace("{and_rules}", " AND latest.pack_id = earlier.pack_id"),
            FUNCTION.replace("{and_rules}", ""),
        )
    ]
