"""Who refuses the consent is not treated: the appointments for that procedure go on hold at once."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION booking_hold_on_refusal() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held bigint;
BEGIN
    FOR held IN
        SELECT DISTINCT clearance_id FROM booking_appointment
        WHERE client_id = NEW.client_id AND procedure_id = NEW.procedure_id
            AND status IN ('BOOKED', 'ARRIVED')
    LOOP
        PERFORM booking_hold(NEW.client_id, held, NEW.ended_by, 'The client refused consent.',
            NEW.ended_at);
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER a_refusal_holds_its_appointments BEFORE UPDATE OF ended_at ON consent_consent
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.end_kind = 'REFUSED')
    EXECUTE FUNCTION booking_hold_on_refusal();
"""
UNDO = """
DROP TRIGGER a_refusal_holds_its_appointments ON consent_consent;
DROP FUNCTION booking_hold_on_refusal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0008_a_patch_test_first"),
        ("consent", "0006_time_runs_from_the_handing_over"),
    ]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
