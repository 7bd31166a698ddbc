"""What a test does in one transaction, told apart as if parts of it had been committed."""

from collections.abc import Iterable

from django.db import connection

SEALS = (
    "intake_screening_is_sealed",
    "review_decision_is_sealed",
    "treatments_treatmentrecord_is_sealed",
)


def committed(seals: Iterable[str] = SEALS) -> None:
    """As at the end of a transaction: what was added so far is sealed."""
    names = ", ".join(seals)
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")
