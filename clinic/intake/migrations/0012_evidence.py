"""What the database promises about answers and what was found in them, against hand-written SQL.

It cannot know what the rules say of the answers: whoever may write a screening may write one in
which nothing was found (see ADR 5).
"""

from django.db import migrations

from clinic.core.constraints import ComesWith, HashOfJson, RecordedAt, Sealed

PROMISES = """
ALTER TABLE intake_intake ADD CONSTRAINT an_intake_is_for_a_procedure_of_its_site
    FOREIGN KEY (procedure_id, site_id) REFERENCES procedures_procedure (id, site_id);
ALTER TABLE intake_screening ADD CONSTRAINT a_screening_is_for_a_procedure_of_its_site
    FOREIGN KEY (procedure_id, site_id) REFERENCES procedures_procedure (id, site_id);
ALTER TABLE intake_clearance ADD CONSTRAINT a_clearance_is_for_a_procedure_of_its_site
    FOREIGN KEY (procedure_id, site_id) REFERENCES procedures_procedure (id, site_id);

CREATE FUNCTION intake_finding_within_screening() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM intake_screening s WHERE s.id = NEW.screening_id AND s.level >= NEW.level
            AND (s.hard_stop OR NEW.level < 4 OR NEW.override_by <> 'never')
    ) THEN
        RAISE EXCEPTION 'a screening is as bad as its worst finding'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_screening_is_as_bad_as_its_worst_finding BEFORE INSERT ON intake_finding
    FOR EACH ROW EXECUTE FUNCTION intake_finding_within_screening();

CREATE FUNCTION intake_unreviewed_day_has_nothing() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.basis = 'SCREENING' AND EXISTS (
        SELECT FROM intake_screening s WHERE s.id = NEW.screening_id AND s.level >= 2
            AND s.planned_date BETWEEN NEW.valid_from AND NEW.valid_until
    ) THEN
        RAISE EXCEPTION 'a day with a finding is not cleared without review'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_day_with_a_finding_is_not_cleared_without_review
    BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION intake_unreviewed_day_has_nothing();
"""
UNDO = """
DROP TRIGGER a_day_with_a_finding_is_not_cleared_without_review ON intake_clearance;
DROP FUNCTION intake_unreviewed_day_has_nothing();
DROP TRIGGER a_screening_is_as_bad_as_its_worst_finding ON intake_finding;
DROP FUNCTION intake_finding_within_screening();
ALTER TABLE intake_clearance DROP CONSTRAINT a_clearance_is_for_a_procedure_of_its_site;
ALTER TABLE intake_screening DROP CONSTRAINT a_screening_is_for_a_procedure_of_its_site;
ALTER TABLE intake_intake DROP CONSTRAINT an_intake_is_for_a_procedure_of_its_site;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0011_no_row_of_facts"),
        ("core", "0006_evidence"),
        ("procedures", "0003_of_their_site"),
    ]

    operations = [
        HashOfJson("intake_submission", "answers"),
        RecordedAt("intake_submission", "submitted_at"),
        RecordedAt("intake_screening", "screened_at"),
        RecordedAt("intake_clearance", "granted_at"),
        Sealed("intake_screening"),
        ComesWith(
            "intake_finding",
            "intake_screening",
            "screening_id",
            "a finding comes with its screening",
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
