"""A date of birth typed alone finds its clients by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in_attempts"),
        ("clients", "0002_promises"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="client",
            index=models.Index(fields=["site", "date_of_birth"], name="client_by_birth"),
        ),
    ]
