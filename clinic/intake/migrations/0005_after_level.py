"""What a rule says once its waiting time is over."""

from django.db import migrations, models

LEVELS = [
    (0, "Clear"),
    (1, "Advise"),
    (2, "Review"),
    (3, "Defer"),
    (4, "Contraindicated"),
]


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_adverse_event")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="after_level",
            field=models.PositiveSmallIntegerField(choices=LEVELS, default=0),
        ),
    ]
