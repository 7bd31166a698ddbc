"""Private links: what a client opens on their own phone, after saying when they were born.

The token is told once and only its hash is kept. Whoever holds a link has five guesses at the
date of birth; each is counted by a conditional update before it is judged, so that no number of
requests at once gets a sixth.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from clinic.audit.record import record
from clinic.clients.models import Client, ClientLink
from clinic.clients.queries import in_scope
from clinic.core.actor import WRITING_ROLES, Actor
from clinic.core.errors import Refused

# What a link of each purpose opens: later rooms add their own, for this one knows none of them.
FirstPage = Callable[[ClientLink, str], str]
_first_pages: dict[str, FirstPage] = {}

LASTS = {
    ClientLink.Purpose.INTAKE: timedelta(days=14),
    ClientLink.Purpose.CONSENT: timedelta(days=14),
    ClientLink.Purpose.AFTERCARE: timedelta(days=90),
}
"""How long a link of each purpose opens: policy of the rules (`…_link_valid_days`)."""
GUESSES = 5


class LinkClosed(Refused):
    """The link does not open any more, or never did. `link` is None where it is unknown."""

    def __init__(self, link: ClientLink | None) -> None:
        super().__init__(_("This link does not open any more."))
        self.link = link


class WrongDate(Refused):
    """The date of birth is not the client's; the link still opens."""

    def __init__(self) -> None:
        super().__init__(_("That is not the date of birth we have for this link."))


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def issue(
    *,
    actor: Actor,
    client: Client,
    purpose: str,
    object_id: int,
    at: datetime,
    new_token: Callable[[], str] = _new_token,
) -> str:
    """Make a link and return its token, which cannot be told again. It opens as long as
    `LASTS` says.

    `purpose` is a ClientLink.Purpose, `object_id` what it opens. An older link for the same thing
    ends. Raises Refused for a role that only reads, Client.DoesNotExist out of scope. Only the
    demo, which can be made again from its seed, has tokens that are not random.
    """
    if not actor.has(*WRITING_ROLES):
        raise Refused(_("Your role reads records; it does not change them."))
    token = new_token()
    with transaction.atomic():
        known = in_scope(actor).get(pk=client.pk)
        older = ClientLink.objects.filter(
            client=known, purpose=purpose, object_id=object_id, live=True
        )
        older.update(ended_at=at, ended_by=actor.name, ended_cause=str(_("A newer link was sent.")))
        link = ClientLink.objects.create(
            client=known,
            site_id=actor.at_site,
            purpose=purpose,
            object_id=object_id,
            token_sha256=hash_of(token),
            created_at=at,
            expires_at=at + LASTS[ClientLink.Purpose(purpose)],
        )
        record(
            actor=actor,
            verb="link.issue",
            at=at,
            subject=link,
            client_id=known.pk,
            purpose=str(purpose),
            object_id=object_id,
        )
    return token


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def look_up(token: str, at: datetime) -> ClientLink:
    """The live link of a token, with its client and site. Raises LinkClosed."""
    links = ClientLink.objects.select_related("client", "site")
    link = links.filter(token_sha256=hash_of(token)).first()
    if link is None or not link.live or link.expires_at <= at or link.failed_attempts >= GUESSES:
        raise LinkClosed(link)
    return link


def open_link(token: str, date_of_birth: date, at: datetime) -> ClientLink:
    """Open a link with the client's date of birth.

    Raises WrongDate, or LinkClosed for a link that is unknown, old, ended, or has just had its
    fifth wrong date. Counts in a transaction of its own, so it must not be called inside one.
    """
    # Not as an exception inside the block: a wrong guess must stay counted.
    with transaction.atomic(durable=True):
        admitted = ClientLink.objects.filter(
            token_sha256=hash_of(token),
            live=True,
            expires_at__gt=at,
            failed_attempts__lt=GUESSES,
        ).update(failed_attempts=F("failed_attempts") + 1)
        link = (
            ClientLink.objects.select_related("client", "site")
            .filter(token_sha256=hash_of(token))
            .first()
        )
        right = bool(admitted) and link is not None and link.client.date_of_birth == date_of_birth
        if link is not None and right:
            _opened(link, at)
        elif link is not None and admitted:
            _guessed_wrong(link, at)
    if link is not None and right:
        return link
    if link is None or not admitted or link.failed_attempts >= GUESSES:
        raise LinkClosed(link)
    raise WrongDate


def begins_at(purpose: str, first_page: FirstPage) -> None:
    """Say, when an app is ready, where links of `purpose` lead: (link, token) to an address."""
    _first_pages[str(purpose)] = first_page


def first_page(link: ClientLink, token: str) -> str:
    """The address a link leads to. Raises LinkClosed where no room opens links of its purpose."""
    opens = _first_pages.get(link.purpose)
    if opens is None:
        raise LinkClosed(link)
    return opens(link, token)


def client_actor(client: Client, site_id: int | None = None) -> Actor:
    """The client as the one who acts: at the site that sent the link, or that registered them."""
    at_site = client.site_id if site_id is None else site_id
    return Actor(kind="client", id=client.pk, name=client.full_name, site_id=at_site)


def _opened(link: ClientLink, at: datetime) -> None:
    ClientLink.objects.filter(pk=link.pk).update(failed_attempts=F("failed_attempts") - 1)
    actor = client_actor(link.client, link.site_id)
    record(actor=actor, verb="link.open", at=at, subject=link, client_id=link.client_id)


def _guessed_wrong(link: ClientLink, at: datetime) -> None:
    nobody = Actor(kind="system", id=None, name="Cleared", site_id=link.site_id)
    record(actor=nobody, verb="link.wrong_date", at=at, subject=link, client_id=link.client_id)
    if link.failed_attempts >= GUESSES:
        ClientLink.objects.filter(pk=link.pk).update(
            ended_at=at,
            ended_by=nobody.name,
            ended_cause=str(_("The date of birth was wrong five times.")),
        )
