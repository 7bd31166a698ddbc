"""The client's signature names every statement of the consent, in the database's own words."""

from django.db import migrations

TICKED = """
CREATE FUNCTION consent_every_statement_ticked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'CLIENT' AND EXISTS (
        SELECT FROM consent_consent c,
            jsonb_array_elements(COALESCE(c.content -> 'acknowledgements', '[]')) asked
        WHERE c.id = NEW.consent_id AND NOT (asked ->> 'id' = ANY (NEW.acknowledged))
    ) THEN
        RAISE EXCEPTION 'every_statement_is_ticked' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'every_statement_is_ticked';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER the_client_ticks_every_statement
    BEFORE INSERT ON consent_signature
    FOR EACH ROW EXECUTE FUNCTION consent_every_statement_ticked();
"""

UNDO = """
DROP TRIGGER the_client_ticks_every_statement ON consent_signature;
DROP FUNCTION consent_every_statement_ticked();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_promises")]

    operations = [migrations.RunSQL(TICKED, UNDO)]
