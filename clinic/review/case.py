"""What the case page shows: each finding beside the answers it rests on, with its sources."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from clinic.intake.freezing import Shown
from clinic.intake.models import Finding, Screening
from clinic.intake.packs import pack_of
from clinic.intake.past_sessions import last_sessions
from clinic.intake.queries import answers_shown
from clinic.intake.telling import concerns_medicine
from clinic.review.evidence import Cited, Disagreement, cited, disagreements, evidence
from clinic.review.forms import DecisionForm
from clinic.review.models import Decision, FindingDecision
from clinic.review.windows import Waits, counts_from_a_session, waits
from screening.engine import LastSession, Pack


@dataclass(frozen=True, kw_only=True)
class FindingShown:
    """One finding with all that belongs beside it. The fields are None where nobody decides."""

    finding: Finding
    answers: list[Shown]
    sources: list[Cited]
    evidence: str
    conflicts: list[Disagreement]
    waits: Waits | None
    medicine: bool
    verdict: BoundField | None
    reason: BoundField | None
    decided: FindingDecision | None


@dataclass(frozen=True, kw_only=True)
class CaseShown:
    """The case in reading order: what needs a decision, then what only advises."""

    flagged: list[FindingShown]
    advice: list[FindingShown]


def shown(screening: Screening, form: DecisionForm | None, latest: Decision | None) -> CaseShown:
    """Gather the page. Queries: findings, the latest decision's verdicts, and the last session
    where a finding counts from it."""
    pack = pack_of(screening.pack)
    answers = {one.id: one for one in answers_shown(screening.submission, pack)}
    verdicts = {v.finding_id: v for v in latest.findings.all()} if latest else {}
    found = list(screening.findings.order_by("-level", "position"))
    last = _session_before(screening, pack, found)

    def one(finding: Finding) -> FindingShown:
        return FindingShown(
            finding=finding,
            answers=[answers[q] for q in finding.question_ids if q in answers],
            sources=cited(pack.sources[key] for key in finding.sources if key in pack.sources),
            evidence=evidence(finding.evidence),
            conflicts=disagreements(pack, pack.conflicts_on(finding.code)),
            waits=waits(screening, finding, pack, last),
            medicine=concerns_medicine(pack, finding.code),
            verdict=_field(form, f"verdict_{finding.pk}"),
            reason=_field(form, f"reason_{finding.pk}"),
            decided=verdicts.get(finding.pk),
        )

    findings = [one(finding) for finding in found]
    return CaseShown(
        flagged=[f for f in findings if f.finding.level >= 2],
        advice=[f for f in findings if f.finding.level < 2],
    )


def _session_before(screening: Screening, pack: Pack, found: list[Finding]) -> LastSession | None:
    if not any(one.defer_until and counts_from_a_session(pack, one.code) for one in found):
        return None
    return last_sessions([screening])[screening.pk]


def _field(form: Any, name: str) -> BoundField | None:
    return form[name] if form is not None and name in form.fields else None
