"""Runs all stories together, step by step in the order of time, in one transaction."""

import gc
import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from clinic.accounts.models import Site
from clinic.audit.models import Event
from clinic.audit.record import record
from clinic.clients.models import Client
from clinic.consent.actions import publish_text
from clinic.consent.reading import current
from clinic.core.actor import SYSTEM
from clinic.core.errors import Refused
from clinic.journey.demo import cast, crowd
from clinic.journey.demo.both_sites import link_one
from clinic.journey.demo.calendar import Calendar
from clinic.journey.demo.case import Case, Papers, Walk, World
from clinic.journey.demo.diary import Diary
from clinic.journey.demo.names import Person, person
from clinic.journey.demo.rules import drafts_of_rules
from clinic.journey.demo.tales import TALES, Tale
from clinic.journey.demo.words import rng
from screening.actions import publish_latest
from screening.packs import latest

MARK = "demo.seeded"
FIRST_DAY = timedelta(days=400)
MOST_PAPERS = 40

Progress = Callable[[int, int], None]


class RealData(Exception):
    """There are records here that no demo has made."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A finished demo: what it was made from, and how many stories broke off."""

    seed: int
    clients: int
    day: date
    broken_off: int


def standing() -> Made | None:
    """The demo that is here; None in an empty database. Raises RealData."""
    mark = Event.objects.filter(verb=MARK).order_by("pk").first()
    if mark is not None:
        detail = mark.detail
        return Made(
            seed=detail["seed"],
            clients=detail["clients"],
            day=date.fromisoformat(detail["day"]),
            broken_off=detail["broken_off"],
        )
    if Client.objects.exists() or Site.objects.exists():
        raise RealData
    return None


@transaction.atomic
def seed_clinic(
    *, clients: int, seed: int, now: datetime, progress: Progress = lambda done, of: None
) -> Made:
    """Make the whole demo, or nothing. `now` is an aware moment at the clinic."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    calendar = Calendar.around(now)
    began = calendar.at(calendar.today - FIRST_DAY, 9)
    publish_latest(began)
    publish_text(actor=SYSTEM, text=current(), at=began)
    places = cast.build(seed, began)
    papers = min(MOST_PAPERS, 12 + clients // 5)
    world = World(
        seed=seed,
        calendar=calendar,
        diary=Diary(calendar=calendar),
        papers=Papers(consents=papers, sheets=papers // 2, today=calendar.today),
        pack=latest(),
    )
    stories = [_story(index, world, places) for index in range(clients)]
    with _undisturbed():
        broken_off = _tell(stories, calendar, progress)
    link_one(places, calendar.latest)
    drafts_of_rules(places, calendar.latest)
    made = Made(seed=seed, clients=clients, day=calendar.today, broken_off=broken_off)
    record(
        actor=SYSTEM,
        verb=MARK,
        at=calendar.latest,
        subject=places[0].site,
        seed=seed,
        clients=clients,
        day=made.day.isoformat(),
        broken_off=broken_off,
    )
    return made


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for garbage in circles: there is none, and looking takes a tenth."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _tell(stories: list[Walk[object]], calendar: Calendar, progress: Progress) -> int:
    """Take every step up to now; how many stories broke off because the clinic said no.

    An action that refuses has taken back what it did, so the others go on.
    """
    waiting = [(next(story), index) for index, story in enumerate(stories)]
    heapq.heapify(waiting)
    broken_off, over = 0, 0
    while waiting and waiting[0][0] <= calendar.until:
        when, index = heapq.heappop(waiting)
        following = None
        try:
            following = _step(stories[index], min(when, calendar.latest))
        except Refused:
            broken_off += 1
        if following is not None:
            heapq.heappush(waiting, (max(when, following), index))
            continue
        over += 1
        progress(over, len(stories))
    return broken_off


def _step(story: Walk[object], at: datetime) -> datetime | None:
    """Take one step; the moment of the next, or None at the end of the story."""
    try:
        return story.send(at)
    except StopIteration:
        return None  # not raised further: what the last step did must stay


def _story(index: int, world: World, places: tuple[cast.Place, ...]) -> Walk[object]:
    draw = rng(world.seed, "client", index)
    who = person(index, draw, world.calendar.today)
    if index < len(TALES):
        tale = TALES[index]
        case = Case(
            index=index,
            world=world,
            place=places[tale.site],
            person=_as_told(tale, who, world.calendar.today),
            draw=draw,
            wish=tale.wish,
            profile=tale.profile,
        )
        return tale.story(case)
    case = Case(
        index=index,
        world=world,
        place=draw.choices(places, (6, 4))[0],
        person=who,
        draw=draw,
        wish=crowd.wish(draw),
        profile=crowd.profile(draw),
    )
    return crowd.somebody(case)


def _as_told(tale: Tale, who: Person, today: date) -> Person:
    first, last = tale.name or (who.first_name, who.last_name)
    born = tale.born or who.date_of_birth
    if tale.age is not None:
        born = today - timedelta(days=int(tale.age * 365.25) + 90)
    return replace(who, first_name=first, last_name=last, date_of_birth=born)
