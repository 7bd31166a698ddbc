"""Drafts of rules, their simulation, approval and publication."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_sign_in_attempts"),
        ("intake", "0007_facts"),
        ("screening", "0002_content"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
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
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=200)),
                ("ended_cause", models.CharField(blank=True, default="", max_length=500)),
                (
                    "live",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.ExpressionWrapper(
                            models.Q(("ended_at__isnull", True)), output_field=models.BooleanField()
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=30)),
                ("why", models.TextField()),
                ("started_at", models.DateTimeField()),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="screening.rulepack",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=20)),
                ("registration", models.CharField(blank=True, max_length=120)),
                ("meaning", models.TextField()),
                ("note", models.TextField()),
                ("approved_at", models.DateTimeField()),
                (
                    "content",
                    models.ForeignKey(
                        db_column="sha256",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.packcontent",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="packs.draft",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
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
                ("name", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=30)),
                ("applied", models.JSONField()),
                ("published_at", models.DateTimeField()),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="packs.approval",
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        db_column="sha256",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.packcontent",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="packs.draft",
                    ),
                ),
                (
                    "rule_pack",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication",
                        to="screening.rulepack",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Revision",
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
                ("number", models.PositiveIntegerField()),
                ("what", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "content",
                    models.ForeignKey(
                        db_column="sha256",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.packcontent",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="packs.draft",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="approval",
            name="revision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approval",
                to="packs.revision",
            ),
        ),
        migrations.CreateModel(
            name="Simulation",
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
                ("started_at", models.DateTimeField()),
                ("until_id", models.BigIntegerField()),
                ("done_id", models.BigIntegerField(default=0)),
                ("total", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("worse", models.PositiveIntegerField(default=0)),
                ("better", models.PositiveIntegerField(default=0)),
                ("other", models.PositiveIntegerField(default=0)),
                ("reworded", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "finished",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(finished_at__isnull=False, then=models.Value(True))
                        ),
                        output_field=models.BooleanField(null=True),
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="simulations",
                        to="packs.revision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("WORSE", "Stricter"),
                            ("BETTER", "Milder"),
                            ("OTHER", "Other advice"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "old_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Clear"),
                            (1, "Advise"),
                            (2, "Review"),
                            (3, "Defer"),
                            (4, "Contraindicated"),
                        ]
                    ),
                ),
                (
                    "new_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Clear"),
                            (1, "Advise"),
                            (2, "Review"),
                            (3, "Defer"),
                            (4, "Contraindicated"),
                        ]
                    ),
                ),
                ("old_clear_from", models.DateField()),
                ("new_clear_from", models.DateField()),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), size=None
                    ),
                ),
                ("changes", models.JSONField()),
                ("bookings", models.PositiveIntegerField(default=0)),
                (
                    "clearance",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.clearance",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.screening",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.site",
                    ),
                ),
                (
                    "simulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="packs.simulation",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="approval",
            name="simulation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approvals",
                to="packs.simulation",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("live", True)),
                fields=("name", "version"),
                name="one_draft_per_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="a_draft_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                fields=("draft", "number"), name="revisions_are_counted"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="a_revision_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("actor_id__isnull", False), ("actor_kind", "staff")),
                name="a_person_makes_a_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="simulation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at", None)),
                fields=("revision",),
                name="one_simulation_under_way_per_revision",
            ),
        ),
        migrations.AddIndex(
            model_name="difference",
            index=models.Index(
                fields=["simulation", "direction", "site", "id"], name="differences_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                fields=("simulation", "screening"), name="one_difference_per_screening"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("role", "clinical_lead")), name="only_a_clinical_lead_approves"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="an_approval_has_a_note"
            ),
        ),
    ]
