"""Waiting for whoever else works on the same thing."""

from django.db import connection


def lock_key(key: str) -> None:
    """Hold a name of one's own choice until the transaction ends; others wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
