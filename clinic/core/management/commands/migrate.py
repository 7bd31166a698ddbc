"""`migrate`, as the role that owns the tables."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    """Django's `migrate` with the `owner` connection as its default database."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's arguments; only the default of --database differs."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, or say which variable is missing."""
        if options["database"] not in connections:
            raise CommandError(
                "DATABASE_OWNER_URL is needed to migrate: the role that owns the tables"
            )
        super().handle(*args, **options)
