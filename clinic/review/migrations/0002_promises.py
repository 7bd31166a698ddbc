"""What the database itself promises about decisions: all of it append-only, no flag undecided."""

from django.db import migrations

PROMISES = """
ALTER TABLE review_decision
    ADD CONSTRAINT decision_of_screening UNIQUE (id, screening_id),
    ADD CONSTRAINT decision_with_role UNIQUE (id, decided_role),
    ADD CONSTRAINT decision_with_decider UNIQUE (id, decided_by_id),
    ADD CONSTRAINT a_decision_knows_the_hard_stop
        FOREIGN KEY (screening_id, client_id, hard_stop)
        REFERENCES intake_screening (id, client_id, hard_stop),
    ADD CONSTRAINT a_decision_supersedes_one_on_the_same_screening
        FOREIGN KEY (supersedes_id, screening_id) REFERENCES review_decision (id, screening_id);
ALTER TABLE review_findingdecision
    ADD CONSTRAINT a_verdict_is_on_the_decided_screening
        FOREIGN KEY (decision_id, screening_id) REFERENCES review_decision (id, screening_id),
    ADD CONSTRAINT a_verdict_is_on_a_finding_of_that_screening
        FOREIGN KEY (finding_id, screening_id) REFERENCES intake_finding (id, screening_id),
    ADD CONSTRAINT a_verdict_knows_who_may_override
        FOREIGN KEY (finding_id, level, override_by)
        REFERENCES intake_finding (id, level, override_by),
    ADD CONSTRAINT a_verdict_has_the_deciders_role
        FOREIGN KEY (decision_id, decided_role) REFERENCES review_decision (id, decided_role);
ALTER TABLE review_confirmation
    ADD CONSTRAINT a_confirmation_knows_who_decided
        FOREIGN KEY (decision_id, decided_by_id) REFERENCES review_decision (id, decided_by_id);
ALTER TABLE intake_clearance
    ADD CONSTRAINT a_clearance_rests_on_a_decision_on_its_screening
        FOREIGN KEY (decision_id, screening_id) REFERENCES review_decision (id, screening_id);

CREATE FUNCTION review_every_flag_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.basis <> 'REVIEW' THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM review_decision d JOIN intake_screening s ON s.id = d.screening_id
        WHERE d.id = NEW.decision_id AND d.outcome = 'CLEARED' AND s.complete
    ) THEN
        RAISE EXCEPTION 'a clearance rests on a decision to clear'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM review_decision WHERE supersedes_id = NEW.decision_id) THEN
        RAISE EXCEPTION 'a clearance rests on the newest decision'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM intake_finding f
        LEFT JOIN review_findingdecision v
            ON v.finding_id = f.id AND v.decision_id = NEW.decision_id
        WHERE f.screening_id = NEW.screening_id AND f.level >= 2
            AND (
                v.id IS NULL
                OR v.verdict NOT IN ('ACCEPT', 'OVERRIDE', 'WAIT')
                OR (v.verdict = 'WAIT' AND NEW.valid_from < f.defer_until)
                OR (v.verdict = 'OVERRIDE' AND NOT EXISTS (
                    SELECT FROM review_confirmation c
                    WHERE c.decision_id = NEW.decision_id AND c.agreed))
            )
    ) THEN
        RAISE EXCEPTION 'a clearance needs every flag decided'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearance_needs_every_flag_decided
    BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION review_every_flag_decided();
"""

UNDO = """
DROP TRIGGER a_clearance_needs_every_flag_decided ON intake_clearance;
DROP FUNCTION review_every_flag_decided();
ALTER TABLE intake_clearance DROP CONSTRAINT a_clearance_rests_on_a_decision_on_its_screening;
ALTER TABLE review_confirmation DROP CONSTRAINT a_confirmation_knows_who_decided;
ALTER TABLE review_findingdecision
    DROP CONSTRAINT a_verdict_has_the_deciders_role,
    DROP CONSTRAINT a_verdict_knows_who_may_override,
    DROP CONSTRAINT a_verdict_is_on_a_finding_of_that_screening,
    DROP CONSTRAINT a_verdict_is_on_the_decided_screening;
ALTER TABLE review_decision
    DROP CONSTRAINT a_decision_supersedes_one_on_the_same_screening,
    DROP CONSTRAINT a_decision_knows_the_hard_stop,
    DROP CONSTRAINT decision_with_decider, DROP CONSTRAINT decision_with_role,
    DROP CONSTRAINT decision_of_screening;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial"), ("intake", "0002_promises")]

    operations = [migrations.RunSQL(PROMISES, UNDO)]
