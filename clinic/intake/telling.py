"""What the findings mean for the client, in plain words and without alarm. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from clinic.intake.models import Finding, Level
from screening.engine import Pack

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MEDICINES = "medicines"

NEVER_STOP = _("Do not stop anything that was prescribed for you without asking first.")

GROUPS: "dict[Level, tuple[_StrPromise, _StrPromise]]" = {
    Level.CONTRAINDICATED: (
        _("Why we do not plan it as things are"),
        _("We want to be careful with you. Call us if you have a question: we explain it gladly."),
    ),
    Level.DEFER: (
        _("What needs time first"),
        _("This has an end. We tell you from which day on we can look at it again."),
    ),
    Level.REVIEW: (
        _("What a practitioner looks at first"),
        _("This is not a no. A practitioner reads it and may ask you a little more."),
    ),
    Level.ADVISE: (
        _("Good to know"),
        _("None of this stands in the way of a treatment."),
    ),
}
"""Heading and meaning of each level, the most serious first."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One finding as the client reads it. `until`: the first day after a wait."""

    topic: str
    message: str
    until: date | None
    never_stop: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The findings of one level, under what they mean."""

    heading: "_StrPromise"
    meaning: "_StrPromise"
    told: list[Told] = field(default_factory=list)


def tell(
    pack: Pack, findings: Iterable[Finding], over_by_then: Iterable[Mapping[str, Any]]
) -> list[Group]:
    """The findings grouped by what they mean. `over_by_then`: what had to wait on the day of the
    answers only, as `queries.waiting` gives it; left out where the same rule still finds
    something."""
    found = list(findings)
    codes = {one.code for one in found}
    by_level: dict[Level, list[Told]] = {level: [] for level in GROUPS}
    for one in found:
        by_level[Level(one.level)].append(
            _told(pack, one.code, one.title, one.message, one.defer_until)
        )
    for wait in over_by_then:
        if wait["code"] not in codes:
            by_level[Level.DEFER].append(
                _told(pack, wait["code"], wait["title"], wait["message"], wait["until"])
            )
    return [
        Group(heading=heading, meaning=meaning, told=by_level[level])
        for level, (heading, meaning) in GROUPS.items()
        if by_level[level]
    ]


def concerns_medicine(pack: Pack, code: str) -> bool:
    """Whether a rule is about a medicine, so that its message might be read as "stop it".

    What is noticed beside the rules says so itself.
    """
    rule = pack.rule_by_code.get(code)
    if rule is None:
        return False
    parts = [rule, *(pack.rule_by_code[part] for part in rule.involves)]
    return any(part.category == MEDICINES for part in parts)


def _topic(pack: Pack, code: str) -> str:
    """What the finding of a rule is about, in words for the client: titles are for clinicians."""
    rule = pack.rule_by_code.get(code)
    return rule.client_topic if rule else ""


def _told(pack: Pack, code: str, title: str, message: str, until: date | None) -> Told:
    return Told(
        topic=_topic(pack, code) or title,
        message=message,
        until=until,
        never_stop=concerns_medicine(pack, code),
    )
