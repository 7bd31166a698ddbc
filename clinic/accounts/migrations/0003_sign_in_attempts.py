"""Count the tries of signing in, so that guessing passwords is slow."""

from django.db import migrations, models

from clinic.core.grants import AllowUpdate


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_promises")]

    operations = [
        migrations.CreateModel(
            name="SignInAttempts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email_key", models.CharField(max_length=64, unique=True)),
                ("attempts", models.PositiveSmallIntegerField()),
                ("since", models.DateTimeField()),
            ],
        ),
        AllowUpdate("accounts_signinattempts"),
    ]
