"""An adverse event is new evidence: what was cleared before it no longer holds."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION intake_end_on_adverse_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH ended AS (
        UPDATE intake_clearance SET ended_at = core_at(), ended_by = core_by(),
            ended_cause = 'An adverse event was reported.'
        WHERE client_id = NEW.id AND ended_at IS NULL
        RETURNING id, site_id
    )
    INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
        actor_kind, actor_id, actor_name)
    SELECT core_at(), 'clearance.ended', 'intake.clearance', id, NEW.id, site_id, '{}',
        'system', NULL, core_by()
    FROM ended;
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
