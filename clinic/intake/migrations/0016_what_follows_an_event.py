"""After "never again", or while a doctor's word is missing, nobody is cleared."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION intake_clears_after_no_event() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- One at a time for each client: who closes an event takes the same lock.
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM clients_adverseevent e WHERE e.client_id = NEW.client_id
            AND (e.follows = 'NEVER' OR (e.follows = 'DOCTOR' AND NOT e.word_given))
    ) THEN
        RAISE EXCEPTION 'a clearance waits for what follows an adverse event'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearance_waits_for_what_follows_an_event BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION intake_clears_after_no_event();

CREATE FUNCTION intake_end_on_what_follows() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM clients_client WHERE id = NEW.client_id FOR NO KEY UPDATE;
    PERFORM intake_end_clearances(NEW.client_id, CASE NEW.follows
        WHEN 'NEVER' THEN 'Never to be treated again after an adverse event.'
        ELSE 'After an adverse event a doctor''s word is needed first.' END);
    RETURN NULL;
END $$;
CREATE TRIGGER what_follows_an_event_ends_the_clearance
    AFTER UPDATE OF follows ON clients_adverseevent
    FOR EACH ROW WHEN (OLD.follows IS DISTINCT FROM NEW.follows
        AND (NEW.follows = 'NEVER' OR (NEW.follows = 'DOCTOR' AND NOT NEW.word_given)))
    EXECUTE FUNCTION intake_end_on_what_follows();
"""
UNDO = """
DROP TRIGGER what_follows_an_event_ends_the_clearance ON clients_adverseevent;
DROP FUNCTION intake_end_on_what_follows();
DROP TRIGGER a_clearance_waits_for_what_follows_an_event ON intake_clearance;
DROP FUNCTION intake_clears_after_no_event();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0015_patch_test_first"),
        ("clients", "0006_what_follows_an_event"),
    ]
    operations = [migrations.RunSQL(PROMISE, UNDO)]
