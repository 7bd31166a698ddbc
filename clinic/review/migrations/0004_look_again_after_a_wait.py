"""A wait after which the rule asks for a review clears nobody by itself."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION review_look_again_after_a_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.basis = 'REVIEW' AND EXISTS (
        SELECT FROM review_findingdecision v JOIN intake_finding f ON f.id = v.finding_id
        WHERE v.decision_id = NEW.decision_id AND v.verdict = 'WAIT' AND f.after_level >= 2
    ) THEN
        RAISE EXCEPTION 'a clearance needs every flag decided'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_wait_that_ends_in_review_clears_nobody
    BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION review_look_again_after_a_wait();
"""

UNDO = """
DROP TRIGGER a_wait_that_ends_in_review_clears_nobody ON intake_clearance;
DROP FUNCTION review_look_again_after_a_wait();
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0003_no_earlier_than_reviewed"), ("intake", "0005_after_level")]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
