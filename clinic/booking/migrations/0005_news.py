"""No appointment comes to rest on a clearance past which something was told.

What is told while a treatment is under way cannot end the clearance that carries it; that clearance
then carries nothing more.
"""

from django.db import migrations

PROMISES = """
CREATE FUNCTION booking_rests_past_no_news() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM intake_clearance c WHERE c.id = NEW.clearance_id
            AND review_told_since(c.screening_id, c.decision_id)
    ) THEN
        RAISE EXCEPTION 'an appointment waits for what was told' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_appointment_waits_for_what_was_told
    BEFORE INSERT OR UPDATE OF status, clearance_id ON booking_appointment
    FOR EACH ROW WHEN (NEW.status IN ('BOOKED', 'ARRIVED', 'IN_TREATMENT'))
    EXECUTE FUNCTION booking_rests_past_no_news();
"""

UNDO = """
DROP TRIGGER an_appointment_waits_for_what_was_told ON booking_appointment;
DROP FUNCTION booking_rests_past_no_news();
"""


class Migration(migrations.Migration):
    dependencies = [("booking", "0004_done_or_not_after_all"), ("review", "0005_news")]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
