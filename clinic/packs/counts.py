"""What a simulation found, and what hangs on it when somebody looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from clinic.packs.changes import newest_of_each
from clinic.packs.models import Difference, Simulation

Touched = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """`now`: by direction, over all sites, `people`, and the `clearances` that are live and the
    `bookings` to come when somebody looks; `then`: the same as the simulation found it.
    `screened`: screenings that it did not look at.
    """

    now: Touched
    then: Touched
    screened: int

    @property
    def moved(self) -> bool:
        """Whether more or fewer clearances or bookings hang on it than then."""
        return self.now != self.then

    @property
    def overtaken(self) -> bool:
        """Whether to count again would say something else."""
        return self.moved or self.screened > 0


def counts(simulation: Simulation, *, today: date) -> Counts:
    """Four queries, however many people it concerns."""
    found = Difference.objects.filter(simulation=simulation).order_by().values("direction")
    then: Any = found.annotate(
        people=Count("screening__client", distinct=True),
        clearances=Count("clearance"),
        bookings=Sum("bookings"),
    )
    live = Q(screening__clearances__live=True)
    clearances = _by_direction(
        found.filter(live).annotate(many=Count("screening__clearances", distinct=True))
    )
    coming = live & Q(
        screening__clearances__appointments__status__in=("BOOKED", "ARRIVED"),
        screening__clearances__appointments__local_day__gte=today,
    )
    bookings = _by_direction(
        found.filter(coming).annotate(
            many=Count("screening__clearances__appointments", distinct=True)
        )
    )
    stored = {
        row["direction"]: {key: row[key] for key in ("people", "clearances", "bookings")}
        for row in then
    }
    now = {
        direction: {
            "people": row["people"],
            "clearances": clearances.get(direction, 0),
            "bookings": bookings.get(direction, 0),
        }
        for direction, row in stored.items()
    }
    return Counts(now=now, then=stored, screened=screened_since(simulation))


def screened_since(simulation: Simulation) -> int:
    """How many submissions have a screening that the simulation did not look at."""
    return newest_of_each().filter(pk__gt=simulation.done_id).count()


def _by_direction(rows: Any) -> dict[str, int]:
    return {row["direction"]: row["many"] for row in rows}
