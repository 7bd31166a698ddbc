"""What would change this: other plans of the clinic at which the answers mean less."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clinic.core.actor import Actor
from clinic.intake.change_words import say_change
from clinic.intake.judging import ANSWERS_COUNT_DAYS
from clinic.intake.models import Finding, Level, Screening
from clinic.intake.packs import newest, pack_of
from clinic.intake.queries import last_session, offered_procedures
from clinic.procedures.areas import NEVER_OFFERED
from clinic.procedures.models import Modality, Procedure
from screening.engine import (
    Assessment,
    Change,
    Context,
    Offer,
    Offered,
    Pack,
    Part,
    evaluate,
    what_would_change,
)
from screening.engine import Level as RuleLevel
from screening.engine.carrying import still_mean
from screening.engine.changes import Judge
from screening.engine.noticed import FurtherHit
from screening.engine.rules import NOBODY

MOST_SHOWN = 4


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One change of plan in words; `number` is its place, from 1, by which a form is filled in.

    `earliest`: the first day with nothing in the way, then. `again_from`: the day lies beyond the
    answers, which must then be given again; None else.
    """

    number: int
    words: str
    level_name: str
    parts: frozenset[Part]
    procedure_id: int
    other_procedure: bool
    plan: dict[str, Any]
    earliest: date | None
    again_from: date | None

    @property
    def blocks(self) -> bool:
        """Whether a clinician would still have to decide, or a day be waited for."""
        return Level[self.level_name] >= Level.REVIEW


@dataclass(frozen=True, kw_only=True)
class Proposals:
    """What would change one case. `asked` is false where it makes no sense to ask: nothing
    stands in the way, or the answers are no longer the ones that count."""

    asked: bool
    found: list[Proposal] = field(default_factory=list)

    def numbered(self, number: str | None) -> Proposal | None:
        """The one of that number; None where there is none."""
        return next((one for one in self.found if str(one.number) == number), None)


def proposals(actor: Actor, screening: Screening, *, today: date) -> Proposals:
    """Other plans with a lower level for a live screening. Four queries, where it makes sense."""
    until = screening.assessment_date + timedelta(days=ANSWERS_COUNT_DAYS)
    counts = screening.ended_at is None and screening.complete and today <= until
    if not counts or screening.level < Level.REVIEW:
        return Proposals(asked=False)
    procedures = {one.pk: one for one in offered_procedures(actor)}
    # Another plan is judged by the rules in force, whatever the old one was screened by.
    pack, given = pack_of(newest()), screening.submission
    found = what_would_change(
        pack,
        _context(screening, today),
        still_mean(pack, given.answers, given_under=given.pack.version),
        _offered(screening, procedures, today),
        _judging(screening),
    )
    # By older rules it may have been judged more mildly than the rules in force begin with.
    lower = [change for change in found if change.level < screening.level]
    shown = [
        _proposal(number, change, screening, procedures, today, until)
        for number, change in enumerate(lower[:MOST_SHOWN], 1)
    ]
    return Proposals(asked=True, found=shown)


def _judging(screening: Screening) -> Judge:
    """The rules for each plan, with what was noticed beside the rules: that is about what was
    said, so it stands whatever is planned."""
    noticed = screening.findings.filter(level__gte=Level.REVIEW).exclude(
        code__in=list(pack_of(screening.pack).rule_by_code)
    )
    further = tuple(_hit(finding) for finding in noticed)

    def judge(pack: Pack, context: Context, answers: Mapping[str, object], /) -> Assessment:
        return Assessment(result=evaluate(pack, context, answers), further=further)

    return judge


def _hit(finding: Finding) -> FurtherHit:
    return FurtherHit(
        code=finding.code,
        outcome=finding.outcome,
        level=RuleLevel(finding.level),
        title=finding.title,
        message=finding.message,
        override=NOBODY,
        sources=tuple(finding.sources),
        question_ids=tuple(finding.question_ids),
        rationale=finding.rationale,
        practitioner_check=finding.practitioner_check,
        evidence=finding.evidence,
        evidence_note=finding.evidence_note,
    )


def _context(screening: Screening, today: date) -> Context:
    return Context(
        assessment_date=screening.assessment_date,
        planned_date=screening.planned_date,
        modality=screening.procedure.modality,
        depth_mm=float(screening.depth_mm),
        areas=tuple(screening.areas),
        anaesthetic_planned=screening.anaesthetic_planned,
        test_patch_ok=screening.submission.intake.test_patch_ok,
        last_session=last_session(screening.client_id, today),
    )


def _offered(screening: Screening, procedures: dict[int, Procedure], today: date) -> Offered:
    """Heat is never proposed to whom a device without heat is planned for: a change is to be
    gentler, and RF has risks of its own that these rules do not weigh against a depth."""
    now = screening.procedure
    others = (
        one
        for one in procedures.values()
        if one.pk != now.pk and (one.modality != Modality.RF_MN or now.modality == Modality.RF_MN)
    )
    return Offered(
        planned=_offer(screening.procedure),
        first_day=max(today, screening.assessment_date),
        others=tuple(_offer(one) for one in others),
    )


def _offer(procedure: Procedure) -> Offer:
    return Offer(
        id=procedure.pk,
        modality=procedure.modality,
        least_mm=procedure.min_depth_mm,
        greatest_mm=procedure.max_depth_mm,
        areas=frozenset(procedure.areas) - NEVER_OFFERED,
    )


def _proposal(
    number: int,
    change: Change,
    screening: Screening,
    procedures: dict[int, Procedure],
    today: date,
    until: date,
) -> Proposal:
    plan, other = change.context, change.offer.id != screening.procedure_id
    procedure = procedures[change.offer.id] if other else screening.procedure
    beyond = Part.DATE in change.parts and plan.planned_on > until
    return Proposal(
        number=number,
        words=say_change(change, screening, procedure if other else None, today),
        level_name=change.level.name,
        parts=frozenset(change.parts),
        procedure_id=change.offer.id,
        other_procedure=other,
        plan={
            "depth_mm": Decimal(str(plan.depth_mm)),
            "areas": list(plan.areas or ()),
            "planned_date": max(plan.planned_on, today),
            "anaesthetic_planned": plan.anaesthetic_planned,
        },
        earliest=change.earliest,
        again_from=plan.planned_on if beyond else None,
    )
