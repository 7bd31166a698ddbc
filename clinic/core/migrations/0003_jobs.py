"""The queue of work that waits; only how a job fares may change, never what it is."""

from django.db import migrations, models

from clinic.core.grants import AllowUpdate


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("arguments", models.JSONField(default=dict)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, default="", max_length=200)),
                ("done_at", models.DateTimeField(null=True)),
                ("gave_up_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("gave_up_at__isnull", True)),
                        fields=["due_at", "id"],
                        name="jobs_that_wait",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), ("gave_up_at__isnull", True), _connector="OR"
                        ),
                        name="a_job_ends_one_way",
                    )
                ],
            },
        ),
        AllowUpdate(
            "core_job",
            columns=["attempts", "last_error", "due_at", "done_at", "gave_up_at"],
        ),
    ]
