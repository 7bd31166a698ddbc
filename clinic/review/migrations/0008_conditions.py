"""A clearance goes no further than the conditions of the decision that it rests on."""

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

PROMISES = """
ALTER TABLE review_decision ADD CONSTRAINT a_condition_leaves_some_depth
    CHECK (greatest_depth_mm > 0);
CREATE FUNCTION review_clears_within_conditions() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF cardinality(NEW.areas) = 0 OR EXISTS (
        SELECT FROM review_decision d WHERE d.id = NEW.decision_id AND (
            NEW.depth_mm > d.greatest_depth_mm
            OR NEW.areas && d.areas_left_out
            OR (NEW.anaesthetic_planned AND d.no_anaesthetic)
            OR NEW.valid_until >= d.look_again_on)
    ) THEN
        RAISE EXCEPTION 'a clearance keeps the conditions of its decision'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearance_keeps_the_conditions_of_its_decision BEFORE INSERT ON intake_clearance
    FOR EACH ROW WHEN (NEW.basis = 'REVIEW') EXECUTE FUNCTION review_clears_within_conditions();
"""
UNDO = """
DROP TRIGGER a_clearance_keeps_the_conditions_of_its_decision ON intake_clearance;
DROP FUNCTION review_clears_within_conditions();
ALTER TABLE review_decision DROP CONSTRAINT a_condition_leaves_some_depth;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_organisation"),
        ("clients", "0007_one_client_many_sites"),
        ("intake", "0013_paper"),
        ("review", "0007_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="areas_left_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="greatest_depth_mm",
            field=models.DecimalField(decimal_places=2, max_digits=3, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="look_again_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="no_anaesthetic",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "CLEARED"),
                    models.Q(
                        ("areas_left_out", []),
                        ("greatest_depth_mm", None),
                        ("look_again_on", None),
                        ("no_anaesthetic", False),
                    ),
                    _connector="OR",
                ),
                name="only_a_clearance_has_conditions",
            ),
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
