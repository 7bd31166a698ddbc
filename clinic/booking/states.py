"""Where an appointment stands today, in one word of the look. Pure."""

from collections.abc import Sequence
from typing import Final

from clinic.booking.verdicts import Answer, Verdict

BY_STATUS: Final = {
    "ARRIVED": "here",
    "IN_TREATMENT": "in_treatment",
    "DONE": "done",
    "ON_HOLD": "on_hold",
    "CANCELLED": "cancelled",
    "NO_SHOW": "no_show",
}
BY_VERDICT: Final = {
    Verdict.NEEDS_INTAKE: "intake_missing",
    Verdict.SCREENING_OUTDATED: "intake_missing",
    Verdict.NEEDS_CONSENT: "consent_missing",
    Verdict.CONSENT_REFUSED: "consent_missing",
    Verdict.CONSENT_WITHDRAWN: "consent_missing",
    Verdict.COOLING_OFF: "consent_missing",
    Verdict.NEEDS_COUNTERSIGNATURE: "consent_missing",
    Verdict.NEEDS_CHECK_IN: "ready",
    Verdict.TREATABLE: "ready",
}


def state_of(status: str, missing: Sequence[Answer]) -> str:
    """A key of `clinic.core.words.STATES`: by the status, and while booked by what is missing."""
    if status in BY_STATUS:
        return BY_STATUS[status]
    return BY_VERDICT.get(missing[0].verdict, "in_review") if missing else "ready"
