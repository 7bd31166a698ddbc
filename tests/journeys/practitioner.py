"""Petra, who treats, on a tablet."""

from playwright.sync_api import expect

from clinic.consent.saying import CAPACITY
from tests.journeys.person import Staff

TABLET = {"width": 820, "height": 1180}


class Practitioner(Staff):
    """What a practitioner does on the way of a client."""

    email = "petra@clinic.example"

    def decides(
        self,
        verdicts: dict[str, tuple[str, str]],
        reason: str,
        *,
        outcome: str = "May be booked",
        **conditions: str,
    ) -> None:
        """A verdict and a reason beside each finding, by its title; then the word on the whole."""
        for title, (verdict, why) in verdicts.items():
            finding = self.page.get_by_role("article").filter(has_text=title)
            finding.get_by_label(verdict).check()
            finding.get_by_label("Your reason").fill(why)
        self.chooses(outcome=outcome)
        self.fills(reason=reason, **conditions)
        self.presses("Sign the decision")

    def countersigns(self) -> None:
        """From the page of the consent; the name is there, the signature is typed."""
        self.follows("Countersign")
        self.stands_on("Countersign")
        for name in CAPACITY:
            self.page.locator(f"[name={name}]").check()
        self.chooses(asked="No")
        self.fills(typed="Petra Novak")
        self.presses("Countersign")
        expect(self.page.get_by_role("status")).to_contain_text("countersigned")

    def starts(self, full_name: str) -> None:
        """The limits are read, the treatment begins."""
        self.stands_on(f"Treat {full_name}")
        self.presses("Start the treatment")

    def records(self, on: str = "all") -> None:
        """What was done, the same on both areas or on the only one, and signing it."""
        self.fills(
            **{f"depth_{on}": "0.5", f"passes_{on}": "3"},
            device="SkinPen Precision",
            cartridge_lot="LOT-4711",
            cartridge_expiry="2027-12-31",
        )
        seen = self.page.locator(f"#div_id_endpoints_{on}")
        seen.get_by_label("Redness").check()
        self.chooses(reaction_seen="No")
        self.presses("Sign the record")

    def makes_the_sheet(self) -> bytes:
        """The aftercare sheet as the PDF that is printed."""
        self.presses("Make the aftercare sheet")
        return self.prints_the_sheet()


class Prescriber(Practitioner):
    """Rosa, who may prescribe, at a desk."""

    email = "rosa@clinic.example"
