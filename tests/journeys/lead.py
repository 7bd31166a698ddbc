"""Lena and Lars, two clinical leads: one changes the rules, the other must agree."""

from playwright.sync_api import expect

from tests.journeys.person import Staff


class Lead(Staff):
    """A clinical lead at a desk."""

    email = "lena@clinic.example"

    def goes_to_the_rules(self) -> None:
        """By the menu behind one's own name."""
        self.page.locator(".who summary").click()
        self.follows("Rules", within=self.page.locator(".who"))
        self.stands_on("Rules")

    def begins_a_draft(self, why: str) -> None:
        self.follows("Begin a draft")
        self.stands_on("Begin a draft")
        self.fills(why=why)
        self.presses("Begin the draft")

    def changes_a_wait(self, rule: str, days: int, why: str) -> None:
        """Both outcomes of a rule wait as long; the client is told so."""
        self.follows("Go to the rules")
        self.follows(rule)
        self.stands_on(rule)
        for outcome in ("o0", "o1"):
            self.fills(
                **{
                    f"{outcome}_wait": str(days),
                    f"{outcome}_message": f"Stop strong skin products {days} days before.",
                }
            )
        self.fills(time_window=f"{days} days", why=why)
        self.presses("Save to the draft")

    def accepts_the_cases(self) -> None:
        """What the rules say of the test cases now is meant so."""
        self.follows("Run the test cases")
        while self.page.get_by_role("link", name="Change the case").count():
            self.follows("Change the case")
            self.fills(why="Follows from the longer wait.")
            self.presses("Expect it from now on")
        self.reads("come out as they should")

    def tries_it_on_past_answers(self, *, found: str) -> None:
        """Begin, and see how far it is until it is done."""
        self.follows("Try it")
        self.stands_on("Past answers")
        self.presses("Try the draft on past answers")
        if not self.scripts:
            while self.page.get_by_role("button", name="Go on").count():
                expect(self.page.locator("progress")).to_be_visible()
                self.presses("Go on")
        self.reads(found)

    def watches_the_bar(self) -> None:
        """From now on, whatever the bar says is remembered, however soon it is replaced."""
        self.page.add_init_script("""
            addEventListener('DOMContentLoaded', () => {
                window.bar = []
                const look = () => {
                    const value = document.querySelector('progress')?.value
                    if (value !== undefined && value !== window.bar.at(-1)) window.bar.push(value)
                }
                look()
                new MutationObserver(look).observe(document, {childList: true, subtree: true})
            })
        """)

    def saw_of_the_bar(self) -> list[int]:
        """What it said on this page, one after the other."""
        seen: list[int] = self.page.evaluate("window.bar")
        return seen

    def opens_the_draft(self, version: str) -> None:
        self.goes_to_the_rules()
        self.follows(version)


class SecondLead(Lead):
    """The one who changed nothing."""

    email = "lars@clinic.example"
