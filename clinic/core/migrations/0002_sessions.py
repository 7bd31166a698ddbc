"""Sessions are the one table of Django's own that the application changes and empties."""

from typing import ClassVar

from django.db import migrations

from clinic.core.grants import AllowDelete, AllowUpdate


class Migration(migrations.Migration):
    """A session is renewed at each visit and deleted at sign-out."""

    dependencies: ClassVar = [("core", "0001_roles"), ("sessions", "0001_initial")]
    operations: ClassVar = [AllowUpdate("django_session"), AllowDelete("django_session")]
