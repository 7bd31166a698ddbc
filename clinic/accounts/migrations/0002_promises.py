"""The application may change people and sites; nothing here is evidence."""

from django.db import migrations

from clinic.core.grants import AllowDelete, AllowUpdate


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        AllowUpdate("accounts_site"),
        AllowUpdate("accounts_user"),
        AllowUpdate("accounts_membership"),
        AllowDelete("accounts_membership"),
    ]
