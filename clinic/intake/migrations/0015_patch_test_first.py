"""A clearance may wait for a patch test."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0014_law_of_the_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="clearance",
            name="patch_test_first",
            field=models.BooleanField(default=False),
        ),
    ]
