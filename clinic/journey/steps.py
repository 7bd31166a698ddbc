"""The seven steps of the journey with their states: pure, over loaded facts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from clinic.booking.gate import Verdict
from clinic.core.words import say_short_day
from clinic.journey.whereabouts import Agreed, Whereabouts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class State(StrEnum):
    """How a step stands; the words and icons are those of the look."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: its name, how it stands, and since when or until when."""

    label: "_StrPromise"
    state: State
    say: "_StrPromise | str" = ""
    date: date | datetime | None = None


STOPPED = frozenset({Verdict.NEVER_AGAIN, Verdict.CONTRAINDICATED, Verdict.DECLINED})
AFTER_EVENT = {"NEVER": _("never again"), "DOCTOR": _("doctor’s word needed")}
BOOKED_STATUSES = frozenset({"BOOKED", "ARRIVED", "IN_TREATMENT", "DONE"})


def steps(w: Whereabouts) -> list[Step]:
    """The strip of the client page, in order."""
    return [_questions(w), _review(w), _booking(w), _consent(w), _check_in(w), *_after(w)]


def _questions(w: Whereabouts) -> Step:
    label = _("Health questions")
    questions = w.questions
    if questions.draft_id:
        return Step(label=label, state=State.NOW, say=_("begun"), date=questions.draft_started)
    if questions.screening_id is None:
        return Step(label=label, state=State.NOW)
    if w.bookable.verdict is Verdict.SCREENING_OUTDATED and not _is_booked(w):
        return Step(label=label, state=State.NOW, say=_("to confirm again"))
    return Step(label=label, state=State.DONE, date=questions.submitted_at)


def _review(w: Whereabouts) -> Step:
    label = _("Review")
    if w.questions.screening_id is None:
        return Step(label=label, state=State.WAITING)
    if w.bookable.verdict in STOPPED:
        return Step(label=label, state=State.BLOCKED, say=_("no treatment"))
    if w.awaiting_second:
        return Step(label=label, state=State.NOW, say=_("second clinician"))
    if w.bookable.verdict is Verdict.NEEDS_REVIEW:
        return Step(label=label, state=State.NOW)
    if w.reviewed is None:
        return Step(label=label, state=State.SKIPPED)
    return Step(label=label, state=State.DONE, date=w.reviewed.decided_at)


def _booking(w: Whereabouts) -> Step:
    label = _("Booking")
    if w.booked and w.booked.status == "ON_HOLD":
        return Step(label=label, state=State.BLOCKED, say=_("on hold"), date=w.booked.starts_at)
    if w.booked:
        return Step(label=label, state=State.DONE, date=w.booked.starts_at)
    if w.event_open:
        return Step(
            label=label,
            state=State.BLOCKED,
            say=AFTER_EVENT.get(w.event_follows, _("adverse event open")),
        )
    if w.bookable.allows or (w.clear_from and w.bookable.earliest):
        return Step(label=label, state=State.NOW, say=_from(w.clear_from, w.today))
    return Step(label=label, state=State.WAITING, date=w.bookable.earliest)


def _from(day: date | None, today: date) -> str:
    return _("from %(day)s") % {"day": say_short_day(day, today)} if day and day > today else ""


def _consent(w: Whereabouts) -> Step:
    label = _("Consent")
    agreed = w.agreed
    if agreed and agreed.end in ("REFUSED", "WITHDRAWN"):
        say = _("refused") if agreed.end == "REFUSED" else _("withdrawn")
        return Step(label=label, state=State.BLOCKED, say=say)
    if agreed and agreed.countersigned_at and _needs_a_new_consent(w):
        return Step(label=label, state=State.NOW, say=_("to give again"))
    if agreed and not agreed.end:
        if agreed.countersigned_at:
            return Step(label=label, state=State.DONE, date=agreed.countersigned_at)
        return Step(label=label, state=State.NOW, say=_say_agreed(agreed))
    return Step(label=label, state=State.NOW if _is_booked(w) else State.WAITING)


def _say_agreed(agreed: Agreed) -> "_StrPromise":
    if agreed.signed_at:
        return _("to countersign")
    if not agreed.given:
        return _("to hand over")
    return _("time to think") if agreed.thinking else _("to sign")


def _check_in(w: Whereabouts) -> Step:
    label = _("Check-in")
    if w.booked and w.booked.checked_in_at and w.booked.status != "ON_HOLD":
        return Step(label=label, state=State.DONE, date=w.booked.checked_in_at)
    due = w.booked is not None and w.booked.status == "BOOKED" and w.booked.day == w.today
    return Step(label=label, state=State.NOW if due else State.WAITING)


def _after(w: Whereabouts) -> list[Step]:
    treatment, aftercare = _("Treatment"), _("Aftercare")
    treated = w.treated
    if treated is None:
        ready = bool(w.booked and w.booked.status == "ARRIVED" and not w.booked.missing)
        state = State.NOW if ready else State.WAITING
        return [
            Step(label=treatment, state=state),
            Step(label=aftercare, state=State.WAITING),
        ]
    if treated.ended_at is None:
        return [
            Step(label=treatment, state=State.NOW, say=_("running"), date=treated.started_at),
            Step(label=aftercare, state=State.WAITING),
        ]
    sheet = State.DONE if treated.sheet_id else State.NOW
    return [
        Step(label=treatment, state=State.DONE, date=treated.ended_at),
        Step(label=aftercare, state=sheet, date=treated.sheet_at),
    ]


def _needs_a_new_consent(w: Whereabouts) -> bool:
    missing = w.booked.missing if w.booked else ()
    return any(answer.verdict is Verdict.NEEDS_CONSENT for answer in missing)


def _is_booked(w: Whereabouts) -> bool:
    return w.booked is not None and w.booked.status in BOOKED_STATUSES
