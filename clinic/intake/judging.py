"""From the engine's result to the columns of a screening and its findings. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clinic.intake.models import NEVER
from screening.casefile import assessed_as_json
from screening.engine import (
    Assessment,
    Conduct,
    Context,
    Hit,
    LastSession,
    Level,
    Pack,
    assumed,
    evaluate_on_days,
    further_findings,
)
from screening.engine.noticed import FurtherHit

ANSWERS_COUNT_DAYS = 30
"""Answers count for this many days from the day they were given (the project's own policy)."""


@dataclass(frozen=True, kw_only=True)
class PlanChoice:
    """What is planned. `depth_mm` is the greatest needle depth in millimetres; `country` is where
    the site is, and "" where that is not known."""

    modality: str
    depth_mm: Decimal
    areas: tuple[str, ...]
    anaesthetic_planned: bool
    planned_date: date
    test_patch_ok: bool = False
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What was found on the planned date, and from when nothing (no window) is left.

    `windows_end` is the first day that has nothing against it which the planned day has not:
    no waiting time is left, and no birthday is still to come.
    `clear_until` is the last day of a clearance without review; None where a practitioner must
    decide, or where the wait is longer than the answers count.
    """

    pack: Pack
    context: Context
    assessment: Assessment
    planned_date: date
    clear_from: date
    clear_until: date | None
    windows_end: date
    hard_stop: bool
    waits: tuple[Hit, ...]


def judge(
    pack: Pack,
    answers: dict[str, Any],
    plan: PlanChoice,
    *,
    assessment_date: date,
    last_session: LastSession | None,
    conduct: Conduct | None = None,
) -> Judged:
    """Screen answers under a plan. A planned day before the answers counts as their day."""
    planned = max(plan.planned_date, assessment_date)

    def context_on(day: date) -> Context:
        return Context(
            assessment_date=assessment_date,
            planned_date=day,
            modality=plan.modality,
            depth_mm=float(plan.depth_mm),
            areas=plan.areas,
            anaesthetic_planned=plan.anaesthetic_planned,
            test_patch_ok=plan.test_patch_ok,
            last_session=last_session,
            jurisdiction=plan.country or None,
        )

    # What was said is the same on every day: only the rules are judged for each of them.
    further = further_findings(pack, context_on(assessment_date), answers, conduct)
    taken = assumed(pack, answers, assessment_date)
    results = evaluate_on_days(pack, context_on(assessment_date), answers)

    def on(day: date) -> Assessment:
        return Assessment(result=results(day), further=further, assumed=taken)

    found, now = on(planned), on(assessment_date)
    return Judged(
        pack=pack,
        context=context_on(planned),
        assessment=found,
        planned_date=planned,
        clear_from=now.earliest or NEVER,
        clear_until=_clear_until(now, on, assessment_date),
        windows_end=_windows_end(now, found, on, assessment_date, planned),
        hard_stop=any(_hard(hit) for hit in found.hits),
        waits=tuple(hit for hit in now.hits if hit.level is Level.DEFER),
    )


def _clear_until(now: Assessment, on: Callable[[date], Assessment], given: date) -> date | None:
    day = given + timedelta(days=ANSWERS_COUNT_DAYS)
    if now.earliest is None:
        return None
    # A birthday may bring a finding with it, so the last day is judged as well.
    while day >= now.earliest and on(day).level.blocks_booking:
        day -= timedelta(days=1)
    return day if day >= now.earliest else None


def _windows_end(
    now: Assessment,
    then: Assessment,
    on: Callable[[date], Assessment],
    given: date,
    planned: date,
) -> date:
    day = now.defer_until or given
    # Whoever reviews sees the findings of the planned day only: a client who is 18 by then is
    # still 17 before it, and nobody has decided about that.
    while day < planned and not _against(on(day)) <= _against(then):
        day += timedelta(days=1)
    return day


def _against(found: Assessment) -> set[tuple[str, str, Level]]:
    """What stands in the way: findings, and rules that could not be judged."""
    hits = {(hit.code, hit.outcome, hit.level) for hit in found.hits if hit.level.blocks_booking}
    return hits | {(code, "", Level.REVIEW) for code in found.result.undecided}


def _hard(hit: Hit) -> bool:
    return hit.level is Level.CONTRAINDICATED and not hit.override.allowed


def finding_fields(hit: Hit) -> dict[str, Any]:
    """The columns of one finding."""
    return {
        "code": hit.code,
        "outcome": hit.outcome,
        "level": int(hit.level),
        "title": hit.title,
        "message": hit.message,
        "rationale": hit.rationale,
        "practitioner_check": hit.practitioner_check,
        "evidence": hit.evidence,
        "evidence_note": hit.evidence_note,
        "sources": list(hit.sources),
        "question_ids": list(hit.question_ids),
        "defer_until": hit.defer_until,
        "after_level": int(hit.after_level),
        "override_by": hit.override.by or "never",
        "reading": isinstance(hit, FurtherHit) and hit.reading,
    }


def result_json(judged: Judged) -> dict[str, Any]:
    """The result as it is kept: the form of the `screen` command, and what has to wait."""
    waiting = [
        {
            "code": hit.code,
            "title": hit.title,
            "message": hit.message,
            "until": str(hit.defer_until),
        }
        for hit in judged.waits
    ]
    return {**assessed_as_json(judged.assessment), "waiting": waiting}
