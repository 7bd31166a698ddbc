"""Rows as the frozen values of the gates."""

from clinic.booking.values import (
    ClearanceFacts,
    ConsentFacts,
    DecisionFacts,
    Outcome,
    PlanFacts,
    ScreeningFacts,
    Standing,
)
from clinic.consent.models import Consent
from clinic.intake.models import NEVER, Clearance, Plan, Screening
from clinic.review.models import Decision
from screening.engine.levels import Level


def plan_value(plan: Plan) -> PlanFacts:
    """The plan columns that so many tables share."""
    return PlanFacts(
        depth_mm=plan.depth_mm,
        areas=frozenset(plan.areas),
        anaesthetic=plan.anaesthetic_planned,
    )


def screening_value(row: Screening) -> ScreeningFacts:
    """`row` carries the annotation `pack_current`, and its submission."""
    known = row.level in set(Level)
    return ScreeningFacts(
        id=row.pk,
        live=row.live,
        pack_current=getattr(row, "pack_current", False),
        complete=row.complete,
        level=Level(row.level) if known else None,
        hard_stop=row.hard_stop,
        answers_on=row.submission.assessment_date,
        windows_end=row.windows_end,
        clear_from=None if row.clear_from == NEVER else row.clear_from,
        answers=_judged(row.submission.answers_sha256, row.pack_id),
        plan=plan_value(row),
    )


def decision_value(row: Decision) -> DecisionFacts:
    """A decision that needs a second clinician counts once that person has agreed."""
    confirmation = getattr(row, "confirmation", None)
    if not row.needs_confirmation:
        standing = Standing.FINAL
    elif confirmation is None:
        standing = Standing.AWAITING
    else:
        standing = Standing.FINAL if confirmation.agreed else Standing.NOT_AGREED
    return DecisionFacts(
        outcome=Outcome(row.outcome), standing=standing, defer_until=row.defer_until
    )


def clearance_value(row: Clearance) -> ClearanceFacts:
    """`row` carries the annotation `patch_good`; without it no patch test is known."""
    return ClearanceFacts(
        id=row.pk,
        live=row.live,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        plan=plan_value(row),
        patch_test_first=row.patch_test_first,
        patch_good=getattr(row, "patch_good", None),
    )


def consent_value(row: Consent) -> ConsentFacts:
    """`row` carries its text, and the annotations of `facts`: `signed`, `countersigned`, `answers`,
    `rules`."""
    return ConsentFacts(
        id=row.pk,
        end="" if row.live else row.end_kind or "ENDED",
        signed=getattr(row, "signed", False),
        countersigned=getattr(row, "countersigned", False),
        text_current=row.text.live,
        answers=_judged(getattr(row, "answers", ""), getattr(row, "rules", None)),
        cooling_off_until=row.cooling_off_until,
        expires_on=row.expires_on,
        plan=plan_value(row),
    )


def _judged(answers: str, rules: int | None) -> str:
    """Which answers, and the rules that chose the risks to tell: other rules, other risks."""
    return f"{answers} by {rules}"
