"""One narrow row of facts for each screening, and where in it each fact lies.

Both are only ever added to. Widths go from wide to narrow, so that nothing is lost between them.
"""

import django.db.models.deletion
from django.db import migrations, models

BITS = 12
DATES = 48

COLUMNS = ", ".join(
    [
        *(f"ADD COLUMN b{number} bigint NOT NULL DEFAULT 0" for number in range(BITS)),
        "ADD COLUMN whole boolean NOT NULL",
        *(f"ADD COLUMN d{number} date" for number in range(DATES)),
    ]
)

PROMISES = f"""
ALTER TABLE intake_factslot
    ADD CONSTRAINT a_fact_lies_inside_the_row
        CHECK (place < CASE WHEN dated THEN {DATES} ELSE {BITS * 64} END),
    ADD CONSTRAINT dates_lie_among_dates CHECK (dated = (kind = 'date'));

CREATE FUNCTION intake_screening_has_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM intake_facts WHERE screening_id = NEW.id AND pack_id = NEW.pack_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a screening has its facts' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_screening_has_its_facts AFTER INSERT ON intake_screening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_screening_has_facts();
"""

UNDO = """
DROP TRIGGER a_screening_has_its_facts ON intake_screening;
DROP FUNCTION intake_screening_has_facts();
ALTER TABLE intake_factslot
    DROP CONSTRAINT dates_lie_among_dates, DROP CONSTRAINT a_fact_lies_inside_the_row;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_further"), ("screening", "0002_content")]

    operations = [
        migrations.CreateModel(
            name="FactSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("of", models.TextField()),
                ("value", models.TextField(blank=True)),
                ("dated", models.BooleanField()),
                ("place", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "of", "value"), name="a_fact_lies_in_one_place_only"
                    ),
                    models.UniqueConstraint(
                        fields=("dated", "place"), name="one_fact_in_one_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Facts",
            fields=[
                (
                    "screening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="facts",
                        serialize=False,
                        to="intake.screening",
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.rulepack",
                    ),
                ),
                ("assessed_on", models.DateField()),
                ("planned_on", models.DateField()),
                ("age_assessed", models.SmallIntegerField()),
                ("age_planned", models.SmallIntegerField()),
                ("depth", models.SmallIntegerField()),
                ("last_depth", models.SmallIntegerField()),
            ],
        ),
        migrations.RunSQL(
            f"ALTER TABLE intake_facts {COLUMNS}",
            migrations.RunSQL.noop,
            state_operations=[migrations.AddField("facts", "whole", models.BooleanField())],
        ),
        migrations.RunSQL(PROMISES, UNDO),
    ]
