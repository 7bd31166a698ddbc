"""An adverse event is new evidence: what was cleared before it no longer holds."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION intake_end_on_adverse_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM intake_end_clearances(NEW.id, 'An adverse event was reported.');
    RETURN NULL;
END $$;
CREATE TRIGGER an_adverse_event_ends_the_clearance
    AFTER UPDATE OF event_free ON clients_client
    FOR EACH ROW WHEN (OLD.event_free AND NOT NEW.event_free)
    EXECUTE FUNCTION intake_end_on_adverse_event();
"""

UNDO = """
DROP TRIGGER an_adverse_event_ends_the_clearance ON clients_client;
DROP FUNCTION intake_end_on_adverse_event();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_birthday"), ("clients", "0002_promises")]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
