"""What somebody typed survives the end of their session: kept an hour, for them alone.

Every form carries a signed mark of who its page was made for, so what comes after the session has
ended is still known to be theirs. It is kept in the database, under their key, and shown to nobody
else; no address, log or browser storage holds any of it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.http import HttpRequest

from clinic.accounts.models import User
from clinic.core import form_drafts
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.form_drafts import OF_THE_PAGE, Save
from clinic.core.models import FormDraft

WHO: Final = "typed_by"
"""The hidden field of the mark."""

KEPT: Final = "typed_kept"
"""The hidden field that names what was kept, on the page that sends it again."""

KEPT_FOR: Final = timedelta(hours=1)
MARK_HOLDS: Final = timedelta(days=1)
AT_MOST: Final = 20
PATH: Final = f"{OF_THE_PAGE}path"
SECRET: Final = frozenset({"csrfmiddlewaretoken", WHO, KEPT, "password", "current", "new", "again"})
"""Never kept and never sent back: passwords and tokens."""

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form that was sent and not taken: where it was sent, and each field as it came."""

    path: str
    fields: Pairs


def mark_of(user_id: int) -> str:
    """The mark of somebody's pages."""
    return signing.TimestampSigner(salt=WHO).sign(str(user_id))


def typed_by(request: HttpRequest) -> int | None:
    """Whose page the form was sent from; None where no mark of ours says it."""
    try:
        return int(
            signing.TimestampSigner(salt=WHO).unsign(request.POST.get(WHO, ""), max_age=MARK_HOLDS)
        )
    except signing.BadSignature:
        return None


def fields_of(request: HttpRequest) -> Pairs:
    """What was sent, without passwords and tokens."""
    return [
        (name, value)
        for name in request.POST
        if name not in SECRET
        for value in request.POST.getlist(name)
    ]


def keep(request: HttpRequest, at: datetime) -> str | None:
    """Keep what was sent for whoever typed it; the name it is kept under, or None.

    A file is not kept, nor what is longer than any form of ours, nor a save as it is typed: the
    page still holds that and sends it again.
    """
    if f"{OF_THE_PAGE}sequence" in request.POST:
        return None
    user = User.objects.filter(pk=typed_by(request) or 0, is_active=True).first()
    if user is None or request.FILES or not fields_of(request):
        return None
    FormDraft.objects.filter(key__startswith="typed:", saved_at__lt=at - KEPT_FOR).delete()
    if FormDraft.objects.filter(key__startswith=_key(user.pk, "")).count() >= AT_MOST:
        return None
    try:
        values = Save.read(request.POST).values
    except Refused:
        return None
    values = {name: sent for name, sent in values.items() if name not in SECRET}
    values[PATH] = [request.get_full_path()]
    name = secrets.token_urlsafe(16)
    save = Save(values=values, base=0, page="", sequence=1)
    actor = Actor(kind="staff", id=user.pk, name=user.name, site_id=None)
    form_drafts.keep(key=_key(user.pk, name), actor=actor, save=save, at=at)
    return name


def kept(*, user_id: int, name: str, at: datetime) -> Typed | None:
    """What was kept for this person under this name; nobody else's is ever found."""
    row = form_drafts.kept_of(_key(user_id, name))
    if row is None or row.saved_at < at - KEPT_FOR:
        return None
    fields = [(one, value) for one, sent in row.values.items() for value in sent if one != PATH]
    return Typed(path=row.values[PATH][0], fields=fields)


def forget(*, user_id: int, name: str) -> None:
    """It was sent again."""
    form_drafts.forget(_key(user_id, name[:40]))


def _key(user_id: int, name: str) -> str:
    return f"typed:{user_id}:{name}"
