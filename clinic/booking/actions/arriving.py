"""Check-in: who is it, and has anything changed?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.booking import same_day, transitions
from clinic.booking.actions.common import locked, must_be_allowed
from clinic.booking.errors import told
from clinic.booking.models import Appointment, CheckIn
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.intake.actions import record_news
from clinic.intake.models import News

Status = Appointment.Status


def check_in(
    *,
    actor: Actor,
    appointment: Appointment,
    identity_confirmed: bool,
    answers: Mapping[str, str],
    at: datetime,
    words: str = "",
) -> CheckIn:
    """Record identity and the questions of the day (`same_day.QUESTIONS`, each no/yes/not_sure).

    All "no": the client is here. Anything else is news, with the client's own `words`: in the same
    transaction the questions that it touches are unanswered and the appointment goes on hold. What
    is new can still be recorded for a client who is here.
    Raises `Refused` for a blank, another day, an unconfirmed identity, or a second check-in.
    """
    must_be_allowed(actor, site_id=appointment.site_id)
    if not identity_confirmed:
        raise Refused(_("Ask for name and date of birth first. Both must match the record."))
    try:
        said = same_day.read(answers)
    except ValueError as error:
        raise Refused(_("Please ask every question and choose each answer.")) from error
    unchanged = same_day.nothing_new(said)
    with told(), transaction.atomic():
        now = locked(appointment)
        _must_be_due(now, at=at, unchanged=unchanged)
        made = CheckIn.objects.create(
            appointment=now,
            client=now.client,
            local_day=now.local_day,
            identity_confirmed=True,
            answers={name: answer.value for name, answer in said.items()},
            nothing_new=unchanged,
            at=at,
            **acted_by(actor),
        )
        record(
            actor=actor,
            verb="appointment.check_in",
            at=at,
            subject=now,
            client_id=now.client_id,
            nothing_new=unchanged,
        )
        if unchanged:
            transitions.apply(now, Status.ARRIVED, actor=actor, at=at, verb="appointment.arrive")
        else:
            new = same_day.told(said)
            record_news(
                actor=actor,
                client=now.client,
                kind=News.Kind.CHECK_IN,
                words=_words(new, words),
                topics=new,
                cause=_("At check-in something was new or unclear."),
                at=at,
            )
    appointment.refresh_from_db()
    return made


arrive = check_in


def _words(new: Mapping[str, same_day.Said], words: str) -> str:
    said = [f"{same_day.SHORT[name]}: {same_day.SAID_WORDS[new[name]].lower()}" for name in new]
    return ". ".join(["; ".join(said), *([words.strip()] if words.strip() else [])])


def _must_be_due(appointment: Appointment, *, at: datetime, unchanged: bool) -> None:
    if appointment.local_day != timezone.localdate(at):
        raise Refused(_("This appointment is not today, so nobody can be checked in for it."))
    if appointment.status == Status.ARRIVED and unchanged:
        raise Refused(_("%(name)s is already checked in.") % {"name": appointment.client.full_name})
    if appointment.status not in (Status.BOOKED, Status.ARRIVED):
        raise Refused(
            _("This appointment is “%(status)s”, so nobody can be checked in for it.")
            % {"status": Status(appointment.status).label}
        )
