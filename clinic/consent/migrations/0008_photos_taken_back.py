"""Photo permission alone is taken back: a row of its own, once for each, while the consent stands."""

import django.db.models.deletion
from django.db import migrations, models

from clinic.core.constraints import RecordedAt


class Migration(migrations.Migration):
    dependencies = [("consent", "0007_beside_a_signature"), ("core", "0006_evidence")]

    operations = [
        migrations.CreateModel(
            name="PhotosTakenBack",
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
                ("photo", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos_taken_back",
                        to="consent.consent",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consent", "photo"), name="a_photo_permission_is_taken_back_once"
                    )
                ],
            },
        ),
        RecordedAt("consent_photostakenback", "at"),
    ]
