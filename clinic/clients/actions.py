"""What is done to a client's record. Each verb is one transaction with its audit row."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import Site
from clinic.audit.record import record
from clinic.clients import phones, search
from clinic.clients.events import close_event, report_event
from clinic.clients.models import Client, SearchWord
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
    "open_record",
    "register",
    "report_event",
    "seen_in_list",
]

DETAILS = ("first_name", "last_name", "date_of_birth", "phone", "email")
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
    despite_duplicates: bool = False,
) -> Client:
    """Create a client at the actor's site. Raises PossibleDuplicates unless told to go on."""
    # One registration at a time per site: two desks cannot both find nobody and both create.
    Site.objects.select_for_update(no_key=True).get(pk=actor.at_site)
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
        site_id=actor.at_site,
        date_of_birth=date_of_birth,
        created_at=at,
        **fields,
        **_searchable(fields),
    )
    _keep_search_words(client)
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
    changed = [name for name, value in new.items() if getattr(client, name) != value]
    for name in changed:
        setattr(client, name, new[name])
    if changed:
        tell_database(actor, at)
        _save(client, changed)
        _keep_search_words(client)
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


def _keep_search_words(client: Client) -> None:
    wanted = search.suffixes(
        search.words(
            first_name=client.first_name,
            last_name=client.last_name,
            phone=client.phone,
            email=client.email,
        )
    )
    kept = dict(client.search_words.values_list("suffix", "pk"))
    client.search_words.filter(
        pk__in=[pk for tail, pk in kept.items() if tail not in wanted]
    ).delete()
    SearchWord.objects.bulk_create(
        SearchWord(client=client, site_id=client.site_id, suffix=tail)
        for tail in sorted(wanted - kept.keys())
    )
