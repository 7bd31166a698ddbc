"""One submission with its findings in the form that other systems read: a FHIR Bundle."""

from clinic.intake.models import Screening
from clinic.intake.packs import pack_of
from clinic.review.models import Decision
from screening.exchange.fhir import (
    Release,
    response_address,
    to_bundle,
    to_detected_issues,
    to_response,
)
from screening.exchange.fhir.issues import Status
from screening.exchange.fhir.names import Json

CLIENT = "urn:cleared:client"


def as_bundle(screening: Screening, decision: Decision | None, release: Release) -> Json:
    """The answers as QuestionnaireResponse and the findings as DetectedIssues.

    The client is named by number only. Findings are `final` once somebody has decided the case.
    ExchangeError if an answer cannot be read.
    """
    submission = screening.submission
    number = f"screening/{screening.pk}"
    subject: Json = {"identifier": {"system": CLIENT, "value": str(screening.client_id)}}
    response = to_response(
        pack_of(submission.pack),
        submission.answers,
        release=release,
        authored=submission.submitted_at,
        subject=subject,
    )
    issues = to_detected_issues(
        pack_of(screening.pack),
        list(screening.findings.order_by("position")),
        release=release,
        identified=screening.screened_at,
        status=status_of(decision),
        response=response_address(number),
        subject=subject,
    )
    return to_bundle(response, issues, release=release, number=number, at=screening.screened_at)


def status_of(decision: Decision | None) -> Status:
    """Whether somebody has decided: not while an answer or a second look is still waited for."""
    if decision is None or decision.outcome == Decision.Outcome.MORE_INFO:
        return "preliminary"
    confirmation = getattr(decision, "confirmation", None)
    if decision.needs_confirmation and not (confirmation and confirmation.agreed):
        return "preliminary"
    return "final"
