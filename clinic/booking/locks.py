"""Who waits for whom: always practitioner, room, client, clearance, in this order.

With the practitioner's lock taken first, people after the same slot queue for milliseconds; on the
exclusion constraint alone they would end each other in deadlocks after a second each.
"""

from django.db import connection

from clinic.clients.models import Client
from clinic.intake.models import Clearance

LONGEST_WAIT = "3s"


def lock_slot(*, practitioner_id: int, room_id: int) -> None:
    """Wait for everybody else who is booking this practitioner or this room."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
        for key in (f"practitioner:{practitioner_id}", f"room:{room_id}"):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def lock_evidence(*, client_id: int, clearance_ids: list[int]) -> None:
    """Hold client and clearances as they are until the transaction ends."""
    Client.objects.select_for_update(no_key=True).get(pk=client_id)
    held = Clearance.objects.filter(pk__in=clearance_ids).order_by("pk")
    list(held.select_for_update(no_key=True).values_list("pk"))
