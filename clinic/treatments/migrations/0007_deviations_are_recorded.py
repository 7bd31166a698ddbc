"""Room for what was really done: sides, cartridges, radiofrequency, deviations."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0003_birthday_index"),
        ("treatments", "0006_withdrawal_stops_a_treatment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Deviation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor_kind", models.CharField(max_length=8)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("what", models.TextField()),
                ("why", models.TextField()),
                ("action", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="DeviationSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor_kind", models.CharField(max_length=8)),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=200)),
                ("note", models.TextField()),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="treatedarea",
            name="one_row_per_treated_area",
        ),
        migrations.RemoveConstraint(
            model_name="treatedarea",
            name="never_deeper_than_cleared",
        ),
        migrations.RemoveConstraint(
            model_name="treatmentrecord",
            name="a_cartridge_is_in_date",
        ),
        migrations.AddField(
            model_name="treatedarea",
            name="energy",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="treatedarea",
            name="pulse",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="treatedarea",
            name="side",
            field=models.CharField(
                blank=True,
                choices=[("", "Both sides"), ("LEFT", "Left"), ("RIGHT", "Right")],
                db_default="",
                default="",
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="treatmentrecord",
            name="cartridge_kind",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="treatmentrecord",
            name="more_cartridges",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="treatmentrecord",
            name="skin_preparation",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="treatmentrecord",
            name="started_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="treatmentrecord",
            name="voids",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="treatedarea",
            constraint=models.UniqueConstraint(
                fields=("record", "area", "side"), name="one_row_per_treated_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="treatedarea",
            constraint=models.CheckConstraint(
                condition=models.Q(("depth_mm__gt", 0)), name="an_area_has_a_depth"
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voids", False), ("supersedes__isnull", False), _connector="OR"
                ),
                name="a_void_supersedes_a_record",
            ),
        ),
        migrations.AddField(
            model_name="deviation",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deviations",
                to="treatments.treatmentrecord",
            ),
        ),
        migrations.AddField(
            model_name="deviationseen",
            name="deviation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seen",
                to="treatments.deviation",
            ),
        ),
        migrations.AddField(
            model_name="deviationseen",
            name="seen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.UniqueConstraint(
                fields=("record", "kind"), name="one_deviation_of_each_kind_per_record"
            ),
        ),
        migrations.AddConstraint(
            model_name="deviation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    models.Q(("action", ""), _negated=True),
                ),
                name="a_deviation_is_explained",
            ),
        ),
        migrations.AddConstraint(
            model_name="deviationseen",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True),
                name="a_deviation_is_seen_with_a_note",
            ),
        ),
    ]
