"""A mistaken reading is withdrawn by a prescriber, and nothing but a reading is.

The clearance then counts the finding as decided: the function is that of 0002 with one more word.
"""

from django.db import migrations, models

KNOWN = """
UPDATE review_findingdecision v SET reading = f.reading
    FROM intake_finding f WHERE f.id = v.finding_id AND f.reading;
ALTER TABLE review_findingdecision ADD CONSTRAINT a_verdict_knows_whether_it_is_on_a_reading
    FOREIGN KEY (finding_id, reading) REFERENCES intake_finding (id, reading);
"""
UNKNOWN = """
ALTER TABLE review_findingdecision DROP CONSTRAINT a_verdict_knows_whether_it_is_on_a_reading;
"""

DECIDED = """
CREATE OR REPLACE FUNCTION review_every_flag_decided() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
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
                OR v.verdict NOT IN ('ACCEPT', 'OVERRIDE', 'WAIT'%(more)s)
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
"""


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0005_news"),
        ("intake", "0010_reading"),
        ("core", "0005_functions_look_only_here"),
    ]

    operations = [
        migrations.AddField("findingdecision", "reading", models.BooleanField(default=False)),
        migrations.AlterField(
            "findingdecision",
            "verdict",
            models.CharField(
                max_length=10,
                choices=[
                    ("ACCEPT", "Go ahead, with care"),
                    ("OVERRIDE", "Override"),
                    ("WAIT", "Keep the waiting time"),
                    ("STOP", "Do not treat"),
                    ("ASK", "Get a clear answer first"),
                    ("WITHDRAW", "Reading withdrawn as mistaken"),
                ],
            ),
        ),
        migrations.RunSQL(KNOWN, UNKNOWN),
        migrations.AddConstraint(
            "findingdecision",
            models.CheckConstraint(
                name="a_prescriber_withdraws_a_reading_and_nothing_else",
                condition=~models.Q(verdict="WITHDRAW")
                | models.Q(reading=True, decided_role="prescriber"),
            ),
        ),
        migrations.RunSQL(DECIDED % {"more": ", 'WITHDRAW'"}, DECIDED % {"more": ""}),
    ]
