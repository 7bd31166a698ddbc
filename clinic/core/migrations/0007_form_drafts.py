"""What is typed into a form is kept as it is typed, and removed when the form is handed in."""

from django.db import migrations, models

from clinic.core.grants import AllowDelete, AllowUpdate


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
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
                ("key", models.CharField(max_length=80, unique=True)),
                ("values", models.JSONField()),
                ("version", models.PositiveIntegerField()),
                ("page", models.CharField(max_length=40)),
                ("sequence", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        AllowUpdate("core_formdraft"),
        AllowDelete("core_formdraft"),
    ]
