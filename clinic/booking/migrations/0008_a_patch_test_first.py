"""No appointment comes to rest on a clearance that waits for a patch test with a good result."""

from django.db import migrations

PROMISES = """
CREATE FUNCTION booking_after_the_patch_test() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One at a time for each client: how a patch test was read takes the same lock.
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM intake_clearance c WHERE c.id = NEW.clearance_id AND c.patch_test_first
            AND review_patch_good(c.id) IS NOT TRUE
    ) THEN
        RAISE EXCEPTION 'a patch test with a good result comes first'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_appointment_waits_for_the_patch_test
    BEFORE INSERT OR UPDATE OF status, clearance_id ON booking_appointment
    FOR EACH ROW WHEN (NEW.status IN ('BOOKED', 'ARRIVED', 'IN_TREATMENT'))
    EXECUTE FUNCTION booking_after_the_patch_test();
"""
UNDO = """
DROP TRIGGER an_appointment_waits_for_the_patch_test ON booking_appointment;
DROP FUNCTION booking_after_the_patch_test();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0007_at_a_site_that_sees_the_client"),
        ("review", "0009_patch_tests"),
    ]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
