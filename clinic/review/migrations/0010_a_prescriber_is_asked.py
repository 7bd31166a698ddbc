"""A colleague may pass a case to a prescriber."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0009_patch_tests"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("CLEARED", "May be booked"),
                    ("DEFERRED", "Not before a date"),
                    ("MORE_INFO", "An answer is needed first"),
                    ("DECLINED", "We will not treat"),
                    ("PRESCRIBER", "A prescriber is asked"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="findingdecision",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("ACCEPT", "Go ahead, with care"),
                    ("OVERRIDE", "Override"),
                    ("WAIT", "Keep the waiting time"),
                    ("STOP", "Do not treat"),
                    ("ASK", "Get a clear answer first"),
                    ("WITHDRAW", "Reading withdrawn as mistaken"),
                    ("REFER", "A prescriber is asked"),
                ],
                max_length=10,
            ),
        ),
    ]
