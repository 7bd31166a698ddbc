"""The top bar's way through the clinic: what a role needs, with the number that waits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from clinic.accounts.working import at_work
from clinic.core.actor import CLINICAL_ROLES, Actor, Role
from clinic.review.queries import waiting_count
from clinic.treatments.queries import unseen_count

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EVERYBODY = frozenset(Role)
LEADS = frozenset({Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR})
DESK = CLINICAL_ROLES | {Role.FRONT_DESK, Role.MANAGER}
REVIEW = "review:worklist"
DEVIATIONS = "treatments:deviations"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One word of the bar, and who sees it."""

    label: "_StrPromise"
    address: str
    roles: frozenset[Role] = EVERYBODY


ENTRIES = (
    Entry(label=_("Today"), address="journey:today"),
    Entry(label=_("Diary"), address="booking:day", roles=DESK),
    Entry(label=_("To review"), address=REVIEW),
    Entry(label=_("Deviations"), address=DEVIATIONS, roles=frozenset({Role.CLINICAL_LEAD})),
    Entry(label=_("Clients"), address="clients:list"),
    Entry(label=_("Procedures"), address="procedures:list", roles=LEADS),
    Entry(label=_("Staff"), address="accounts:staff", roles=LEADS),
    Entry(label=_("Records"), address="audit:events", roles=LEADS),
)

MORE = (
    Entry(label=_("Rules"), address="packs:list", roles=LEADS),
    Entry(label=_("Deviations"), address=DEVIATIONS, roles=LEADS - {Role.CLINICAL_LEAD}),
)
"""What is needed seldom: in the menu behind the person's name."""


def nav(request: HttpRequest) -> dict[str, object]:
    """`nav` and `more` (label, url, active, count) and `review_count` for somebody at work.

    They are made when a template asks for them, so that a fragment without the bar costs nothing.
    """
    working = at_work(request)
    if working is None or working.here is None:
        return {}
    here = working.here
    actor = working.user.as_actor(here.site, here.roles)
    count = SimpleLazyObject(lambda: waiting_count(actor, timezone.localdate()))
    counts: dict[str, object] = {
        REVIEW: count,
        DEVIATIONS: SimpleLazyObject(lambda: unseen_count(actor)),
    }
    return {
        "nav": SimpleLazyObject(lambda: list(_items(ENTRIES, request, actor, counts))),
        "more": SimpleLazyObject(lambda: list(_items(MORE, request, actor, counts))),
        "review_count": count,
    }


def _items(
    entries: Iterable[Entry], request: HttpRequest, actor: Actor, counts: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    for entry in entries:
        url = _address(entry.address)
        if url and actor.has(*entry.roles):
            yield {
                "label": entry.label,
                "url": url,
                "active": request.path == url or (url != "/" and request.path.startswith(url)),
                "count": counts.get(entry.address),
            }


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None  # that room has no such page yet
