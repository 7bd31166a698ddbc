"""The plan that the answers are judged against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from .levels import Unknown

FIELDS: Mapping[str, str] = {
    "age": "number",
    "answers_age_days": "number",
    "modality": "enum",
    "depth_mm": "number",
    "areas": "list",
    "anaesthetic_planned": "bool",
    "test_patch_ok": "bool",
    "parental_consent": "bool",
    "last_session": "object",
    "last_session.date": "date",
    "last_session.modality": "enum",
    "last_session.depth_mm": "number",
}
"""The fields that a rule may read, and their types. ``age`` is whole years on the planned date,
from the answer that gives the date of birth; ``answers_age_days`` counts from the day of the
answers to the planned date."""

DATES = ("planned_date",)
"""The days of the context that ``before_ctx`` may compare an answered date with."""

PlanValue = str | float | bool | date | frozenset[str] | Mapping[str, object] | Unknown | None


@dataclass(frozen=True, kw_only=True)
class LastSession:
    """The last needling session of this client; ``None`` is not known."""

    date: date | None = None
    modality: str | None = None
    depth_mm: float | None = None


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is planned, and when the answers were given. ``None`` is not known.

    What is not known or cannot be read is never taken for harmless: ``read_plan`` names it, and
    the result is then not complete. ``planned_date`` alone has a default: the day of the answers.
    ``depth_mm`` is the greatest needle depth in millimetres, ``depth_by_area`` those that differ.
    Whether numbing is planned counts as yes where it is not known. ``test_patch_ok`` is true only
    when a test patch was done at least 28 days ago and reviewed. ``last_session=None`` means that
    there was none. ``jurisdiction`` is a key of the pack's jurisdictions.

    ``confirmed``: the answers count as given again by the planned date, so that their own age says
    nothing. It is for days that are only being considered.
    """

    assessment_date: date
    modality: str | None
    depth_mm: float | None
    areas: Collection[str] | None
    planned_date: date | None = None
    anaesthetic_planned: bool | None = None
    test_patch_ok: bool = False
    parental_consent: bool = False
    last_session: LastSession | None = None
    depth_by_area: Mapping[str, float] | None = None
    jurisdiction: str | None = None
    confirmed: bool = False

    @property
    def planned_on(self) -> date:
        """The planned date, or else the day of the answers."""
        return self.planned_date or self.assessment_date
