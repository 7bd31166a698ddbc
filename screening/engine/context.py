"""The plan that the answers are judged against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .levels import UNKNOWN, Unknown

FIELDS: Mapping[str, str] = {
    "age": "number",
    "modality": "enum",
    "depth_mm": "number",
    "areas": "list",
    "anaesthetic_planned": "bool",
    "test_patch_ok": "bool",
    "parental_consent": "bool",
    "last_session.date": "date",
    "last_session.modality": "enum",
    "last_session.depth_mm": "number",
}
"""The fields that a rule may read, and their types. ``age`` is whole years on the planned
date, from the answer that gives the date of birth."""

PlanValue = str | float | bool | date | frozenset[str] | Unknown | None


@dataclass(frozen=True, kw_only=True)
class LastSession:
    """The last needling session of this client; ``None`` is not known."""

    date: date | None = None
    modality: str | None = None
    depth_mm: float | None = None


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is planned, and when the answers were given. ``None`` is not known, and then
    nothing that depends on it is ever taken for harmless.

    ``planned_date`` alone has a default: the day of the answers. ``depth_mm`` is the greatest
    needle depth in millimetres. ``last_session=None`` means that there was none.
    ``test_patch_ok`` is true only when a test patch was done at least 28 days ago and reviewed.
    """

    assessment_date: date
    modality: str | None
    depth_mm: float | None
    areas: tuple[str, ...] | None
    planned_date: date | None = None
    anaesthetic_planned: bool | None = None
    test_patch_ok: bool = False
    parental_consent: bool = False
    last_session: LastSession | None = None

    @property
    def planned_on(self) -> date:
        """The planned date, or else the day of the answers."""
        return self.planned_date or self.assessment_date


def plan_values(context: Context) -> dict[str, PlanValue]:
    """The context by field name, with UNKNOWN for what is not known. Without ``age``."""
    last = context.last_session
    return {
        "modality": _known(context.modality),
        "depth_mm": _known(context.depth_mm),
        "areas": frozenset(context.areas) if context.areas else UNKNOWN,
        "anaesthetic_planned": _known(context.anaesthetic_planned),
        "test_patch_ok": context.test_patch_ok,
        "parental_consent": context.parental_consent,
        "last_session.date": _known(last.date) if last else None,
        "last_session.modality": _known(last.modality) if last else None,
        "last_session.depth_mm": _known(last.depth_mm) if last else None,
    }


def _known(value: PlanValue) -> PlanValue:
    return UNKNOWN if value is None else value
