"""The places of facts as the database keeps them: handed out once, for all processes."""

from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max

from clinic.intake.fact_tables import FactSlot
from screening.engine import Pack
from screening.facts.slots import Slots

_LOCK = "intake_factslot"


def known_places() -> Slots:
    """Every place handed out so far."""
    told = FactSlot.objects.aggregate(count=Count("pk"), newest=Max("pk"))
    return _as_of(told["count"], told["newest"])


def places_for(pack: Pack) -> Slots:
    """Places for all that a pack can tell; hands out those that are lacking.

    Raises NoRoom. Inside the caller's transaction: others wait until it ends.
    """
    slots = known_places()
    if not slots.lacks(pack):
        return slots
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_LOCK])
    known = known_places()
    full = known.with_room_for(pack)
    FactSlot.objects.bulk_create(
        FactSlot(kind=fact[0], of=fact[1], value=fact[2], dated=fact[0] == "date", place=place)
        for fact, place in full.places.items()
        if fact not in known.places
    )
    return full


@lru_cache(maxsize=8)
def _as_of(count: int, newest: int | None) -> Slots:
    """Rows are only added and their numbers never used twice, so these two tell which there are."""
    rows = FactSlot.objects.values_list("kind", "of", "value", "place")
    return Slots(places={(kind, of, value): place for kind, of, value, place in rows})
