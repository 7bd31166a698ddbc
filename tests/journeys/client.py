"""Maya, who would like to be treated, on her own phone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.journeys.answering import answers_everything
from tests.journeys.person import Person

PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who calls for the first time."""

    first_name: str
    last_name: str
    born: date
    phone: str
    email: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


MAYA = Newcomer(
    first_name="Maya",
    last_name="Lind",
    born=date(1990, 4, 12),
    phone="07700 900123",
    email="maya@example.com",
)


class Client(Person):
    """What a client does on the way, by the links that are sent."""

    who = MAYA

    def follows_the_link(self, address: str) -> None:
        """Open a private link and say when one was born."""
        self.goes_to(address)
        self.stands_on("Before we start")
        self.fills(link_date_of_birth=f"{self.who.born.day} {self.who.born:%B %Y}")
        self.presses("Go on")

    def answers(self, answers: dict[str, Any]) -> None:
        """Every question on the phone, and sending."""
        self.follows("Start")
        answers_everything(self, answers)
        self.stands_on("Check your answers")
        self.ticks("My answers are true, and I will tell you if anything changes.")
        self.presses("Send my answers")
        self.stands_on(f"Thank you, {self.who.first_name}")

    def thinks_it_over(self, link: str) -> None:
        """Read the text: nothing can be ticked or signed yet."""
        self.follows_the_link(link)
        self.reads("You can sign from Wednesday 3 June")
        assert not self.page.locator("input[type=checkbox]").count()

    def agrees(self, *, by_hand: bool = False) -> None:
        """Tick every statement, choose about photos, and sign: typed, or drawn on the glass."""
        for tick in self.page.locator(".consent-ticks input").all():
            tick.check()
        for photo in self.page.locator("[aria-labelledby=part-photos] fieldset").all():
            photo.get_by_label("No", exact=True).check()
        self.fills(printed_name=self.who.full_name)
        if by_hand:
            self._draws()
        else:
            self.fills(typed=self.who.full_name)
        self.presses("Sign")
        self.stands_on("Thank you")

    def _draws(self) -> None:
        box = self.page.locator("canvas")
        box.scroll_into_view_if_needed()
        place = box.bounding_box()
        assert place
        mouse = self.page.mouse
        mouse.move(place["x"] + 30, place["y"] + 60)
        mouse.down()
        for step in range(1, 20):
            mouse.move(place["x"] + 30 + step * 12, place["y"] + 60 + (-1) ** step * 20)
        mouse.up()
