"""Nobody is screened while the rules change, and the rules change while nobody is being screened.

Taken before any other lock: whoever screens holds it shared, whoever publishes rules alone. The
database takes it as well for each new row of published rules (packs migration 0002).
"""

from django.db import connection

KEY = "cleared:rules"


def while_rules_stand() -> None:
    """Hold the rules as they are until the transaction ends."""
    _take("pg_advisory_xact_lock_shared")


def while_nobody_screens() -> None:
    """Wait for every screening under way and let none begin until the transaction ends."""
    _take("pg_advisory_xact_lock")


def _take(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [KEY])
