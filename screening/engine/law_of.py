"""What the law of a place says of one case. It never changes a level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from .answers import Known
from .case import Case
from .compile import Test, compile_condition
from .context import PlanValue
from .findings import LawHit
from .law import Law, lineage
from .rules import Pack


def law_of(
    pack: Pack,
    jurisdiction: object,
    *,
    answers: Mapping[str, Known],
    plan: Mapping[str, PlanValue],
    planned_date: date,
) -> tuple[LawHit, ...]:
    """Every law entry that applies, of the whole before those of its part. None where the place
    is not known: that is no error."""
    if not isinstance(jurisdiction, str) or jurisdiction not in pack.jurisdictions:
        return ()
    case = Case(
        answers=answers,
        plan=dict(plan),
        assessment_date=planned_date,
        planned_date=planned_date,
    )
    return tuple(
        LawHit(law=law, binding=law.binding_on(planned_date))
        for law, test in _tests(pack, jurisdiction)
        if test is None or test(case) is True
    )


def flags_of(law: tuple[LawHit, ...]) -> tuple[str, ...]:
    """The flags by which later steps know the entries."""
    return tuple(f"law:{one.law.id}" for one in law)


@lru_cache(maxsize=256)
def _tests(pack: Pack, jurisdiction: str) -> tuple[tuple[Law, Test | None], ...]:
    return tuple(
        (law, None if law.applies_when is None else compile_condition(law.applies_when))
        for place in lineage(pack.jurisdictions, jurisdiction)
        for law in place.law
    )
