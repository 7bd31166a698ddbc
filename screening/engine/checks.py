"""The checks of a pack: answers that cannot all be right, and forms filled in too fast.

``checks``  ``{"contradiction": [...], "period": [...], "before_birth": {...},
"outside_period": {...}, "haste": {...}}``, each part optional
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .conditions import Condition, parse_condition
from .dates import Window
from .filling import check_places
from .tables import Table
from .wording import Wording, wording_from

LONGEST_ID = 40
WHO = ("client", "staff")


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Answers that do not go together wherever ``when`` is true.

    ``when`` may read the plan; ``age`` is then that on the day of the answers.
    """

    id: str
    when: Condition
    questions: tuple[str, ...]
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class Period:
    """Dates that the question itself bounds: "in the last 4 weeks" is not last year.

    ``reach`` is how far back it asks; ``None`` where it asks about days to come. ``grace_days``
    more are let pass, for people count roughly and finish a form days after they began it.
    ``options`` are the dated options it bounds; empty for all, and for a date question.
    """

    id: str
    question: str
    options: tuple[str, ...]
    reach: Window | None
    grace_days: int


@dataclass(frozen=True, kw_only=True)
class Haste:
    """When a section was answered too fast to be read.

    At least ``least_questions`` of it were shown, whatever was answered, and the whole took fewer
    seconds than ``seconds_per_question`` for each, by who typed; who is not named is not timed.
    """

    least_questions: int
    seconds_per_question: Mapping[str, float]
    wording: Wording


@dataclass(frozen=True, kw_only=True, eq=False)
class Checks:
    """Every check of a pack; ``None`` where it has none of a kind."""

    contradictions: tuple[Contradiction, ...] = ()
    periods: tuple[Period, ...] = ()
    before_birth: Wording | None = None
    outside_period: Wording | None = None
    haste: Haste | None = None


def checks_from(table: Table) -> Checks:
    """Read the checks. PackError, naming the check, where one is not sound in itself."""
    built = Checks(
        contradictions=tuple(
            _contradiction(one) for one in table.tables("contradiction", needed=False)
        ),
        periods=tuple(_period(one) for one in table.tables("period", needed=False)),
        before_birth=_dated(table, "before_birth"),
        outside_period=_dated(table, "outside_period"),
        haste=_haste(table.table("haste")) if table.has("haste") else None,
    )
    table.finish()
    if built.periods and built.outside_period is None:
        raise table.error("'period' needs the wording 'outside_period'")
    ids = [one.id for one in built.contradictions] + [one.id for one in built.periods]
    for name in ids:
        if ids.count(name) > 1:
            raise table.error(f"the check {name!r} is there twice")
        if len(name) > LONGEST_ID:
            raise table.error(f"the id {name!r} is longer than {LONGEST_ID} letters")
    return built


def _contradiction(table: Table) -> Contradiction:
    built = Contradiction(
        id=table.text("id"),
        when=table.parsed("when", parse_condition),
        questions=table.texts("questions"),
        wording=wording_from(table),
    )
    table.finish()
    return built


def _period(table: Table) -> Period:
    built = Period(
        id=table.text("id"),
        question=table.text("question"),
        options=table.texts("options", needed=False),
        reach=_reach(table),
        grace_days=table.number("grace_days", least=0),
    )
    table.finish()
    return built


def _reach(table: Table) -> Window | None:
    if table.flag("to_come"):
        return None
    days = table.number("days", least=1) if table.has("days") else None
    months = table.number("months", least=1) if table.has("months") else None
    if (days is None) == (months is None):
        raise table.error("reaches back either 'days' or 'months', or is 'to_come'")
    return Window(days=days, months=months)


def _dated(table: Table, key: str) -> Wording | None:
    if not table.has(key):
        return None
    inner = table.table(key)
    wording = wording_from(inner)
    check_places(inner, "told", wording.told, {"question"})  # the client may have named no day
    check_places(inner, "rationale", wording.rationale, {"question", "day"})
    inner.finish()
    return wording


def _haste(table: Table) -> Haste:
    seconds = table.table("seconds_per_question")
    built = Haste(
        least_questions=table.number("least_questions", least=1),
        seconds_per_question={who: seconds.seconds(who) for who in WHO if seconds.has(who)},
        wording=wording_from(table),
    )
    if not built.seconds_per_question:
        raise seconds.error(f"should name {' or '.join(WHO)}")
    seconds.finish()
    check_places(table, "told", built.wording.told, {"section"})
    check_places(table, "rationale", built.wording.rationale, {"section", "count", "seconds"})
    table.finish()
    return built
