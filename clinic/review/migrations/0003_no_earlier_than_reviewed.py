"""A reviewed clearance opens no day before the planned one that has something more against it."""

from django.db import migrations

PROMISE = """
CREATE FUNCTION review_no_earlier_than_reviewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.basis = 'REVIEW' AND EXISTS (
        SELECT FROM intake_screening s WHERE s.id = NEW.screening_id
            AND NEW.valid_from < LEAST(s.windows_end, s.planned_date)
    ) THEN
        RAISE EXCEPTION 'a clearance begins where its review holds'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearance_begins_where_its_review_holds
    BEFORE INSERT ON intake_clearance
    FOR EACH ROW EXECUTE FUNCTION review_no_earlier_than_reviewed();
"""

UNDO = """
DROP TRIGGER a_clearance_begins_where_its_review_holds ON intake_clearance;
DROP FUNCTION review_no_earlier_than_reviewed();
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0002_promises")]

    operations = [migrations.RunSQL(PROMISE, UNDO)]
