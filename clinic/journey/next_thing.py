"""The one next thing to do for a client: pure, ordered, the first that applies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from clinic.booking.gate import Answer, Code, Verdict
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.news_shown import ask_again
from clinic.journey.whereabouts import Booked, Whereabouts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DESK = CLINICAL_ROLES | {Role.FRONT_DESK}
BOOKERS = DESK | {Role.MANAGER}


@dataclass(frozen=True, kw_only=True)
class NextThing:
    """What to do, who may, and where. `answer` says why, in the gate's own words.

    `post`: the address is asked by a button, not opened by a link.
    """

    do: "_StrPromise"
    button: "_StrPromise | str | None" = None
    url: str = ""
    args: tuple[int, ...] = ()
    post: bool = False
    roles: frozenset[Role] = DESK
    answer: Answer | None = None
    on: date | None = None
    detail: str = ""


def next_thing(w: Whereabouts) -> NextThing:
    """What the client page puts first."""
    found = (
        rule(w) for rule in (_treatment, _never_again, _draft, _appointment, _questions, _gate)
    )
    return next(thing for thing in found if thing is not None)


def _treatment(w: Whereabouts) -> NextThing | None:
    treated, booked = w.treated, w.booked
    if treated is None or booked is None:
        return None
    if treated.ended_at is None:
        return NextThing(
            do=_("Finish the treatment and sign its record"),
            button=_("Open the treatment"),
            url="treatments:treat",
            args=(booked.id,),
            roles=CLINICAL_ROLES,
        )
    if treated.owes_record:
        return NextThing(
            do=_("The treatment was stopped: sign what was done until then"),
            button=_("Open the record"),
            url="treatments:treat",
            args=(booked.id,),
            roles=CLINICAL_ROLES,
        )
    if treated.record_id and not treated.sheet_id:
        return NextThing(
            do=_("Give the client the aftercare sheet"),
            button=_("Make the aftercare sheet"),
            url="aftercare:sheet",
            args=(treated.record_id,),
        )
    if w.event_open:
        return _event(w)
    return NextThing(
        do=_("All done. First day for the next session"),
        button=_("Ask the health questions again"),
        url="intake:start",
        args=(w.client_id,),
        on=w.rest_until,
    )


def _appointment(w: Whereabouts) -> NextThing | None:
    booked = w.booked
    if booked is None or booked.status not in ("BOOKED", "ARRIVED"):
        return None
    first = booked.missing[0] if booked.missing else Answer(verdict=Verdict.TREATABLE)
    made = DAY_THINGS.get(first.verdict)
    return made(w, booked, first) if made else None


def _start(w: Whereabouts, booked: Booked, answer: Answer) -> NextThing:
    return NextThing(
        do=_("Ready: start the treatment"),
        button=_("Go to the treatment"),
        url="treatments:treat",
        args=(booked.id,),
        roles=CLINICAL_ROLES,
        answer=answer,
    )


def _check_in(w: Whereabouts, booked: Booked, answer: Answer) -> NextThing:
    if booked.day == w.today:
        return NextThing(
            do=_("Check the client in"),
            button=_("Check in"),
            url="booking:check_in",
            args=(booked.id,),
            answer=answer,
        )
    return NextThing(
        do=_("Everything is ready for the appointment"),
        button=_("See the appointment"),
        url="booking:appointment",
        args=(booked.id,),
        on=booked.day,
    )


def _consent(w: Whereabouts, booked: Booked, answer: Answer) -> NextThing:
    if w.agreed and not w.agreed.end and not w.agreed.signed_at:
        if not w.agreed.given:
            do = _("Put the consent text into the client's hands")
        elif w.agreed.thinking:
            do = _("Wait: the client still has time to think it over")
        else:
            do = _("Ask the client to sign the consent")
        return NextThing(
            do=do,
            button=_("Open the consent"),
            url="consent:page",
            args=(w.agreed.id,),
            answer=answer,
        )
    return NextThing(
        do=_("Give the client the consent text to read"),
        button=_("Give the consent text"),
        url="consent:give",
        args=(w.questions.screening_id or 0,),
        post=True,
        answer=answer,
    )


def _open_consent(w: Whereabouts, booked: Booked, answer: Answer) -> NextThing:
    words = {
        Verdict.NEEDS_COUNTERSIGNATURE: _("Countersign the consent with the client"),
        Verdict.COOLING_OFF: _("Wait: the client still has time to think it over"),
    }
    return NextThing(
        do=words.get(answer.verdict, _("Talk it through: there is no consent")),
        button=_("Open the consent"),
        url="consent:page",
        args=(w.agreed.id if w.agreed else 0,),
        answer=answer,
    )


DAY_THINGS: dict[Verdict, Callable[[Whereabouts, Booked, Answer], NextThing]] = {
    Verdict.TREATABLE: _start,
    Verdict.NEEDS_CHECK_IN: _check_in,
    Verdict.NEEDS_CONSENT: _consent,
    Verdict.CONSENT_REFUSED: _open_consent,
    Verdict.CONSENT_WITHDRAWN: _open_consent,
    Verdict.COOLING_OFF: _open_consent,
    Verdict.NEEDS_COUNTERSIGNATURE: _open_consent,
}


def _draft(w: Whereabouts) -> NextThing | None:
    # Before the appointment too: an answer that is being changed may put it on hold.
    if w.questions.draft_id is None:
        return None
    return NextThing(
        do=_("Finish the health questions"),
        button=_("Go on with the questions"),
        url="intake:resume",
        args=(w.questions.draft_id,),
    )


def _questions(w: Whereabouts) -> NextThing | None:
    if w.questions.screening_id is None:
        return NextThing(
            do=_("Ask the health questions"),
            button=_("Begin the questions"),
            url="intake:start",
            args=(w.client_id,),
        )
    return None


def _gate(w: Whereabouts) -> NextThing:
    answer, held = w.bookable, w.booked.hold_cause if w.booked else ""
    if w.event_open:
        return _event(w, held)
    if answer.verdict in (Verdict.NEEDS_INTAKE, Verdict.SCREENING_OUTDATED):
        return NextThing(
            do=_("Go through the health questions again"),
            button=ask_again(w.news.questions) if w.news else _("Confirm the answers"),
            url="intake:amend",
            args=(w.client_id, w.procedure_id or 0),
            answer=answer,
            detail=held,
        )
    if answer.allows or (w.clear_from and answer.earliest):
        return _book(w, answer, held)
    return _case(w, answer, held)


def _never_again(w: Whereabouts) -> NextThing | None:
    return _event(w) if w.event_follows == "NEVER" else None


def _event(w: Whereabouts, held: str = "") -> NextThing:
    words = {
        "NEVER": _("Do not book: after an adverse event this client is never treated again"),
        "DOCTOR": _("Wait for a doctor’s word after the adverse event, and write it down"),
    }
    other = _("A practitioner must close the adverse event before anything is booked")
    return NextThing(do=words.get(w.event_follows, other), detail="" if w.event_follows else held)


def _book(w: Whereabouts, answer: Answer, held: str) -> NextThing:
    """A time: for what was on hold if its plan is cleared again, else for a new session."""
    if w.booked and w.booked.can_be_rebooked:
        return NextThing(
            do=_("Book the appointment on hold again"),
            button=_("Choose a time"),
            url="booking:move",
            args=(w.booked.id,),
            roles=BOOKERS,
            answer=None if answer.allows else answer,
            detail=held,
        )
    return NextThing(
        do=_("Book the appointment"),
        button=_("Find a time"),
        url="booking:book",
        args=(w.client_id, w.procedure_id or 0),
        roles=BOOKERS,
        answer=None if answer.allows else answer,
        detail=held,
    )


def _case(w: Whereabouts, answer: Answer, held: str) -> NextThing:
    """What a clinician takes further, or has asked the desk for; everybody may look."""
    if w.awaiting_second and w.reviewed:
        return NextThing(
            do=_("A second clinician must confirm the decision"),
            button=_("Look and confirm"),
            url="review:confirm",
            args=(w.reviewed.decision_id,),
            roles=CLINICAL_ROLES,
            answer=answer,
            detail=held,
        )
    if Code.ANSWER_NEEDED in {reason.code for reason in answer.reasons}:
        return NextThing(
            do=_("Ask the client for the answer that the practitioner needs"),
            button=_("Open the answers"),
            url="intake:amend",
            args=(w.client_id, w.procedure_id or 0),
            answer=answer,
            detail=held,
        )
    if Code.PATCH_TEST_FIRST in {reason.code for reason in answer.reasons}:
        return NextThing(
            do=_("Do the patch test, and write down how it was read"),
            button=_("Open the patch test"),
            url="review:patch_tests",
            args=(w.clearance_id,),
            answer=answer,
            detail=held,
        )
    words = {
        Verdict.CONTRAINDICATED: _("Do not book: this client cannot be treated as things are"),
        Verdict.DECLINED: _("Do not book: a practitioner has decided not to treat"),
        Verdict.DEFERRED: _("Wait for the day given"),
    }
    if w.reviewed and w.reviewed.outcome == "DEFERRED":
        # Put off by hand: it never clears by itself.
        words[Verdict.DEFERRED] = _("A practitioner looks again on the day given")
    return NextThing(
        do=words.get(answer.verdict, _("A practitioner must review the answers")),
        button=_("Open the case"),
        url="review:case",
        args=(w.questions.screening_id or 0,),
        roles=frozenset(Role),
        answer=answer,
        on=answer.earliest if answer.verdict is Verdict.DEFERRED else None,
        detail=held,
    )
