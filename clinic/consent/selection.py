"""What of the consent text one client is shown, must tick, and how long to think. Pure.

A statement applies unless its condition is certainly false: in doubt, a client is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from clinic.consent.text import CHECK_IN, Acknowledgement, Part, Risk, Statement, Text, Wait
from clinic.procedures.policy import COOLING_OFF_DEEP, DEEP_MM
from screening.engine.case import Case
from screening.engine.compile import Test, compile_condition
from screening.engine.conditions import Condition
from screening.engine.dates import add_months

S = TypeVar("S", bound=Statement)


@dataclass(frozen=True, kw_only=True)
class ShownRisk:
    """A risk, and how long it lasts for this plan (empty where nothing can be said)."""

    risk: Risk
    duration: str


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What applies to one client and plan, in the order of the text.

    `parts` hold only the lines that apply. `hours` is the time to think from the moment the text
    is given; `waits` are the reasons for exactly that length (none where the clinic's own
    setting is longer).
    """

    parts: tuple[Part, ...]
    risks: tuple[ShownRisk, ...]
    alternatives: tuple[Statement, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    photos: tuple[Statement, ...]
    waits: tuple[Wait, ...]
    hours: int


def choose(text: Text, case: Case, *, clinic_hours: int) -> Selection:
    """Choose from `text` for the answers, plan and findings in `case`.

    `clinic_hours` is the procedure's own time to think; it can lengthen, never shorten. A depth of
    exactly 1.5 mm counts as deep, whatever the text says of it.
    """
    waits = _applying(text.waits, case)
    hours = max(clinic_hours, _deep_hours(case), *(wait.hours for wait in waits))
    acknowledgements = [ack for ack in text.acknowledgements if ack.asked_at != CHECK_IN]
    return Selection(
        parts=tuple(_part(part, case) for part in text.parts),
        risks=tuple(
            ShownRisk(risk=risk, duration=_duration(risk, case))
            for risk in _applying(text.risks, case)
        ),
        alternatives=_applying(text.alternatives, case),
        acknowledgements=_applying(acknowledgements, case),
        photos=_applying(text.photos, case),
        waits=tuple(wait for wait in waits if wait.hours == hours),
        hours=hours,
    )


def applies(condition: Condition | None, case: Case) -> bool:
    """Whether it holds, or might hold, in this case."""
    return condition is None or _test(condition)(case) is not False


def cooling_off_until(given_at: datetime, hours: int) -> datetime:
    """The first moment of signing: that many real hours later, on a full minute, in UTC."""
    end = given_at.astimezone(UTC) + timedelta(hours=hours, seconds=59, microseconds=999_999)
    return end.replace(second=0, microsecond=0)


def expires_on(given_on: date, text: Text) -> date:
    """The last day on which the consent can be used."""
    return add_months(given_on, text.expires_after_months)


def _applying(statements: Iterable[S], case: Case) -> tuple[S, ...]:
    return tuple(one for one in statements if applies(one.show_if, case))


def _part(part: Part, case: Case) -> Part:
    lines = _applying(part.lines, case)
    return Part(id=part.id, title=part.title, lines=lines, shows=part.shows)


def _deep_hours(case: Case) -> int:
    """What a deep plan takes at least; an unknown depth counts as deep."""
    depth = case.plan["depth_mm"]
    return 0 if isinstance(depth, int | float) and depth < DEEP_MM else COOLING_OFF_DEEP


def _duration(risk: Risk, case: Case) -> str:
    for duration in risk.durations:
        if applies(duration.show_if, case):
            return duration.text
    return risk.duration


@lru_cache(maxsize=512)
def _test(condition: Condition) -> Test:
    return compile_condition(condition)
