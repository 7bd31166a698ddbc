"""Rows of a review written by hand, true but for the lies."""

from typing import Any

from clinic.accounts.models import Membership
from clinic.intake.models import Clearance, Screening
from clinic.review.models import Confirmation, Decision, FindingDecision
from tests import factories
from tests.factories import Cast
from tests.factories.days import NOW


def decision(cast: Cast, on: Screening, **fields: Any) -> Decision:
    values: dict[str, Any] = {
        "hard_stop": on.hard_stop,
        "outcome": "CLEARED",
        "reason": "calm",
        "meaning": "I decide.",
        "needs_confirmation": False,
        "decided_by": cast.petra,
        "decided_name": cast.petra.name,
        "decided_role": "practitioner",
        "decided_at": NOW,
    }
    return Decision.objects.create(
        screening=on, client=on.client, site=on.site, **(values | fields)
    )


def verdict(on: Decision, **fields: Any) -> FindingDecision:
    finding = fields.pop("finding", None) or on.screening.findings.get()
    values: dict[str, Any] = {
        "screening": on.screening,
        "level": finding.level,
        "override_by": finding.override_by,
        "reading": finding.reading,
        "decided_role": on.decided_role,
        "verdict": "ACCEPT",
        "reason": "calm on sight",
    }
    return FindingDecision.objects.create(decision=on, finding=finding, **(values | fields))


def cleared(on: Decision, **fields: Any) -> Clearance:
    values: dict[str, Any] = {"basis": "REVIEW", "decision_id": on.pk, "screening": on.screening}
    return factories.clearance(on.client, on.screening.procedure, **(values | fields))


def confirmation(on: Decision, by: int, decided_by: int, role: str = "") -> Confirmation:
    role = role or Membership.objects.filter(user=by).values_list("role", flat=True)[0]
    return Confirmation.objects.create(
        decision=on,
        decided_by_id=decided_by,
        confirmed_by_id=by,
        confirmed_name="X",
        confirmed_role=role,
        agreed=True,
        note="agreed",
        confirmed_at=NOW,
    )
