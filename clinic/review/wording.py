"""The words of this room: what each verdict means, and why a decision cannot be signed yet."""

from django.utils.translation import gettext_lazy as _

from clinic.review.verdicts import Outcome, Problem, Verdict

MEANING = _(
    "I have read every flagged answer and its reason. I decide as written above, "
    "and I take responsibility for this decision."
)

MEANING_OF_SECOND = _(
    "With “Yes” you sign that you have read the plan, the answers and the reasons yourself, and "
    "share the responsibility: the client can then be booked. With “No” nobody can be booked, and "
    "the case must be decided again."
)

VERDICT_WORDS = {
    Verdict.ACCEPT: _("Go ahead, with care"),
    Verdict.WAIT: _("Keep the waiting time"),
    Verdict.OVERRIDE: _("Override: a second clinician must confirm"),
    Verdict.ASK: _("Get a clear answer first"),
    Verdict.WITHDRAW: _("Withdraw the reading: the words mean something else"),
    Verdict.REFER: _("Ask a prescriber"),
    Verdict.STOP: _("Do not treat"),
}

OUTCOME_WORDS = {
    Outcome.CLEARED: _("May be booked"),
    Outcome.DEFERRED: _("Not before a date; the case comes back to review then"),
    Outcome.MORE_INFO: _("An answer is needed first"),
    Outcome.DECLINED: _("We will not treat"),
    Outcome.PRESCRIBER: _("Ask a prescriber: the case goes to their list"),
}

PROBLEM_WORDS = {
    Problem.UNDECIDED: _("Decide this finding. No flagged answer may stay open."),
    Problem.NOT_ALLOWED: _("You may not choose this for this finding."),
    Problem.NO_REASON: _("Write your reason. It is kept with your decision."),
    Problem.STOP_IS_NOT_CLEARED: _(
        "You chose “Do not treat” for a finding, so the client cannot be booked."
    ),
    Problem.ASK_IS_NOT_CLEARED: _(
        "You asked for a clear answer to a finding, so the client cannot be booked yet."
    ),
    Problem.REFER_IS_NOT_CLEARED: _(
        "You chose “Ask a prescriber” for a finding, so the client cannot be booked yet."
    ),
    Problem.ASKS_ONESELF: _("You are a prescriber: decide it, or get a clear answer first."),
    Problem.HARD_STOP: _(
        "Nobody may override one of these findings, so the client cannot be booked."
    ),
    Problem.INCOMPLETE: _("An answer is missing, so the client cannot be booked."),
    Problem.LOOK_AGAIN_AFTER_WAIT: _(
        "Somebody must look again when this waiting time is over, so the client cannot be booked "
        "yet. Choose “Not before a date”; the case comes back to review then."
    ),
    Problem.WAIT_OUTLASTS_ANSWERS: _(
        "The waiting time ends after these answers have run out (30 days). "
        "Choose “Not before a date” and ask again then."
    ),
    Problem.DATE_NEEDED: _("Give the date."),
    Problem.DATE_IS_PAST: _("Choose a date after today."),
    Problem.CONDITIONS_NEED_CLEARED: _(
        "A condition belongs to “May be booked”. Choose that, or leave the condition out."
    ),
    Problem.DEEPER_THAN_SCREENED: _("Give a depth that is not more than the plan, and above 0."),
    Problem.AREA_NOT_PLANNED: _("That area is not planned."),
    Problem.NO_AREA_LEFT: _(
        "No area would be left. Leave one, or choose “We will not treat” instead."
    ),
    Problem.LOOKS_AGAIN_TOO_SOON: _(
        "Choose a day after today and after the first day that may be booked."
    ),
}

CHANGED = _(
    "Someone else has decided this case, or its answers have changed, while you had it open. "
    "Nothing of yours was stored. Read the case again before you decide."
)
TOLD_SINCE = _(
    "Something was told about this client that you have not seen here. Nothing of yours was "
    "stored. Read the case again before you decide."
)
NOT_A_CLINICIAN = _("Only a practitioner can decide this.")
OWN_DECISION = _("You cannot confirm your own decision. Ask a different clinician.")
NOTHING_TO_CONFIRM = _("There is nothing left to confirm here.")
DECIDED_ANEW = _("A practitioner has made a new decision on this case.")
