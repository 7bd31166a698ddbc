"""One client of the demo, and what their story has to work with."""

from collections.abc import Generator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar
from unittest.mock import patch

from clinic.clients.links import client_actor
from clinic.clients.models import Client
from clinic.consent.actions import signing
from clinic.core.actor import Actor
from clinic.journey.demo.calendar import Calendar
from clinic.journey.demo.cast import Place
from clinic.journey.demo.diary import Diary, Time
from clinic.journey.demo.names import Person
from clinic.procedures.models import Procedure
from screening.engine import Pack

T = TypeVar("T")
Walk = Generator[datetime, datetime, T]
"""Steps of a story: yields the moment of the next step and is sent the moment to write down."""


RECENT = timedelta(days=10)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a client comes for."""

    modality: str = "MN_PEN"
    depth_mm: Decimal = Decimal("0.50")
    areas: tuple[str, ...] = ("cheeks", "forehead")
    numbing: bool = False


@dataclass(kw_only=True)
class Papers:
    """How many PDFs are still to be drawn: each takes about a fifth of a second.

    The rest are left out, the older ones first: signatures and records are whole without them.
    """

    consents: int
    sheets: int
    today: date

    def signing(self, session: date) -> AbstractContextManager[object]:
        """Within it a signature is sealed as paper only where that is wanted."""
        if session >= self.today and self.consents > 0:
            self.consents -= 1
            return nullcontext()
        return patch.object(signing, "seal")

    def wants_sheet(self, session: date) -> bool:
        """Whether to draw the sheet of a session: today's always."""
        wanted = session == self.today or (session >= self.today - RECENT and self.sheets > 0)
        self.sheets -= wanted
        return wanted


@dataclass(frozen=True, kw_only=True)
class World:
    """What all stories share."""

    seed: int
    calendar: Calendar
    diary: Diary
    papers: Papers
    pack: Pack


@dataclass(kw_only=True)
class Case:
    """One client's story as it goes. `client` is there once registered."""

    index: int
    world: World
    place: Place
    person: Person
    draw: Random
    wish: Wish
    profile: str = "nothing"
    links: int = 0
    _client: Client | None = field(default=None)

    @property
    def client(self) -> Client:
        if self._client is None:
            raise ValueError("not registered yet")
        return self._client

    @client.setter
    def client(self, made: Client) -> None:
        self._client = made

    @property
    def themself(self) -> Actor:
        """The client as the one who acts, on their own link."""
        return client_actor(self.client)

    @property
    def desk(self) -> Actor:
        return self.place.desk

    @property
    def procedure(self) -> Procedure:
        return self.place.procedures[self.wish.modality]

    @property
    def today(self) -> date:
        return self.world.calendar.today

    def day(self, days: int) -> date:
        """An open day, so many from today."""
        return self.world.calendar.open_day(days)

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """A moment on that open day."""
        return self.world.calendar.at(self.day(days), hour, minute)

    def before(self, day: date, days: int) -> date:
        """The open day so many days before another, or the one before that."""
        earlier = day - timedelta(days=days)
        while not self.world.calendar.is_open(earlier):
            earlier -= timedelta(days=1)
        return earlier

    def keep(self, performer: int, days: int, hour: int) -> Time:
        """Take that very time in the diary."""
        return self.world.diary.keep(self.place, performer, self.day(days), hour)

    def find(self, first: date, last: date) -> Time | None:
        """Take the first time that is free between two days, both included."""
        return self.world.diary.find(self.place, first, last, self.draw)

    def soon(self, after: datetime, *, least: int = 20, most: int = 240) -> datetime:
        """Some minutes later, in working hours or else the next morning."""
        later = after + timedelta(minutes=self.draw.randint(least, most))
        if later.hour >= 18:
            later = self.world.calendar.at(later.date() + timedelta(days=1), 8, later.minute)
        while not self.world.calendar.is_open(later.date()):
            later = self.world.calendar.at(later.date() + timedelta(days=1), 8, later.minute)
        return later
