"""A treatment ends once, not before it began, and a signed record takes no further area."""

from django.db import migrations

PROMISES = """
CREATE FUNCTION treatments_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_treatment_ends_once BEFORE UPDATE ON treatments_treatment
    FOR EACH ROW EXECUTE FUNCTION treatments_ends_once();
ALTER TABLE treatments_treatment
    ADD CONSTRAINT a_treatment_ends_after_it_began
        CHECK (ended_at IS NULL OR ended_at >= started_at);

ALTER TABLE treatments_treatmentrecord
    ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ADD CONSTRAINT a_record_supersedes_another CHECK (supersedes_id <> id);
CREATE FUNCTION treatments_area_of_this_signing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM treatments_treatmentrecord
        WHERE id = NEW.record_id AND written_in = pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'a signed record takes no further area' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_signed_record_takes_no_further_area BEFORE INSERT ON treatments_treatedarea
    FOR EACH ROW EXECUTE FUNCTION treatments_area_of_this_signing();
"""

UNDO = """
DROP TRIGGER a_signed_record_takes_no_further_area ON treatments_treatedarea;
DROP FUNCTION treatments_area_of_this_signing();
ALTER TABLE treatments_treatmentrecord
    DROP CONSTRAINT a_record_supersedes_another,
    DROP COLUMN written_in;
ALTER TABLE treatments_treatment DROP CONSTRAINT a_treatment_ends_after_it_began;
DROP TRIGGER a_treatment_ends_once ON treatments_treatment;
DROP FUNCTION treatments_ends_once();
"""


class Migration(migrations.Migration):
    dependencies = [("treatments", "0002_promises")]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
