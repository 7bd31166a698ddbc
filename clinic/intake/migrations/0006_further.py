"""How each form was filled in: seconds and who typed, by section."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_after_level")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="conduct",
            field=models.JSONField(default=dict),
        ),
    ]
