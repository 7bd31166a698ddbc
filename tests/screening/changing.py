"""What a clinic with a pen, a roller and a radiofrequency device offers, for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from screening.engine import Change, Context, Offer, Offered, what_would_change
from screening.engine.changes import Judge
from screening.engine.evaluate import evaluate
from tests.screening.cases import answers_with, context_with, pack

RANGES = {"MN_PEN": ("0.25", "2.50"), "MN_ROLLER": ("0.20", "1.50"), "RF_MN": ("0.50", "3.00")}
TREATED = frozenset(pack().areas)


def offer(modality: str, **fields: Any) -> Offer:
    least, greatest = RANGES[modality]
    values: dict[str, Any] = {
        "id": list(RANGES).index(modality),
        "modality": modality,
        "least_mm": Decimal(least),
        "greatest_mm": Decimal(greatest),
        "areas": TREATED,
    }
    return Offer(**(values | fields))


def offered(context: Context, **fields: Any) -> Offered:
    """Everything, from the day of the answers on."""
    others = tuple(offer(name) for name in RANGES if name != context.modality)
    values: dict[str, Any] = {
        "planned": offer(context.modality or "MN_PEN"),
        "first_day": context.assessment_date,
        "others": others,
    }
    return Offered(**(values | fields))


def changes(
    answers: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
    judge: Judge = evaluate,
    **fields: Any,
) -> tuple[Change, ...]:
    """What would change the case of a healthy adult who differs in these."""
    plan = context_with(context)
    return what_would_change(pack(), plan, answers_with(answers), offered(plan, **fields), judge)


def told(found: tuple[Change, ...]) -> list[tuple[str, str]]:
    """Each change as its parts and its level."""
    return [("+".join(change.parts), change.level.name) for change in found]
