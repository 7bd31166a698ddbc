from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_of_their_site")]

    operations = [
        migrations.AddField(
            model_name="room",
            name="is_open",
            field=models.BooleanField(default=True),
        ),
    ]
