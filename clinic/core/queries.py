"""What the house knows about itself."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def not_ready() -> str:
    """Why the clinic cannot serve, in a few words; empty when it can."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "the database does not answer"
    return "migrations are not applied" if plan else ""
