"""Tells the database who acts and when, for what it does by itself in the same transaction."""

from datetime import datetime

from django.db import connection

from clinic.core.actor import Actor


def tell_database(actor: Actor, at: datetime) -> None:
    """Promises kept by triggers (a clearance that ends, an appointment held) name this actor
    and this moment. Holds until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('cleared.by', %s, true), set_config('cleared.at', %s, true)",
            [actor.name, at.isoformat()],
        )
