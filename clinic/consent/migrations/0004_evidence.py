"""A signature is of its time and a paper of its signatures; every fingerprint is the true one."""

from django.db import migrations

from clinic.core.constraints import HashOfBytes, HashOfJson, IsAHash, RecordedAt

PROMISES = """
ALTER TABLE consent_consent ADD CONSTRAINT a_consent_is_for_a_procedure_of_its_site
    FOREIGN KEY (procedure_id, site_id) REFERENCES procedures_procedure (id, site_id);
ALTER TABLE consent_consentdocument ADD CONSTRAINT a_paper_is_a_pdf
    CHECK (substring(pdf FROM 1 FOR 5) = convert_to('%PDF-', 'UTF8'));

CREATE FUNCTION consent_signed_in_order() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM consent_consent c WHERE c.id = NEW.consent_id AND c.given_at > NEW.signed_at
    ) OR EXISTS (
        SELECT FROM consent_signature s
        WHERE s.consent_id = NEW.consent_id AND s.signed_at > NEW.signed_at
    ) THEN
        RAISE EXCEPTION 'a signature comes after the text and after the one before it'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'PRACTITIONER' AND NOT EXISTS (
        SELECT FROM consent_consent c
        JOIN procedures_procedure_performers p ON p.procedure_id = c.procedure_id
        WHERE c.id = NEW.consent_id AND p.user_id = NEW.signed_by_id
    ) THEN
        RAISE EXCEPTION 'whoever countersigns performs the procedure'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_signature_comes_in_its_order AFTER INSERT ON consent_signature
    FOR EACH ROW EXECUTE FUNCTION consent_signed_in_order();

CREATE FUNCTION consent_paper_of_its_signatures() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.signatures < 1 OR NEW.signatures <> (
        SELECT count(*) FROM consent_signature s
        WHERE s.consent_id = NEW.consent_id AND s.signed_at <= NEW.made_at
    ) THEN
        RAISE EXCEPTION 'a paper is made when its signatures are there'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_paper_is_made_when_its_signatures_are_there
    AFTER INSERT ON consent_consentdocument
    FOR EACH ROW EXECUTE FUNCTION consent_paper_of_its_signatures();
"""
UNDO = """
DROP TRIGGER a_paper_is_made_when_its_signatures_are_there ON consent_consentdocument;
DROP FUNCTION consent_paper_of_its_signatures();
DROP TRIGGER a_signature_comes_in_its_order ON consent_signature;
DROP FUNCTION consent_signed_in_order();
ALTER TABLE consent_consentdocument DROP CONSTRAINT a_paper_is_a_pdf;
ALTER TABLE consent_consent DROP CONSTRAINT a_consent_is_for_a_procedure_of_its_site;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0003_every_statement_ticked"),
        ("procedures", "0003_of_their_site"),
        ("core", "0006_evidence"),
    ]

    operations = [
        HashOfJson("consent_consent", "content"),
        HashOfBytes("consent_consentdocument", "pdf"),
        IsAHash("consent_consenttext", "sha256"),
        RecordedAt("consent_consent", "given_at"),
        RecordedAt("consent_signature", "signed_at"),
        RecordedAt("consent_consentdocument", "made_at"),
        migrations.RunSQL(PROMISES, UNDO),
    ]
