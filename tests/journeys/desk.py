"""Fred, at the front desk, on a 13-inch laptop."""

from playwright.sync_api import expect

from tests.journeys.answering import answers_everything, goes_through
from tests.journeys.client import MAYA, Newcomer
from tests.journeys.person import Staff


class FrontDesk(Staff):
    """What a receptionist does on the way of a client."""

    email = "fred@clinic.example"

    def adds(self, who: Newcomer = MAYA) -> None:
        """Somebody who is not known yet: found nowhere, created with what was typed."""
        self.finds(f"{who.first_name} {who.last_name} {who.born:%d.%m.%Y}".lower())
        expect(self.page.locator("#find-results")).to_contain_text("Nobody here matches")
        self.follows("Add “", within=self.page.locator("#find-results"))
        self.stands_on("Add a client")
        typed = self.page.locator("[name=first_name], [name=last_name], [name=date_of_birth]")
        assert [box.input_value() for box in typed.all()] == [
            who.first_name,
            who.last_name,
            f"{who.born:%d/%m/%Y}",
        ]
        self.fills(phone=who.phone, email=who.email)
        self.presses("Add the client")
        self.stands_on(who.full_name)

    def plans(self, day: str) -> None:
        """Half a millimetre on two areas by pen, without numbing cream, on `day` (ISO)."""
        self._plans(day)
        self.presses("Ask the questions here")

    def plans_and_sends(self, day: str) -> str:
        """The same, with the questions going to the client's phone. The address sent."""
        self._plans(day)
        self.presses("Send them to the client’s phone")
        return self._address()

    def _plans(self, day: str) -> None:
        self.does_the_next_thing("Begin the questions")
        self.stands_on("Plan a treatment")
        self.chooses(procedure="Microneedling pen", anaesthetic_planned="No", test_patch_ok="No")
        self.ticks("Cheeks", "Forehead")
        self.fills(depth_mm="0.5", planned_date=day)

    def asks(self, answers: dict[str, object]) -> None:
        """All questions at the desk, and handing in."""
        answers_everything(self, answers)
        self.stands_on("Check the answers")
        self.ticks("The client confirmed these answers.")
        self.presses("Hand in the answers")

    def goes_through_the_answers(self, answers: dict[str, object], **changed: str) -> None:
        """Earlier answers again, with what has changed, up to the check."""
        goes_through(self, answers, changed)
        self.stands_on("Check the answers")

    def gives_the_consent_text(self) -> str:
        """Give the text, and make a link to it. Its address."""
        self.does_the_next_thing("Give the consent text")
        self.presses("Send a link")
        return self._address()

    def _address(self) -> str:
        address = self.page.locator("[aria-labelledby=address]").inner_text()
        assert self.page.locator("svg").count()
        self.follows("Done")
        return address

    def takes_a_slot(self, day: str, hour: str) -> None:
        """A free time, such as "10:00" on "Thursday 4 June". Later days are folded."""
        folded = self.page.locator("summary").filter(has_text=day)
        if folded.count():
            folded.click()
        self.page.get_by_role("button", name=f"{day} {hour}").first.click()
        expect(self.page.get_by_role("status")).to_contain_text("is booked")
        self.look()

    def checks_in(self, full_name: str) -> None:
        """On the day: name and birthday aloud, and every question again."""
        self.stands_on(f"Check in {full_name}")
        self.page.locator("[name=identity_confirmed]").check()
        for group in self.page.locator("main fieldset").all():
            group.get_by_label("No", exact=True).check()
        self.presses("Check in")
