"""The two gates: may this client be booked, and may this appointment be treated now?

Pure and ordered: each gate is a table of verdicts with the check that finds what stands in the
way; the first verdict with something in the way is the answer. The same promises stand in the
database (migrations 0002 and 0003 of booking, 0002 of treatments).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from clinic.booking import booking_checks, treatment_checks
from clinic.booking.values import BookingFacts, DayFacts, Outcome
from clinic.booking.verdicts import Answer, Code, Reason, Verdict

__all__ = [
    "Answer",
    "Code",
    "Reason",
    "Verdict",
    "bookable",
    "missing",
    "outstanding",
    "to_be_done",
    "treatable",
]

Facts = TypeVar("Facts")
Gate = tuple[tuple[Verdict, Callable[[Facts], list[Reason]]], ...]

BOOKING_GATE: Gate[BookingFacts] = (
    (Verdict.NEVER_AGAIN, booking_checks.never_again),
    (Verdict.DOCTOR_FIRST, booking_checks.doctor_first),
    (Verdict.NEEDS_INTAKE, booking_checks.no_intake),
    (Verdict.SCREENING_OUTDATED, booking_checks.outdated),
    (Verdict.CONTRAINDICATED, booking_checks.contraindicated),
    (Verdict.DECLINED, booking_checks.declined),
    (Verdict.DEFERRED, booking_checks.deferred),
    (Verdict.NEEDS_REVIEW, booking_checks.to_review),
    (Verdict.ADVERSE_EVENT_OPEN, booking_checks.open_event),
    (Verdict.TOO_SOON, booking_checks.resting),
)
TREATMENT_GATE: Gate[DayFacts] = (
    (Verdict.NEEDS_CONSENT, treatment_checks.no_consent),
    (Verdict.CONSENT_REFUSED, treatment_checks.refused),
    (Verdict.CONSENT_WITHDRAWN, treatment_checks.withdrawn),
    (Verdict.COOLING_OFF, treatment_checks.cooling_off),
    (Verdict.NEEDS_COUNTERSIGNATURE, treatment_checks.not_countersigned),
    (Verdict.NEEDS_CHECK_IN, treatment_checks.not_checked_in),
)
PASSES_WITH_TIME = frozenset({Verdict.DEFERRED, Verdict.TOO_SOON})
FOR_A_CLINICIAN = frozenset({Verdict.CONTRAINDICATED, Verdict.DECLINED, Verdict.NEEDS_REVIEW})


def bookable(facts: BookingFacts) -> Answer:
    """Whether the client may be booked on that day, or the first thing in the way."""
    return next(iter(_found(BOOKING_GATE, facts)), Answer(verdict=Verdict.BOOKABLE))


def to_be_done(facts: BookingFacts) -> Answer:
    """As `bookable`, but never "wait" alone while a clinician has to look as well.

    The gate names the wait first; whoever only waits would meet the review on the day the wait
    ends. A wait that a clinician has set comes back to review by itself.
    """
    answer, decision = bookable(facts), facts.decision
    if answer.verdict not in PASSES_WITH_TIME or answer.earliest is None:
        return answer
    if decision is not None and decision.outcome is Outcome.DEFERRED:
        return answer
    later = bookable(replace(facts, on=answer.earliest))
    if later.verdict not in FOR_A_CLINICIAN:
        return answer
    return replace(later, reasons=later.reasons + answer.reasons, earliest=answer.earliest)


def treatable(facts: DayFacts) -> Answer:
    """Whether the appointment may be treated now, or the first thing in the way."""
    return next(iter(missing(facts)), Answer(verdict=Verdict.TREATABLE))


def missing(facts: DayFacts) -> list[Answer]:
    """Everything that stands in the way of treating, in order. Empty means `TREATABLE`."""
    return _found(BOOKING_GATE, facts.booking) + _found(TREATMENT_GATE, facts)


def outstanding(facts: DayFacts, *, starts_at: datetime) -> list[Answer]:
    """What somebody must still do for an appointment that `starts_at`, in order.

    As `missing`, but before the day itself without the time to think that is over by then: it
    passes by itself, and the appointment needs no other time.
    """
    if facts.booking.on <= facts.today:
        return missing(facts)
    return [one for one in missing(facts) if not _passes_by(one, starts_at)]


def _passes_by(answer: Answer, moment: datetime) -> bool:
    ends = [reason.at for reason in answer.reasons]
    return answer.verdict is Verdict.COOLING_OFF and all(end and end <= moment for end in ends)


def _found(gate: Gate[Facts], facts: Facts) -> list[Answer]:
    looked = ((verdict, check(facts)) for verdict, check in gate)
    return [_answer(verdict, reasons) for verdict, reasons in looked if reasons]


def _answer(verdict: Verdict, reasons: list[Reason]) -> Answer:
    days = [reason.on for reason in reasons if reason.on and verdict in PASSES_WITH_TIME]
    return Answer(verdict=verdict, reasons=tuple(reasons), earliest=max(days, default=None))
