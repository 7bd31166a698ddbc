"""The steps that every journey shares, from the booked slot to the paper that goes home."""

from dataclasses import dataclass
from datetime import date

from tests.journeys.client import Client
from tests.journeys.clock import Clock
from tests.journeys.desk import FrontDesk
from tests.journeys.practitioner import Practitioner


@dataclass(frozen=True, kw_only=True)
class Walk:
    """The three people, and the clock on the wall."""

    desk: FrontDesk
    phone: Client
    practitioner: Practitioner
    clock: Clock

    @property
    def name(self) -> str:
        """The client's, whose phone it is."""
        return self.phone.who.full_name

    def agrees(self, *, by_hand: bool = False) -> None:
        """The text is read on the phone, thought over for two days and signed by both."""
        self.desk.opens_client(self.name)
        link = self.desk.gives_the_consent_text()
        self.phone.thinks_it_over(link)
        self.clock.is_at(date(2026, 6, 3), 17)
        self.phone.follows_the_link(link)
        self.phone.agrees(by_hand=by_hand)
        self.practitioner.signs_in()
        self.practitioner.reads(f"{self.name} has signed: a practitioner must countersign")
        self.practitioner.opens_client(self.name)
        self.practitioner.does_the_next_thing("Open the consent")
        self.practitioner.countersigns()

    def arrives_on(self, day: date) -> None:
        """Checked in at ten to ten; at ten the practitioner has the page of the treatment open."""
        self.clock.is_at(day, 9, 50)
        self.desk.signs_in()
        self.desk.opens_client(self.name)
        self.desk.does_the_next_thing("Check in")
        self.desk.checks_in(self.name)
        self.clock.is_at(day, 10, 0)
        self.practitioner.signs_in()
        self.practitioner.opens_client(self.name)
        self.practitioner.does_the_next_thing("Go to the treatment")

    def is_treated_on(self, day: date) -> bytes:
        """Arrives, is treated from ten to half past, and goes home with a sheet."""
        self.arrives_on(day)
        self.practitioner.starts(self.name)
        self.clock.is_at(day, 10, 30)
        self.practitioner.records()
        return self.practitioner.makes_the_sheet()

    def gets_the_same_sheet_again(self, sheet: bytes, on: date) -> None:
        """Weeks later, printed from the client's page."""
        self.clock.is_at(on, 12)
        self.desk.signs_in()
        self.desk.opens_client(self.name)
        self.desk.follows("Aftercare sheet")
        assert self.desk.prints_the_sheet() == sheet
