"""What the database itself promises about consent: signed text cannot change or be swapped."""

from django.db import migrations

from clinic.core.grants import AllowUpdate
from clinic.core.promises import EndOnce

PROMISES = """
ALTER TABLE consent_consenttext ADD CONSTRAINT consent_text_when_live UNIQUE (id, live);
ALTER TABLE consent_consent
    ADD CONSTRAINT consent_of_text UNIQUE (id, text_id),
    ADD CONSTRAINT consent_with_content UNIQUE (id, content_sha256),
    ADD CONSTRAINT consent_in_full
        UNIQUE (id, client_id, procedure_id, depth_mm, cooling_off_until, live),
    ADD CONSTRAINT a_consent_is_on_its_own_clients_screening
        FOREIGN KEY (screening_id, client_id) REFERENCES intake_screening (id, client_id);

ALTER TABLE consent_signature ADD COLUMN after_kind varchar(12)
    GENERATED ALWAYS AS (CASE WHEN kind = 'PRACTITIONER' THEN 'CLIENT' END) STORED;
ALTER TABLE consent_signature
    ADD CONSTRAINT the_signed_text_is_the_one_shown
        FOREIGN KEY (consent_id, content_sha256) REFERENCES consent_consent (id, content_sha256),
    ADD CONSTRAINT the_client_signs_first
        FOREIGN KEY (consent_id, after_kind) REFERENCES consent_signature (consent_id, kind);

CREATE FUNCTION consent_signed_while_live() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM consent_consent WHERE id = NEW.consent_id AND live FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a consent in force can be signed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_a_consent_in_force_is_signed
    BEFORE INSERT ON consent_signature
    FOR EACH ROW EXECUTE FUNCTION consent_signed_while_live();
"""

UNDO = """
DROP TRIGGER only_a_consent_in_force_is_signed ON consent_signature;
DROP FUNCTION consent_signed_while_live();
ALTER TABLE consent_signature
    DROP CONSTRAINT the_client_signs_first,
    DROP CONSTRAINT the_signed_text_is_the_one_shown,
    DROP COLUMN after_kind;
ALTER TABLE consent_consent
    DROP CONSTRAINT a_consent_is_on_its_own_clients_screening,
    DROP CONSTRAINT consent_in_full,
    DROP CONSTRAINT consent_with_content, DROP CONSTRAINT consent_of_text;
ALTER TABLE consent_consenttext DROP CONSTRAINT consent_text_when_live;
"""

ENDS = ["ended_at", "ended_by", "ended_cause"]


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("intake", "0002_promises")]

    operations = [
        migrations.RunSQL(PROMISES, UNDO),
        EndOnce("consent_consenttext"),
        EndOnce("consent_consent"),
        AllowUpdate("consent_consenttext", ENDS),
        AllowUpdate("consent_consent", [*ENDS, "end_kind"]),
    ]
