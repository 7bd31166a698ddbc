"""What of the consent text one client is shown, must tick, and how long to think. Pure.

A statement applies where its condition certainly holds: nobody reads of themselves what they were
not sure of, and lines for the unsure name it. Only a wait applies in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from clinic.consent.text import (
    CHECK_IN,
    OWN,
    Acknowledgement,
    Benefit,
    Part,
    Personal,
    Risk,
    Statement,
    Text,
    Variant,
    Wait,
)
from clinic.intake.lines import compiled
from clinic.procedures.policy import COOLING_OFF_DEEP, DEEP_MM
from screening.engine.case import Case
from screening.engine.dates import add_months

S = TypeVar("S", bound=Statement)
RISKS = "risks"
"""The part that the ticks of personal lines belong to."""


@dataclass(frozen=True, kw_only=True)
class ShownRisk:
    """A risk as it is said to this client, and how long it lasts (empty: nothing can be said)."""

    risk: Risk
    text: str
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
    personal: tuple[Personal, ...]
    benefits: tuple[Benefit, ...]
    alternatives: tuple[Statement, ...]
    acknowledgements: tuple[Acknowledgement, ...]
    photos: tuple[Statement, ...]
    waits: tuple[Wait, ...]
    hours: int


def choose(text: Text, case: Case, *, clinic_hours: int, flags: frozenset[str]) -> Selection:
    """Choose from `text` for the answers, plan and findings in `case`, and the flags raised.

    `clinic_hours` is the procedure's own time to think; it can lengthen, never shorten. A depth of
    exactly 1.5 mm counts as deep, whatever the text says of it.
    """
    waits = _waits(text, case)
    hours = longest_wait(text, case, clinic_hours=clinic_hours)
    known = Known(case=case, flags=flags)
    acknowledgements = [ack for ack in text.acknowledgements if ack.asked_at != CHECK_IN]
    personal = known.applying(text.personal)
    return Selection(
        parts=tuple(_part(part, known) for part in text.parts),
        risks=tuple(_shown(risk, known) for risk in known.applying(text.risks)),
        personal=personal,
        benefits=known.applying(text.benefits),
        alternatives=known.applying(text.alternatives),
        acknowledgements=(*known.applying(acknowledgements), *_own_ticks(personal)),
        photos=known.applying(text.photos),
        waits=tuple(wait for wait in waits if wait.hours == hours),
        hours=hours,
    )


def longest_wait(text: Text, case: Case, *, clinic_hours: int) -> int:
    """The longest wait that holds, or may hold, for this plan."""
    waits = (wait.hours for wait in _waits(text, case))
    return max(clinic_hours, _deep_hours(case), *waits)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of the client and the plan, and the flags that screening raised."""

    case: Case
    flags: frozenset[str]

    def applies(self, one: Statement | Variant) -> bool:
        """Whether it certainly is for this client."""
        return one.includes(self.case, self.flags)

    def applying(self, statements: Iterable[S]) -> tuple[S, ...]:
        """Those that are for this client, in their order."""
        return tuple(one for one in statements if self.applies(one))


def _waits(text: Text, case: Case) -> tuple[Wait, ...]:
    return tuple(
        wait
        for wait in text.waits
        if wait.show_if is None or compiled(wait.show_if)(case) is not False
    )


def cooling_off_until(given_at: datetime, hours: int) -> datetime:
    """The first moment of signing: that many real hours later, on a full minute, in UTC."""
    end = given_at.astimezone(UTC) + timedelta(hours=hours, seconds=59, microseconds=999_999)
    return end.replace(second=0, microsecond=0)


def expires_on(given_on: date, text: Text) -> date:
    """The last day on which the consent can be used."""
    return add_months(given_on, text.expires_after_months)


def _part(part: Part, known: Known) -> Part:
    lines = known.applying(part.lines)
    return Part(id=part.id, title=part.title, lines=lines, shows=part.shows)


def _own_ticks(personal: Iterable[Personal]) -> tuple[Acknowledgement, ...]:
    return tuple(
        Acknowledgement(
            id=f"{OWN}{one.id}",
            part=RISKS,
            text=one.acknowledge,
            sources=one.sources,
            evidence=one.evidence,
        )
        for one in personal
        if one.acknowledge
    )


def _deep_hours(case: Case) -> int:
    """What a deep plan takes at least; an unknown depth counts as deep."""
    depth = case.plan["depth_mm"]
    return 0 if isinstance(depth, int | float) and depth < DEEP_MM else COOLING_OFF_DEEP


def _shown(risk: Risk, known: Known) -> ShownRisk:
    durations = [one.text for one in risk.durations if known.applies(one)]
    variants = [one.text for one in risk.variants if known.applies(one)]
    return ShownRisk(
        risk=risk,
        text=variants[0] if variants else risk.text,
        duration=durations[0] if durations else risk.duration,
    )
