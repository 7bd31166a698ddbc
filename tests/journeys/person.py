"""Somebody with a browser of their own. Every page they see is judged once."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.urls import resolve, reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser import Axe
from tests.factories.people import PASSWORD

PICTURES = os.environ.get("JOURNEY_PICTURES")
"""When set, a picture of every page is put into `screenshots/journeys/`."""

ASKABLE = {"q", "next", "date", "from", "with", "after", "before", "at", "asked"} | {
    "first_name",
    "last_name",
    "date_of_birth",
    "phone",
    "email",
}
"""What may follow "?" in an address: who, when, where, which list. Never an answer."""


class Person:
    """One person at one browser; `name` is for pictures and messages."""

    def __init__(self, page: Page, axe: Axe, name: str, *, scripts: bool = True) -> None:
        self.page, self.axe, self.name, self.scripts = page, axe, name, scripts
        self.addresses: list[str] = []
        self.takes: Callable[[float], None] = lambda seconds: None
        self._judged: set[tuple[str, ...]] = set()
        page.on("request", lambda request: self.addresses.append(request.url))

    # What they see

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def reads(self, *words: str) -> None:
        """These words are on the page."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def stands_on(self, heading: str) -> None:
        """The page has this heading, and its title begins with it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert self.page.title().startswith(heading), self.page.title()

    def look(self) -> None:
        """Judge this page, unless it was judged before: barriers, width, what the browser keeps."""
        if not self.scripts:  # axe is a script as well
            return
        view = resolve(urlsplit(self.page.url).path).view_name
        page = (view, self.heading(), self._next_thing())
        if page in self._judged:
            return
        self._judged.add(page)
        self.axe(self.page)
        self._nothing_is_kept()
        self._nothing_sticks_out()
        self.picture(view)

    def _next_thing(self) -> str:
        found = self.page.locator(".next-thing h2")
        return found.first.inner_text() if found.count() else ""

    def _nothing_is_kept(self) -> None:
        kept = self.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
        assert kept == [], f"{self.page.url} left {kept} in the browser"

    def _nothing_sticks_out(self) -> None:
        root = "document.documentElement"
        wide = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"

    def picture(self, what: str) -> None:
        """A picture of the whole page, for whoever works on how it looks."""
        if PICTURES:
            folder = Path(settings.BASE_DIR) / "screenshots" / "journeys" / PICTURES
            folder.mkdir(parents=True, exist_ok=True)
            number = len(list(folder.glob("*.png"))) + 1
            safe = re.sub(r"[^a-z]+", "-", f"{self.name} {what} {self.heading()}".lower())[:90]
            self.page.screenshot(path=folder / f"{number:03} {safe}.png", full_page=True)

    # What they do

    def goes_to(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def opens(self, url_name: str, *args: int | str) -> None:
        self.goes_to(reverse(url_name, args=args))

    def presses(self, words: str, within: Locator | None = None) -> None:
        """Press a button that leads to another page."""
        place = within or self.page.locator("main")
        self._leave_by(place.get_by_role("button", name=words, exact=True))

    def follows(self, words: str, within: Locator | None = None) -> None:
        """Follow a link."""
        self._leave_by((within or self.page.locator("main")).get_by_role("link", name=words))

    def _leave_by(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.first.click()
        self.look()

    def fills(self, **fields: str) -> None:
        """Type into fields, by their names."""
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def chooses(self, **fields: str) -> None:
        """Choose one answer in each of these groups, by name and words."""
        for name, words in fields.items():
            self.page.locator(f"#div_id_{name}").get_by_label(words, exact=True).check()

    def ticks(self, *words: str) -> None:
        for one in words:
            self.page.locator("main").get_by_label(one, exact=True).check()


class Staff(Person):
    """Somebody who works at Riverside."""

    email = ""

    def signs_in(self) -> None:
        """Begin, or begin again after twelve hours; the page asks only for these two things."""
        self.goes_to(reverse("accounts:sign_in"))
        if self.heading() == "Sign in":
            self.fills(email=self.email, password=PASSWORD)
            self.presses("Sign in")
        self.stands_on("Today")

    def finds(self, typed: str) -> None:
        """Type into the box at the top, as between two phone calls."""
        self.page.locator("#find").press_sequentially(typed)
        expect(self.page.locator("#find-results a").first).to_be_visible()
        self.axe(self.page)
        self.picture("found")

    def opens_client(self, full_name: str) -> None:
        """From wherever they are, by finding."""
        self.finds(full_name)
        self.follows(full_name, within=self.page.locator("#find-results"))
        self.stands_on(full_name)

    def does_the_next_thing(self, expected: str) -> None:
        """The one button of the client's page."""
        main = self.page.locator(".next-thing .btn-primary")
        expect(main).to_have_text(expected)
        self._leave_by(main)

    def prints_the_sheet(self) -> bytes:
        """What the printer gets, without opening the browser's own reader."""
        link = self.page.get_by_role("link", name="Print the sheet")
        answer = self.page.request.get(str(link.get_attribute("href")))
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()


def assert_addresses_say_nothing(person: Person) -> None:
    """No address that was asked carries more than who, when and where."""
    for address in person.addresses:
        assert set(parse_qs(urlsplit(address).query)) <= ASKABLE, address
