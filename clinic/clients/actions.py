"""What is done to a client's record. Each verb is one transaction with its audit row."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Organisation, Site
from clinic.audit.record import record
from clinic.clients import phones, search
from clinic.clients.events import close_event, report_event
from clinic.clients.keep_search_words import keep_search_words
from clinic.clients.models import Client, ClientSite
from clinic.clients.names import sort_key
from clinic.clients.queries import Possible, in_scope, possible_duplicates
from clinic.core.acting import tell_database
from clinic.core.actor import Actor
from clinic.core.edits import must_be_as_opened
from clinic.core.errors import Refused, refusal_for

__all__ = [
    "PossibleDuplicates",
    "close_event",
    "correct",
    "link_to_site",
    "open_record",
    "register",
    "report_event",
    "seen_in_list",
]

DETAILS = ("first_name", "last_name", "date_of_birth", "phone", "email", "language")
DERIVED = {"name_key", "search_text", "phone_digits"}
"""Columns that follow from what was typed."""
UNDER_WAY = dict.fromkeys(
    (
        "a_live_appointment_holds_a_live_clearance",
        "a_running_treatment_holds_a_live_appointment",
    ),
    _("A treatment of this client is under way. Stop it and sign its record first."),
)


class PossibleDuplicates(Refused):
    """There are records that may be the same person; `found` says which, and why."""

    def __init__(self, found: list[Possible]) -> None:
        super().__init__(_("This person may already be known here."))
        self.found = found
        self.clients = [possible.client for possible in found]


def open_record(*, actor: Actor, client_id: int, at: datetime, verb: str = "client.read") -> Client:
    """The client, with the reading on record. Raises Client.DoesNotExist out of scope."""
    with transaction.atomic():
        client = in_scope(actor).get(pk=client_id)
        record(actor=actor, verb=verb, at=at, subject=client, client_id=client.pk)
    return client


def seen_in_list(*, actor: Actor, clients: list[Client], at: datetime, verb: str) -> None:
    """Put on record whose names, birthdays and contacts a list has shown; nobody is no row."""
    if not clients:
        return
    with transaction.atomic():
        site = Site(pk=actor.at_site)
        record(actor=actor, verb=verb, at=at, subject=site, clients=[one.pk for one in clients])


@transaction.atomic
def register(
    *,
    actor: Actor,
    at: datetime,
    first_name: str,
    last_name: str,
    date_of_birth: date,
    phone: str,
    email: str,
    language: str = "",
    despite_duplicates: bool = False,
) -> Client:
    """Create a client at the actor's site. Raises PossibleDuplicates unless told to go on."""
    organisation = _lock_organisation(actor)
    fields = {
        "first_name": first_name,
        "last_name": last_name,
        "phone": phone,
        "email": email,
    }
    known = possible_duplicates(actor, date_of_birth=date_of_birth, **fields)
    if known and not despite_duplicates:
        raise PossibleDuplicates(known)
    client = Client.objects.create(
        organisation=organisation,
        site_id=actor.at_site,
        date_of_birth=date_of_birth,
        language=language,
        created_at=at,
        **fields,
        **_searchable(fields),
    )
    keep_search_words(client)
    record(
        actor=actor,
        verb="client.register",
        at=at,
        subject=client,
        client_id=client.pk,
        despite=[possible.client.pk for possible in known],
    )
    return client


@transaction.atomic
def link_to_site(
    *,
    actor: Actor,
    client_id: int,
    at: datetime,
    first_name: str,
    last_name: str,
    date_of_birth: date,
    phone: str,
    email: str,
) -> Client:
    """Let the actor's site see a client of another site, who was offered for what was typed.

    Raises Client.DoesNotExist for anybody who would not be offered for these details: nobody is
    found by trying numbers. Again is no change.
    """
    _lock_organisation(actor)
    offered = possible_duplicates(
        actor,
        first_name=first_name,
        last_name=last_name,
        date_of_birth=date_of_birth,
        phone=phone,
        email=email,
    )
    client = next((one.client for one in offered if one.client.pk == client_id), None)
    if client is None:
        raise Client.DoesNotExist
    _, added = ClientSite.objects.get_or_create(
        client=client,
        site_id=actor.at_site,
        defaults={"organisation_id": client.organisation_id, "since": at},
    )
    if added:
        keep_search_words(client)
        record(actor=actor, verb="client.link", at=at, subject=client, client_id=client.pk)
    return client


@transaction.atomic
def correct(
    *,
    actor: Actor,
    client_id: int,
    at: datetime,
    first_name: str,
    last_name: str,
    date_of_birth: date,
    phone: str,
    email: str,
    language: str | None = None,
    opened: str = "",
) -> Client:
    """Put a client's details right. A new date of birth ends what was cleared on the old one.

    Raises Client.DoesNotExist out of scope, EditedMeanwhile where the record is not as it was when
    the page was `opened`, and Refused while a treatment is under way.
    """
    client = in_scope(actor).select_for_update(no_key=True).get(pk=client_id)
    must_be_as_opened(opened, details(client))
    fields = {
        "first_name": first_name,
        "last_name": last_name,
        "phone": phone,
        "email": email,
    }
    new = {**fields, **_searchable(fields), "date_of_birth": date_of_birth}
    new |= {} if language is None else {"language": language}
    changed = [name for name, value in new.items() if getattr(client, name) != value]
    for name in changed:
        setattr(client, name, new[name])
    if changed:
        tell_database(actor, at)
        _save(client, changed)
        keep_search_words(client)
    record(
        actor=actor,
        verb="client.correct",
        at=at,
        subject=client,
        client_id=client.pk,
        changed=[name for name in changed if name not in DERIVED],
    )
    return client


def details(client: Client) -> dict[str, object]:
    """What a page about the client edits, by field."""
    return {name: getattr(client, name) for name in DETAILS}


def _lock_organisation(actor: Actor) -> Organisation:
    """One registration at a time: two desks cannot both find nobody and both create."""
    organisations = Organisation.objects.select_for_update(of=("self",), no_key=True)
    return organisations.get(sites=actor.at_site)


def _save(client: Client, changed: list[str]) -> None:
    try:
        with transaction.atomic():
            client.save(update_fields=changed)
    except IntegrityError as error:
        raise refusal_for(error, UNDER_WAY) from error


def _searchable(fields: dict[str, str]) -> dict[str, str]:
    words = search.words(**fields)
    return {
        "name_key": sort_key(first_name=fields["first_name"], last_name=fields["last_name"]),
        "search_text": " ".join(words)[:400],
        "phone_digits": phones.digits(fields["phone"])[:40],
    }
