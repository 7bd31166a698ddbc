"""Where to go about what stands in the way: one link for each verdict."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clinic.booking.values import BookingFacts, ConsentFacts
from clinic.booking.verdicts import Answer, Code, Verdict
from clinic.intake.news_shown import ask_again

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, kw_only=True)
class Step:
    """A link, or a button where `post` is true."""

    label: "_StrPromise | str"
    url: str
    post: bool = False


@dataclass(frozen=True, kw_only=True)
class About:
    """What the links are about."""

    client_id: int
    procedure_id: int
    appointment_id: int | None = None
    consent: ConsentFacts | None = None
    facts: BookingFacts


AFTER_EVENT: Final = frozenset(
    {Verdict.NEVER_AGAIN, Verdict.DOCTOR_FIRST, Verdict.ADVERSE_EVENT_OPEN}
)
REVIEWED: Final = frozenset({Verdict.CONTRAINDICATED, Verdict.DECLINED, Verdict.NEEDS_REVIEW})
ABOUT_CONSENT: Final = frozenset(
    {
        Verdict.NEEDS_CONSENT,
        Verdict.CONSENT_REFUSED,
        Verdict.CONSENT_WITHDRAWN,
        Verdict.NEEDS_COUNTERSIGNATURE,
    }
)


def step_for(answer: Answer, about: About) -> Step | None:
    """The one next thing to do, if it is on another page."""
    verdict, screening = answer.verdict, about.facts.screening
    if verdict in AFTER_EVENT:
        return _step(_("Open the client’s page"), "journey:client", about.client_id)
    if verdict is Verdict.NEEDS_INTAKE:
        return _step(_("Ask the health questions"), "intake:start", about.client_id)
    if verdict is Verdict.SCREENING_OUTDATED and screening is not None:
        if {reason.code for reason in answer.reasons} == {Code.PLAN_NOT_SCREENED}:
            return _step(_("Change the plan"), "intake:plan", screening.id)
        pair = (about.client_id, about.procedure_id)
        news = about.facts.news
        label = ask_again(news.questions) if news else _("Confirm the answers again")
        return _step(label, "intake:amend", *pair)
    if Code.ANSWER_NEEDED in {reason.code for reason in answer.reasons}:
        pair = (about.client_id, about.procedure_id)
        return _step(_("Open the answers"), "intake:amend", *pair)
    if verdict in REVIEWED and screening is not None:
        return _step(_("Open the review"), "review:case", screening.id)
    if verdict is Verdict.NEEDS_CHECK_IN and about.appointment_id is not None:
        return _step(_("Check in"), "booking:check_in", about.appointment_id)
    return _consent_step(verdict, about)


def _consent_step(verdict: Verdict, about: About) -> Step | None:
    consent, screening = about.consent, about.facts.screening
    unsigned = consent is not None and not consent.end and not consent.signed
    if verdict is Verdict.NEEDS_CONSENT and screening is not None and not unsigned:
        return _step(_("Give the consent text"), "consent:give", screening.id, post=True)
    if verdict in ABOUT_CONSENT and consent is not None:
        return _step(_("Open the consent"), "consent:page", consent.id)
    return None


def _step(label: "_StrPromise | str", name: str, *args: int, post: bool = False) -> Step:
    return Step(label=label, url=reverse(name, args=args), post=post)
