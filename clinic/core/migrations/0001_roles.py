"""The first migration of all: what the application's role may do with tables yet to come."""

from typing import ClassVar

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT ON django_migrations TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)
REVOKES = (
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT ON TABLES FROM {role}",
    "REVOKE SELECT ON django_migrations FROM {role}",
    "REVOKE USAGE ON SCHEMA public FROM {role}",
)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    role = schema_editor.quote_name(settings.DATABASE_APP_ROLE)
    for statement in statements:
        schema_editor.execute(statement.format(role=role))


def grant(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the application read and add, nothing more."""
    _run(schema_editor, GRANTS)


def revoke(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it back."""
    _run(schema_editor, REVOKES)


class Migration(migrations.Migration):
    """Runs as the owner, before any table is made."""

    dependencies: ClassVar = []
    run_before: ClassVar = [
        ("contenttypes", "0001_initial"),
        ("auth", "0001_initial"),
        ("sessions", "0001_initial"),
        ("accounts", "0001_initial"),
        ("audit", "0001_initial"),
        ("screening", "0001_initial"),
    ]
    operations: ClassVar = [migrations.RunPython(grant, revoke)]
