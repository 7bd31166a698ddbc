"""The site that registered a client stays on record, and a link is kept as a hash only."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations

from clinic.core.constraints import IsAHash
from clinic.core.grants import AllowUpdate

CHANGES = (
    "first_name",
    "last_name",
    "name_key",
    "date_of_birth",
    "phone",
    "email",
    "search_text",
    "phone_digits",
    "event_free",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("clients", "0004_names_in_order"), ("core", "0006_evidence")]

    operations: ClassVar = [
        migrations.RunSQL(
            f'REVOKE UPDATE ON clients_client FROM "{settings.DATABASE_APP_ROLE}"',
            f'GRANT UPDATE ON clients_client TO "{settings.DATABASE_APP_ROLE}"',
        ),
        AllowUpdate("clients_client", columns=CHANGES),
        IsAHash("clients_clientlink", "token_sha256"),
    ]
