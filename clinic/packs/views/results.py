"""What a simulation found, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.core.words import level_look
from clinic.packs.changes import Hanging, hanging
from clinic.packs.counts import Touched, counts
from clinic.packs.editing.names import Names
from clinic.packs.models import Difference, Direction, Simulation
from clinic.packs.telling import PRECAUTIONS
from clinic.packs.views.held import Held
from screening.engine import Level

NOTHING = {"people": 0, "clearances": 0, "bookings": 0}


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many people one direction concerns, and what hangs on it."""

    direction: str
    people: int
    words: str
    hanging: str
    icon: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One person: before and after, and why."""

    difference: Difference
    old: str
    new: str
    hanging: Hanging | None
    reasons: tuple[str, ...]


def found_by(held: Held, simulation: Simulation | None) -> dict[str, Any]:
    """What a page shows of a finished simulation: whom it concerns, and what hangs on it by now.
    Of a draft that was published or set aside, what hung on it then."""
    if simulation is None:
        return {"summary": [], "since": None}
    since = counts(simulation, today=timezone.localdate())
    return {"summary": summary(since.now if held.state.is_open else since.then), "since": since}


def summary(touched: Touched) -> list[Count]:
    """The three directions, the strictest first."""
    return [
        _count(direction, touched.get(direction.value, NOTHING))
        for direction in (Direction.WORSE, Direction.BETTER, Direction.OTHER)
    ]


def _count(direction: Direction, found: Mapping[str, int]) -> Count:
    people = found["people"]
    words = {
        Direction.WORSE: ngettext(
            "%(n)s client would be judged more strictly",
            "%(n)s clients would be judged more strictly",
            people,
        ),
        Direction.BETTER: ngettext(
            "%(n)s client would be judged less strictly",
            "%(n)s clients would be judged less strictly",
            people,
        ),
        Direction.OTHER: ngettext(
            "%(n)s client would get other advice",
            "%(n)s clients would get other advice",
            people,
        ),
    }
    icon, tone = _LOOKS[direction]
    return Count(
        direction=direction.value.lower(),
        people=people,
        words=words[direction] % {"n": people},
        hanging=ends(found["clearances"], found["bookings"])
        if direction is Direction.WORSE
        else "",
        icon=icon,
        tone=tone if people else "quiet",
    )


_LOOKS = {
    Direction.WORSE: ("arrow-up-circle-fill", "stop"),
    Direction.BETTER: ("arrow-down-circle-fill", "clear"),
    Direction.OTHER: ("info-circle-fill", "advise"),
}


def ends(clearances: int, bookings: int) -> str:
    """What ends and what goes on hold, in one sentence."""
    if not clearances and not bookings:
        return _("Nothing that is live rests on it.")
    first = ngettext("%(n)s live clearance ends", "%(n)s live clearances end", clearances)
    second = ngettext("%(n)s booking goes on hold", "%(n)s bookings go on hold", bookings)
    return _("%(clearances)s, %(bookings)s.") % {
        "clearances": first % {"n": clearances},
        "bookings": second % {"n": bookings},
    }


def lines(held: Held, rows: Sequence[Difference]) -> list[Line]:
    """The rows of the list, with what hangs on each: now, or then as in `found_by`."""
    ids = [row.screening_id for row in rows]
    now = hanging(ids, today=timezone.localdate()) if held.state.is_open else _then(rows)
    return [line(row, held.names, now.get(row.screening_id)) for row in rows]


def _then(rows: Sequence[Difference]) -> dict[int, Hanging]:
    return {
        row.screening_id: Hanging(clearance_id=row.clearance_id, bookings=row.bookings)
        for row in rows
        if row.clearance_id is not None
    }


def line(row: Difference, names: Names, rests: Hanging | None) -> Line:
    """One row of the list."""
    return Line(
        difference=row,
        old=Level(row.old_level).name,
        new=Level(row.new_level).name,
        hanging=rests,
        reasons=tuple(_reasons(row.changes, names)),
    )


def _reasons(changes: Any, names: Names) -> Iterator[str]:
    """`changes` as `clinic.packs.telling.as_json` wrote it."""
    for finding in changes.get("findings", ()):
        yield _("%(rule)s: %(old)s → %(new)s") % {
            "rule": finding.get("title") or names.rule(finding.get("code", "")),
            "old": _found(finding.get("old")),
            "new": _found(finding.get("new")),
        }
    for name in changes.get("missing", ()):
        yield _("“%s” has still to be answered") % names.question(name)
    if changes.get("flags"):
        yield str(PRECAUTIONS)


def _found(found: Mapping[str, Any] | None) -> str:
    if not found:
        return _("nothing")
    word = str(level_look(found["level"]).word)
    if until := found.get("until"):
        day = date_format(date.fromisoformat(until), "j F Y")
        return _("%(level)s until %(day)s") % {"level": word, "day": day}
    return word
