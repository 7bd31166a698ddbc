"""The gates' answers as people say them: what is in the way, why, and what to do next."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.booking.verdicts import Answer, Reason, Verdict
from clinic.booking.wording_reasons import REASONS, REASONS_ELSEWHERE, REASONS_WITH_DAY
from clinic.core.words import say_day, say_moment

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, kw_only=True)
class Words:
    """One verdict in words. `needed` fits after "Call Maya Lind:"; `todo` says what to do."""

    headline: "_StrPromise"
    needed: "_StrPromise"
    todo: "_StrPromise"


VERDICTS: Final[dict[Verdict, Words]] = {
    Verdict.NEVER_AGAIN: Words(
        headline=gettext_lazy("%(name)s is never treated again after an adverse event"),
        needed=gettext_lazy("never to be treated again"),
        todo=gettext_lazy("Do not book and do not treat. The client’s page says why."),
    ),
    Verdict.DOCTOR_FIRST: Words(
        headline=gettext_lazy("%(name)s may be treated only after a doctor’s word"),
        needed=gettext_lazy("a doctor’s word needed"),
        todo=gettext_lazy(
            "Do not book. Write the doctor’s word down with the adverse event once there is one."
        ),
    ),
    Verdict.NEEDS_INTAKE: Words(
        headline=gettext_lazy("%(name)s has not answered the health questions yet"),
        needed=gettext_lazy("health questions needed"),
        todo=gettext_lazy("Ask the questions now, or send a link."),
    ),
    Verdict.SCREENING_OUTDATED: Words(
        headline=gettext_lazy("The answers of %(name)s must be confirmed again"),
        needed=gettext_lazy("answers to confirm"),
        todo=gettext_lazy("Go through the answers together and hand them in again."),
    ),
    Verdict.CONTRAINDICATED: Words(
        headline=gettext_lazy("%(name)s cannot have this treatment as things are"),
        needed=gettext_lazy("no treatment as things are"),
        todo=gettext_lazy("Do not book. A practitioner can explain why."),
    ),
    Verdict.DECLINED: Words(
        headline=gettext_lazy("A practitioner has decided not to treat %(name)s"),
        needed=gettext_lazy("a practitioner has decided not to treat"),
        todo=gettext_lazy("Do not book. The practitioner who decided can explain why."),
    ),
    Verdict.DEFERRED: Words(
        headline=gettext_lazy("It is too early to treat %(name)s"),
        needed=gettext_lazy("a later day needed"),
        todo=gettext_lazy("Choose a later day."),
    ),
    Verdict.NEEDS_REVIEW: Words(
        headline=gettext_lazy("A practitioner must look at the answers of %(name)s first"),
        needed=gettext_lazy("review needed"),
        todo=gettext_lazy("Ask a practitioner to review the answers."),
    ),
    Verdict.ADVERSE_EVENT_OPEN: Words(
        headline=gettext_lazy("%(name)s has an open adverse event"),
        needed=gettext_lazy("an adverse event is open"),
        todo=gettext_lazy("A practitioner must close it before anything is booked."),
    ),
    Verdict.TOO_SOON: Words(
        headline=gettext_lazy("The skin of %(name)s still needs rest"),
        needed=gettext_lazy("a later day needed"),
        todo=gettext_lazy("Choose a later day."),
    ),
    Verdict.BOOKABLE: Words(
        headline=gettext_lazy("%(name)s may be booked"),
        needed=gettext_lazy("a time to choose"),
        todo=gettext_lazy("Choose a time."),
    ),
    Verdict.NEEDS_CONSENT: Words(
        headline=gettext_lazy("%(name)s has not signed the consent"),
        needed=gettext_lazy("consent needed"),
        todo=gettext_lazy("Give the consent text, or ask for the signature."),
    ),
    Verdict.CONSENT_REFUSED: Words(
        headline=gettext_lazy("%(name)s has refused consent"),
        needed=gettext_lazy("consent was refused"),
        todo=gettext_lazy("Do not treat. A practitioner can talk it through."),
    ),
    Verdict.CONSENT_WITHDRAWN: Words(
        headline=gettext_lazy("%(name)s has taken the consent back"),
        needed=gettext_lazy("consent was taken back"),
        todo=gettext_lazy("Do not treat. A practitioner can talk it through."),
    ),
    Verdict.COOLING_OFF: Words(
        headline=gettext_lazy("%(name)s still has time to think it over"),
        needed=gettext_lazy("a later time needed"),
        todo=gettext_lazy("Wait until this time has passed, or choose a later appointment."),
    ),
    Verdict.NEEDS_COUNTERSIGNATURE: Words(
        headline=gettext_lazy("The practitioner has not countersigned the consent of %(name)s"),
        needed=gettext_lazy("countersignature needed"),
        todo=gettext_lazy("Ask the practitioner to countersign."),
    ),
    Verdict.NEEDS_CHECK_IN: Words(
        headline=gettext_lazy("%(name)s is not checked in"),
        needed=gettext_lazy("check-in needed"),
        todo=gettext_lazy("Check in on the day of the appointment."),
    ),
    Verdict.TREATABLE: Words(
        headline=gettext_lazy("%(name)s is ready to be treated"),
        needed=gettext_lazy("ready"),
        todo=gettext_lazy("Start the treatment."),
    ),
}


def headline(answer: Answer, *, name: str) -> str:
    """What stands in the way, in one line."""
    return VERDICTS[answer.verdict].headline % {"name": name}


def todo(answer: Answer) -> str:
    """What to do about it."""
    return str(VERDICTS[answer.verdict].todo)


def reasons(answer: Answer, *, now: datetime) -> list[str]:
    """Why, a sentence for each reason. `now` is local: days are said as "tomorrow"."""
    return [reason_words(reason, now=now) for reason in answer.reasons]


def reason_words(reason: Reason, *, now: datetime) -> str:
    """One reason as a sentence, with its day, its moment or its other site if it has one."""
    if reason.at is not None:
        moment = timezone.localtime(reason.at, now.tzinfo)
        return REASONS_WITH_DAY[reason.code] % {"day": say_moment(moment, now)}
    if reason.on is not None and reason.code in REASONS_WITH_DAY:
        return REASONS_WITH_DAY[reason.code] % {"day": say_day(reason.on, now.date())}
    if not reason.where:
        return str(REASONS[reason.code])
    words = REASONS_ELSEWHERE.get(reason.code, REASONS[reason.code])
    return str(words) % {"where": reason.where}


def in_full(answer: Answer, *, name: str, now: datetime) -> str:
    """Headline, reasons and what to do, as one text for a refusal."""
    return " ".join([f"{headline(answer, name=name)}.", *reasons(answer, now=now), todo(answer)])


def call_line(answer: Answer, *, name: str, before: date, today: date) -> str:
    """ "Call Maya Lind: review needed before Friday 19 June", or "… needed today"."""
    needed = VERDICTS[answer.verdict].needed
    where = ", ".join(one.where for one in answer.reasons if one.where)
    words = {
        "name": name,
        "needed": f"{needed} ({where})" if where else needed,
        "day": say_day(before, today),
        "by": _("today") if before == today else _("before %s") % say_day(before, today),
    }
    if answer.verdict is Verdict.NEEDS_COUNTERSIGNATURE:
        return _("%(name)s has signed: a practitioner must countersign %(by)s") % words
    if answer.verdict in HAS_A_DEADLINE:
        return _("Call %(name)s: %(needed)s %(by)s") % words
    return _("Call %(name)s about %(day)s: %(needed)s") % words


HAS_A_DEADLINE = frozenset(
    {
        Verdict.NEEDS_INTAKE,
        Verdict.SCREENING_OUTDATED,
        Verdict.NEEDS_REVIEW,
        Verdict.NEEDS_CONSENT,
    }
)
