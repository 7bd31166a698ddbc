"""What the database itself promises about answers, findings and clearances.

Submissions and findings can only be added: the application has no right to change them.
"""

from django.db import migrations

from clinic.core.grants import AllowUpdate
from clinic.core.promises import EndOnce

PROMISES = """
ALTER TABLE intake_submission ADD CONSTRAINT submission_of_client UNIQUE (id, client_id);
ALTER TABLE intake_screening
    ADD CONSTRAINT screening_of_client UNIQUE (id, client_id),
    ADD CONSTRAINT screening_when_live UNIQUE (id, live),
    ADD CONSTRAINT screening_when_clear UNIQUE (id, client_id, procedure_id, clear_from),
    ADD CONSTRAINT screening_with_stop UNIQUE (id, client_id, hard_stop),
    ADD CONSTRAINT a_screening_is_of_its_own_clients_answers
        FOREIGN KEY (submission_id, client_id) REFERENCES intake_submission (id, client_id);
ALTER TABLE intake_finding
    ADD CONSTRAINT finding_of_screening UNIQUE (id, screening_id),
    ADD CONSTRAINT finding_with_override UNIQUE (id, level, override_by);

ALTER TABLE intake_clearance ADD COLUMN screening_must_live boolean
    GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN true END) STORED;
ALTER TABLE intake_clearance
    ADD CONSTRAINT clearance_in_full UNIQUE (id, client_id, procedure_id, live,
        valid_from, valid_until, depth_mm, anaesthetic_planned),
    ADD CONSTRAINT a_clearance_rests_on_its_own_clients_screening
        FOREIGN KEY (screening_id, client_id, procedure_id, screening_clear_from)
        REFERENCES intake_screening (id, client_id, procedure_id, clear_from),
    ADD CONSTRAINT a_live_clearance_rests_on_a_live_screening
        FOREIGN KEY (screening_id, screening_must_live) REFERENCES intake_screening (id, live);

CREATE FUNCTION intake_clearance_within_screening() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    screened intake_screening;
BEGIN
    SELECT * INTO screened FROM intake_screening WHERE id = NEW.screening_id;
    IF NEW.depth_mm > screened.depth_mm
        OR NOT NEW.areas <@ screened.areas
        OR (NEW.anaesthetic_planned AND NOT screened.anaesthetic_planned)
        OR NEW.valid_from < screened.assessment_date
        OR NEW.valid_until > screened.assessment_date + 30
    THEN
        RAISE EXCEPTION 'a clearance goes no further than its screening'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearance_goes_no_further_than_its_screening
    BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION intake_clearance_within_screening();
"""

UNDO = """
DROP TRIGGER a_clearance_goes_no_further_than_its_screening ON intake_clearance;
DROP FUNCTION intake_clearance_within_screening();
ALTER TABLE intake_clearance
    DROP CONSTRAINT a_live_clearance_rests_on_a_live_screening,
    DROP CONSTRAINT a_clearance_rests_on_its_own_clients_screening,
    DROP CONSTRAINT clearance_in_full,
    DROP COLUMN screening_must_live;
ALTER TABLE intake_finding
    DROP CONSTRAINT finding_with_override, DROP CONSTRAINT finding_of_screening;
ALTER TABLE intake_screening
    DROP CONSTRAINT a_screening_is_of_its_own_clients_answers,
    DROP CONSTRAINT screening_with_stop, DROP CONSTRAINT screening_when_clear,
    DROP CONSTRAINT screening_when_live, DROP CONSTRAINT screening_of_client;
ALTER TABLE intake_submission DROP CONSTRAINT submission_of_client;
"""

ENDS = ["ended_at", "ended_by", "ended_cause"]


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.RunSQL(PROMISES, UNDO),
        EndOnce("intake_screening"),
        EndOnce("intake_clearance"),
        AllowUpdate("intake_intake"),
        AllowUpdate("intake_screening", ENDS),
        AllowUpdate("intake_clearance", ENDS),
    ]
