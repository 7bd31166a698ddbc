"""What the gates can answer: verdicts in order, and why, as codes and dates.

`wording.py` turns them into sentences.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What the gates say, in the order in which they look."""

    NEVER_AGAIN = "NEVER_AGAIN"
    DOCTOR_FIRST = "DOCTOR_FIRST"
    NEEDS_INTAKE = "NEEDS_INTAKE"
    SCREENING_OUTDATED = "SCREENING_OUTDATED"
    CONTRAINDICATED = "CONTRAINDICATED"
    DECLINED = "DECLINED"
    DEFERRED = "DEFERRED"
    NEEDS_REVIEW = "NEEDS_REVIEW"
    ADVERSE_EVENT_OPEN = "ADVERSE_EVENT_OPEN"
    TOO_SOON = "TOO_SOON"
    BOOKABLE = "BOOKABLE"
    NEEDS_CONSENT = "NEEDS_CONSENT"
    CONSENT_REFUSED = "CONSENT_REFUSED"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    COOLING_OFF = "COOLING_OFF"
    NEEDS_COUNTERSIGNATURE = "NEEDS_COUNTERSIGNATURE"
    NEEDS_CHECK_IN = "NEEDS_CHECK_IN"
    TREATABLE = "TREATABLE"


class Code(StrEnum):
    """Why. `wording.py` has the sentence for each."""

    NO_ANSWERS = "NO_ANSWERS"
    SCREENING_ENDED = "SCREENING_ENDED"
    NEW_RULES = "NEW_RULES"
    ANSWERS_TOO_OLD = "ANSWERS_TOO_OLD"
    CLEARANCE_OVER = "CLEARANCE_OVER"
    CLEARANCE_ENDED = "CLEARANCE_ENDED"
    TOLD_SINCE = "TOLD_SINCE"
    PLAN_NOT_SCREENED = "PLAN_NOT_SCREENED"
    HARD_STOP = "HARD_STOP"
    STOP_ELSEWHERE = "STOP_ELSEWHERE"
    STOP = "STOP"
    DECIDED_AGAINST = "DECIDED_AGAINST"
    NOT_BEFORE = "NOT_BEFORE"
    WAITING_TIME = "WAITING_TIME"
    INCOMPLETE = "INCOMPLETE"
    UNDECIDED = "UNDECIDED"
    ANSWER_NEEDED = "ANSWER_NEEDED"
    PRESCRIBER_ASKED = "PRESCRIBER_ASKED"
    AWAITING_SECOND = "AWAITING_SECOND"
    SECOND_DISAGREED = "SECOND_DISAGREED"
    DEFERRAL_OVER = "DEFERRAL_OVER"
    PLAN_NOT_CLEARED = "PLAN_NOT_CLEARED"
    NOT_CLEARED = "NOT_CLEARED"
    PATCH_TEST_FIRST = "PATCH_TEST_FIRST"
    PATCH_REACTED = "PATCH_REACTED"
    EVENT_OPEN = "EVENT_OPEN"
    NEVER_AFTER_EVENT = "NEVER_AFTER_EVENT"
    WORD_AFTER_EVENT = "WORD_AFTER_EVENT"
    SKIN_RESTS = "SKIN_RESTS"
    SESSION_ELSEWHERE = "SESSION_ELSEWHERE"
    SESSIONS_UNKNOWN = "SESSIONS_UNKNOWN"
    NO_CONSENT = "NO_CONSENT"
    CONSENT_REPLACED = "CONSENT_REPLACED"
    NOT_SIGNED = "NOT_SIGNED"
    TEXT_CHANGED = "TEXT_CHANGED"
    ANSWERS_CHANGED = "ANSWERS_CHANGED"
    CONSENT_EXPIRED = "CONSENT_EXPIRED"
    PLAN_NOT_CONSENTED = "PLAN_NOT_CONSENTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    THINKING_TIME = "THINKING_TIME"
    NOT_COUNTERSIGNED = "NOT_COUNTERSIGNED"
    NOT_TODAY = "NOT_TODAY"
    NOT_HERE = "NOT_HERE"
    OTHER_CLEARANCE = "OTHER_CLEARANCE"
    NOT_CHECKED_IN = "NOT_CHECKED_IN"
    SOMETHING_NEW = "SOMETHING_NEW"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One thing in the way, with the day or the moment on which it passes, if it passes.

    `where` is the other site at which it arose.
    """

    code: Code
    where: str = ""
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A verdict, why, and the first day on which what stands in the way has passed, if known."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    earliest: date | None = None

    @property
    def allows(self) -> bool:
        return self.verdict in (Verdict.BOOKABLE, Verdict.TREATABLE)
