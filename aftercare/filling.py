"""The placeholders of the advice, filled with one client's dates and names. Pure."""

import re
from datetime import timedelta

from aftercare import words
from aftercare.care import ALLERGENS
from aftercare.facts import Product, TreatmentFacts
from aftercare.sheet import NextDate

LONGEST_NAMES = 80
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(\d+))?\}")


class Filler:
    """Puts this client's dates and names into the placeholders of a statement."""

    def __init__(
        self,
        facts: TreatmentFacts,
        next_date: NextDate,
        redness_days: int,
        plain: tuple[Product, ...],
    ) -> None:
        self.facts = facts
        self.plain = plain
        self.today = facts.treated_at.astimezone(facts.zone).date()
        flags = facts.effective_flags
        self._values = {
            "next_session": words.short_day(next_date.day, seen_from=self.today),
            "redness_days": str(redness_days),
            "redness_date": self.day(redness_days),
            "zones": words.listed(list(facts.excluded_zones) or ["the spot we agreed on"]),
            "products": _named(plain),
            "emergency": facts.clinic.help.emergency,
            "urgent": facts.clinic.help.urgent,
            "allergies": words.listed([n for f, (_, n) in ALLERGENS.items() if f in flags] or [""]),
        }

    def day(self, number: int) -> str:
        """The calendar day that many days after the day of treatment, in words."""
        return words.short_day(self.today + timedelta(days=number), seen_from=self.today)

    def __call__(self, text: str) -> str:
        # a number and its unit stay on one line
        return _PLACEHOLDER.sub(self._value, text).replace(" °C", "\u00a0°C")

    def _value(self, match: re.Match[str]) -> str:
        name, number = match[1], match[2]
        if name == "day":
            return self.day(int(number))
        if name == "hour":
            end = words.after_hours(self.facts.treated_at, int(number), self.facts.zone)
            return f"{end:%H:%M}"
        return self._values[name]


def _named(plain: tuple[Product, ...]) -> str:
    """What may be used at once, by name; where that is long, the care list alone says it."""
    names = words.listed([product.name for product in plain] or [""])
    return names if len(names) <= LONGEST_NAMES else "what we gave you for the first days"
