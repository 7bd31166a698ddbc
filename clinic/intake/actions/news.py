"""Recording that something new was told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.clients.models import Client
from clinic.core.actor import WRITING_ROLES, Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.intake.actions.locking import lock_client
from clinic.intake.models import News
from clinic.intake.news_topics import Touched, touched
from clinic.intake.packs import pack_of
from screening.published import newest_row


@transaction.atomic
def record_news(
    *,
    actor: Actor,
    client: Client,
    kind: str,
    words: str,
    at: datetime,
    told_by: str = "",
    questions: Iterable[str] = (),
    topics: Iterable[str] = (),
    cause: str = "",
) -> News:
    """Write down what was told about a client, and which of the pack's questions it touches.

    `kind` is one of `News.Kind`; `told_by` is who told it, "" for the client. It touches the
    `questions` of the pack and those of `topics` (questions of the day, see `news_topics`);
    without either (nobody can say) every question. From then on those are unanswered:
    the database ends the client's clearances, whatever procedure they are for, holds the
    appointments, and empties those answers in questionnaires that are open. Nothing is cleared
    again until each is answered afresh, or a practitioner decides with this news in view.
    """
    if actor.kind == "staff" and not actor.has(*WRITING_ROLES):
        raise Refused(_("Your role reads records; it does not change them."))
    known = lock_client(client.pk)
    found = _touched(list(questions), list(topics))
    made = News.objects.create(
        client=known,
        kind=kind,
        words=words.strip(),
        told_by=told_by.strip(),
        question_ids=list(found.question_ids),
        everything=found.everything,
        cause=cause or _("Something new was told: %(how)s.") % {"how": News.Kind(kind).label},
        recorded_at=at,
        **acted_by(actor),
    )
    record(
        actor=actor,
        verb="news.record",
        at=at,
        subject=made,
        client_id=known.pk,
        kind=kind,
        questions=len(found.question_ids) or "all",
    )
    return made


def _touched(questions: list[str], topics: list[str]) -> Touched:
    rules = newest_row()
    if rules is None or not (questions or topics):
        return Touched(everything=True)
    return touched(pack_of(rules), questions, topics)
