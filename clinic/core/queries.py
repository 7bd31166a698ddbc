"""What the house knows about itself."""

from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from clinic.core.trouble import AWAY, trouble

# A session that nobody has: it ended before it began.
WRITE = """
    INSERT INTO django_session (session_key, session_data, expire_date)
    VALUES ('readyz', '', '2000-01-01 00:00+00')
    ON CONFLICT (session_key) DO UPDATE SET session_data = ''
"""


def not_ready() -> str:
    """Why the clinic cannot serve, in a few words; empty when it can. Writes one row."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '2s'; SET LOCAL lock_timeout = '1s'")
            cursor.execute(WRITE)
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        return trouble(error) or str(AWAY)
    return "migrations are not applied" if plan else ""
