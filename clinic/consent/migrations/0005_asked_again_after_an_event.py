"""After an adverse event the consent is asked again, as its text promises."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION consent_asked_again_after_event() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    WITH ended AS (
        UPDATE consent_consent SET ended_at = NEW.reported_at, ended_by = NEW.actor_name,
            ended_cause = 'An adverse event was reported. The consent is asked again.',
            end_kind = 'SUPERSEDED'
        WHERE client_id = NEW.client_id AND ended_at IS NULL
        RETURNING id, site_id
    )
    INSERT INTO audit_event (at, verb, object_type, object_id, client_id, site_id, detail,
        actor_kind, actor_id, actor_name)
    SELECT NEW.reported_at, 'consent.supersede', 'consent.consent', id, NEW.client_id, site_id,
        '{}', 'system', NULL, NEW.actor_name
    FROM ended;
    RETURN NULL;
END $$;
CREATE TRIGGER after_an_event_the_consent_is_asked_again AFTER INSERT ON clients_adverseevent
    FOR EACH ROW EXECUTE FUNCTION consent_asked_again_after_event();
"""
UNDO = """
DROP TRIGGER after_an_event_the_consent_is_asked_again ON clients_adverseevent;
DROP FUNCTION consent_asked_again_after_event();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0004_evidence"),
        ("clients", "0002_promises"),
        ("audit", "0001_initial"),
    ]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
