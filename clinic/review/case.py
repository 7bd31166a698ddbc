"""What the case page shows: each finding beside the answers it rests on, with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext

from clinic.intake.freezing import Shown
from clinic.intake.models import Finding, Screening
from clinic.intake.packs import pack_of
from clinic.intake.queries import answers_shown
from clinic.review.forms import DecisionForm
from clinic.review.models import Decision, FindingDecision
from screening.engine import Source


@dataclass(frozen=True, kw_only=True)
class FindingShown:
    """One finding with all that belongs beside it. The fields are None where nobody decides."""

    finding: Finding
    answers: list[Shown]
    sources: list[Source]
    verdict: BoundField | None
    reason: BoundField | None
    decided: FindingDecision | None
    marks: list[tuple[date, str]]


@dataclass(frozen=True, kw_only=True)
class CaseShown:
    """The case in reading order: what needs a decision, then what only advises."""

    flagged: list[FindingShown]
    advice: list[FindingShown]


def shown(screening: Screening, form: DecisionForm | None, latest: Decision | None) -> CaseShown:
    """Gather the page. Queries: findings, and the latest decision's verdicts."""
    pack = pack_of(screening.pack)
    answers = {one.id: one for one in answers_shown(screening.submission, pack)}
    sources: Mapping[str, Source] = pack.sources
    verdicts = {v.finding_id: v for v in latest.findings.all()} if latest else {}

    def one(finding: Finding) -> FindingShown:
        return FindingShown(
            finding=finding,
            answers=[answers[q] for q in finding.question_ids if q in answers],
            sources=[sources[key] for key in finding.sources if key in sources],
            verdict=_field(form, f"verdict_{finding.pk}"),
            reason=_field(form, f"reason_{finding.pk}"),
            decided=verdicts.get(finding.pk),
            marks=[(screening.planned_date, gettext("Wished for"))],
        )

    findings = [one(finding) for finding in screening.findings.order_by("-level", "position")]
    return CaseShown(
        flagged=[f for f in findings if f.finding.level >= 2],
        advice=[f for f in findings if f.finding.level < 2],
    )


def _field(form: Any, name: str) -> BoundField | None:
    return form[name] if form is not None and name in form.fields else None
