"""Which screenings other rules might judge differently."""

from functools import lru_cache

from django.db import connection

from clinic.intake.packs import pack_of
from clinic.intake.places import known_places
from screening.engine import Pack
from screening.facts.differences import differs
from screening.facts.logic import sql
from screening.facts.slots import NoRoom, Slots
from screening.models import RulePack

_FACTS = (
    "SELECT screening_id FROM intake_facts"
    " WHERE screening_id > %s AND screening_id <= %s AND pack_id = %s AND (NOT whole OR {})"
)
# A screening from before there were facts.
_WITHOUT = (
    "SELECT id FROM intake_screening AS s WHERE id > %s AND id <= %s AND pack_id = %s"
    " AND NOT EXISTS (SELECT FROM intake_facts AS f WHERE f.screening_id = s.id)"
)


def candidates(new: Pack, old: RulePack, *, after: int, until: int) -> list[int]:
    """Ids of screenings (after < id <= until, screened under `old`) that `new` might judge
    differently: a superset, which never misses one."""
    bounds = [after, until, old.pk]
    # A condition of a pack holds no per cent sign: nothing of its words is in there.
    statement = f"{_FACTS.format(condition(pack_of(old), new))} UNION ALL {_WITHOUT} ORDER BY 1"
    with connection.cursor() as cursor:
        cursor.execute(statement, bounds * 2)
        return [number for (number,) in cursor.fetchall()]


def condition(old: Pack, new: Pack) -> str:
    """The condition on a row of facts filled under `old`."""
    return _condition(old, new, known_places())


@lru_cache(maxsize=16)
def _condition(old: Pack, new: Pack, known: Slots) -> str:
    """Asked again and again while past screenings are looked through, a few at a time.

    What only the new pack can tell needs no place that is kept: no such row says it.
    """
    try:
        slots = known.with_room_for(old).with_room_for(new)
    except NoRoom:
        return "TRUE"
    return sql(differs(old, new, slots))
