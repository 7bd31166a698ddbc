"""What newer rules say of live screenings that may stand under them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_facts"),
        ("screening", "0002_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rescreening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("SAME", "The same"),
                            ("BETTER", "Milder"),
                            ("OTHER", "Other advice"),
                        ],
                        max_length=6,
                    ),
                ),
                ("rescreened_at", models.DateTimeField()),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.rulepack",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rescreenings",
                        to="intake.screening",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("screening", "pack"), name="screened_again_once_per_pack"
                    )
                ],
            },
        ),
    ]
