"""Finding clients, always inside what the actor's own site sees."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic.accounts.models import Site
from clinic.clients import phones, search
from clinic.clients.birth_dates import one_slip_away
from clinic.clients.duplicates import Given, Shared, same_whole_name, shared
from clinic.clients.models import AdverseEvent, Client, ClientSite, SearchWord
from clinic.clients.names import plain, sort_key
from clinic.core.actor import Actor

PAGE = 50
FOUND = 20
BY_NAME = ("name_key", "pk")
MOST_WORDS = 1000
"""Matching words looked at: the time stays the same however short the text and big the clinic."""
MOST_CANDIDATES = 500


def in_scope(actor: Actor) -> QuerySet[Client]:
    """The clients an actor may see: those the site serves, or for a client only themself."""
    if actor.kind == "client":
        return Client.objects.filter(pk=actor.own_id)
    # Not by a join: what is found may be locked as it is.
    here = ClientSite.objects.filter(client=OuterRef("pk"), site=actor.at_site)
    return Client.objects.filter(Exists(here))


def find(actor: Actor, text: str, limit: int = FOUND, *, today: date) -> list[Client]:
    """Clients who match every word of `text` in any part of name, phone or e-mail, by name.

    A date of birth in `text` must match in full. Nothing typed finds nobody. One query. Of a very
    short text (two letters match thousands) the first matches are enough: type more to narrow it.
    """
    sought = search.read(text, today)
    if sought.is_empty:
        return []
    found = in_scope(actor)
    if sought.born:
        found = found.filter(date_of_birth=sought.born)
    if sought.terms:
        found = found.filter(pk__in=_with_terms(actor, sought))
    return list(found.order_by(*BY_NAME)[:limit])


def _with_terms(actor: Actor, sought: search.Sought) -> QuerySet[SearchWord, int]:
    # The longest term is the rarest; the others are looked up per client.
    first, *others = sorted(set(sought.terms), key=len, reverse=True)
    words = SearchWord.objects.filter(site_id=actor.at_site, suffix__startswith=first)
    if sought.born:  # here as well: the limit below must not cut off whom we look for
        words = words.filter(client__date_of_birth=sought.born)
    for term in others:
        also = SearchWord.objects.filter(client=OuterRef("client_id"), suffix__startswith=term)
        words = words.filter(Exists(also))
    return words.values_list("client_id", flat=True)[:MOST_WORDS]


@dataclass(frozen=True, kw_only=True)
class NamePage:
    """One page of the list by name, and whether there are pages on either side."""

    clients: list[Client]
    more_before: bool
    more_after: bool


def page_by_name(
    actor: Actor, *, after: int | None = None, before: int | None = None, size: int = PAGE
) -> NamePage:
    """Clients by name, then key: the page after or before one client, or the first.

    Raises Client.DoesNotExist where that client is out of scope. Two queries at most.
    """
    clients = in_scope(actor)
    backwards = before is not None and after is None
    mark_id = before if backwards else after
    if mark_id is not None:
        clients = _beyond(clients, clients.get(pk=mark_id), backwards=backwards)
    order = [f"-{name}" for name in BY_NAME] if backwards else list(BY_NAME)
    found = list(clients.order_by(*order)[: size + 1])
    more, shown = len(found) > size, found[:size]
    if backwards:
        return NamePage(clients=shown[::-1], more_before=more, more_after=bool(shown))
    return NamePage(clients=shown, more_before=mark_id is not None and bool(shown), more_after=more)


def _beyond(clients: QuerySet[Client], mark: Client, *, backwards: bool) -> QuerySet[Client]:
    # The first condition is implied by the second; it is what the index by name can use.
    sign = "lt" if backwards else "gt"
    return clients.filter(
        Q(**{f"name_key__{sign}e": mark.name_key}),
        Q(**{f"name_key__{sign}": mark.name_key})
        | Q(name_key=mark.name_key, **{f"pk__{sign}": mark.pk}),
    )


@dataclass(frozen=True, kw_only=True)
class Possible:
    """Somebody who may be the person typed, and what the two have in common.

    `here`: this site sees them. Of somebody whom only another site sees, nothing is shown but name
    and date of birth.
    """

    client: Client
    shared: frozenset[Shared]
    here: bool = True


def possible_duplicates(
    actor: Actor, *, first_name: str, last_name: str, date_of_birth: date, phone: str, email: str
) -> list[Possible]:
    """Who may be this person: same birthday and similar name, or same contact. Two queries.

    The same phone or e-mail counts however it is written. All sites of the organisation are
    searched; somebody whom only another one sees must have the same whole name as well, give or
    take a slip, since their name is told.
    """
    given = Given(
        names=(first_name, last_name),
        born=date_of_birth,
        phone_digits=phones.digits(phone),
        email=plain(email),
    )
    contacts = [word[: search.LONGEST] for word in (given.phone_digits, given.email) if word]
    sites = Site.objects.filter(organisation__sites=actor.at_site).values("pk")
    known = SearchWord.objects.filter(site_id__in=sites, suffix__in=contacts)
    # Asked first: with the keys at hand the second query needs two small index look-ups.
    keys = list(known.values_list("client_id", flat=True).distinct()[:MOST_CANDIDATES])
    here = ClientSite.objects.filter(client=OuterRef("pk"), site=actor.at_site)
    candidates = Client.objects.filter(
        Q(date_of_birth=date_of_birth) | Q(pk__in=keys) | _born_near(given),
        organisation__sites=actor.at_site,
    ).annotate(here=Exists(here))
    found = candidates.order_by(*BY_NAME)[:MOST_CANDIDATES]
    compared = [
        Possible(client=other, shared=shared(given, _given(other)), here=other.here)
        for other in found
    ]
    return [one for one in compared if one.shared and (one.here or _named_alike(given, one))]


def _named_alike(given: Given, possible: Possible) -> bool:
    return same_whole_name(given.names, _given(possible.client).names)


def _born_near(given: Given) -> Q:
    # Seventy birthdays are many people: only those whose name begins alike, in either order.
    first, last = given.names
    keys = {sort_key(first_name=a, last_name=b)[:1] for a, b in ((first, last), (last, first))}
    begins = Q()
    for letter in sorted(keys - {""}):
        begins |= Q(name_key__startswith=letter)
    return Q(date_of_birth__in=sorted(one_slip_away(given.born))) & begins


def _given(client: Client) -> Given:
    return Given(
        names=(client.first_name, client.last_name),
        born=client.date_of_birth,
        phone_digits=client.phone_digits,
        email=plain(client.email),
    )


def events_in_the_way(client: Client) -> list[AdverseEvent]:
    """Adverse events that hold a client, open or not, newest first. No query where none does."""
    if client.event_free:
        return []
    return list(
        client.adverse_events.exclude(follows="AGAIN").select_related("site").order_by("-pk")
    )


@dataclass(frozen=True, kw_only=True)
class EventsHold:
    """What adverse events say of a client. `follows`: NEVER, or DOCTOR while no doctor's word is on
    record, or "" where they are only open. `sites`: where those that say it arose."""

    follows: str = ""
    sites: frozenset[tuple[int, str]] = frozenset()

    def seen_from(self, here: int) -> tuple[str, ...]:
        """Names of the sites, "" for the one that looks (also where none is known)."""
        return tuple(sorted("" if pk == here else name for pk, name in self.sites)) or ("",)


def events_hold(clients: Iterable[Client]) -> dict[int, EventsHold]:
    """Which clients adverse events hold, open or closed, and where these arose. No query where
    no event holds anybody."""
    held = {client.pk for client in clients if not client.event_free}
    if not held:
        return {}
    by_client: dict[int, dict[str, set[tuple[int, str]]]] = {}
    for event in AdverseEvent.objects.filter(client__in=held).select_related("site"):
        lasting = event.follows == AdverseEvent.Follows.NEVER or event.waits_for_word
        if lasting or event.live:
            says = by_client.setdefault(event.client_id, {})
            follows = event.follows if lasting else ""
            says.setdefault(follows, set()).add((event.site_id, event.site.name))
    return {client: _gravest(says) for client, says in by_client.items()}


def _gravest(says: Mapping[str, Collection[tuple[int, str]]]) -> EventsHold:
    follows = next(one for one in ("NEVER", "DOCTOR", "") if one in says)
    return EventsHold(follows=follows, sites=frozenset(says[follows]))


def held_for_good(clients: Iterable[Client]) -> dict[int, str]:
    """What closed events say of clients: NEVER, or DOCTOR while no doctor's word is on record.

    Nothing of a client who only has an open event. No query where no event holds anybody.
    """
    return {pk: held.follows for pk, held in events_hold(clients).items() if held.follows}


def event_in_scope(actor: Actor, event_id: int) -> AdverseEvent:
    """One adverse event with its client. Raises AdverseEvent.DoesNotExist out of scope."""
    events = AdverseEvent.objects.select_related("client", "site")
    return events.get(pk=event_id, client__in=in_scope(actor))
