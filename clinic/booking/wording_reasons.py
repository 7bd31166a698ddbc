"""One sentence for every reason code of the gates."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from clinic.booking.verdicts import Code

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

REASONS: Final[dict[Code, "_StrPromise"]] = {
    Code.NO_ANSWERS: _("There are no answers for this treatment."),
    Code.SCREENING_ENDED: _("The answers were replaced or are no longer relied on."),
    Code.NEW_RULES: _("The safety rules have changed since the answers were given."),
    Code.ANSWERS_TOO_OLD: _("The answers would be more than 30 days old on that day."),
    Code.CLEARANCE_OVER: _("The clearance does not reach as far as that day."),
    Code.CLEARANCE_ENDED: _("The clearance was ended, because something changed."),
    Code.TOLD_SINCE: _("Something was told that the answers do not know yet."),
    Code.PLAN_NOT_SCREENED: _("The plan goes further than the one that was screened."),
    Code.HARD_STOP: _("An answer rules this treatment out. Nobody may override it."),
    Code.STOP_ELSEWHERE: _(
        "At %(where)s an answer rules this treatment out. It holds here too, until the questions "
        "are asked again there. Call them."
    ),
    Code.STOP: _("An answer rules this treatment out."),
    Code.DECIDED_AGAINST: _("The decision and its reason are in the review."),
    Code.NOT_BEFORE: _("There is no day yet from which it may be booked."),
    Code.WAITING_TIME: _("There is a waiting time after something in the answers."),
    Code.INCOMPLETE: _("Some answers are missing or cannot be read."),
    Code.UNDECIDED: _("Some answers need a practitioner's decision."),
    Code.ANSWER_NEEDED: _(
        "The practitioner needs a clear answer first. What to ask is written in the review."
    ),
    Code.PRESCRIBER_ASKED: _("A prescriber has been asked and must decide."),
    Code.AWAITING_SECOND: _("A second clinician must confirm the decision."),
    Code.SECOND_DISAGREED: _("A second clinician did not agree with the decision."),
    Code.DEFERRAL_OVER: _("The waiting time is over, and a practitioner must look again."),
    Code.PLAN_NOT_CLEARED: _("The plan goes further than what was cleared."),
    Code.NOT_CLEARED: _("There is no clearance."),
    Code.PATCH_TEST_FIRST: _("A patch test with a good result comes first."),
    Code.PATCH_REACTED: _("The skin reacted to the patch test. A practitioner must look again."),
    Code.EVENT_OPEN: _("Something went wrong after a treatment and is not closed."),
    Code.NEVER_AFTER_EVENT: _("An adverse event was closed with “never again”."),
    Code.WORD_AFTER_EVENT: _(
        "An adverse event was closed with “only after a doctor’s word”, and none is on record."
    ),
    Code.SKIN_RESTS: _("The skin needs its rest between sessions."),
    Code.SESSION_ELSEWHERE: _("A session is booked or was done at %(where)s."),
    Code.SESSIONS_UNKNOWN: _("It is not known when the last session was."),
    Code.NO_CONSENT: _("No consent text was given yet."),
    Code.CONSENT_REPLACED: _("The consent was replaced by another one."),
    Code.NOT_SIGNED: _("The client has not signed yet."),
    Code.TEXT_CHANGED: _("The consent text has changed since it was signed."),
    Code.ANSWERS_CHANGED: _(
        "The answers or the safety rules have changed since the consent text was given. Its risks "
        "may have changed too."
    ),
    Code.CONSENT_EXPIRED: _("The consent is too old."),
    Code.PLAN_NOT_CONSENTED: _("The plan goes further than what was consented to."),
    Code.REFUSED: _("The client said no to the treatment."),
    Code.WITHDRAWN: _("The client has withdrawn the consent."),
    Code.THINKING_TIME: _("The time to think it over has not passed."),
    Code.NOT_COUNTERSIGNED: _("The client has signed; the practitioner has not."),
    Code.NOT_TODAY: _("The appointment is not today."),
    Code.NOT_HERE: _("The appointment is not marked as “here”."),
    Code.OTHER_CLEARANCE: _("The appointment does not rest on the clearance in force."),
    Code.NOT_CHECKED_IN: _("The questions of the day have not been asked today."),
    Code.SOMETHING_NEW: _("Something was new at check-in."),
}

REASONS_WITH_DAY: Final[dict[Code, "_StrPromise"]] = {
    Code.NOT_BEFORE: _("It may not be booked for a day before %(day)s."),
    Code.WAITING_TIME: _("There is a waiting time after something in the answers, until %(day)s."),
    Code.DEFERRAL_OVER: _("It was put off until %(day)s. A practitioner must look again."),
    Code.SKIN_RESTS: _("The skin needs its rest. The first possible day is %(day)s."),
    Code.THINKING_TIME: _("The time to think it over ends %(day)s."),
}

REASONS_ELSEWHERE: Final[dict[Code, "_StrPromise"]] = {
    Code.EVENT_OPEN: _("Something went wrong after a treatment at %(where)s and is not closed."),
    Code.NEVER_AFTER_EVENT: _("At %(where)s an adverse event was closed with “never again”."),
    Code.WORD_AFTER_EVENT: _(
        "At %(where)s an adverse event was closed with “only after a doctor’s word”, and none is "
        "on record."
    ),
}
"""The same where it arose at another site."""
