"""The language that a client has told: names on papers are written as it writes them."""

from typing import ClassVar

from django.db import migrations, models

from clinic.core.grants import AllowUpdate


class Migration(migrations.Migration):
    dependencies: ClassVar = [("clients", "0007_one_client_many_sites")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="client",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="Language"),
        ),
        AllowUpdate("clients_client", columns=["language"]),
    ]
