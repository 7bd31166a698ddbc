"""When are two records probably one person? Pure; the rule behind the duplicate warning."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import Enum

from clinic.clients.search import plain

ALIKE = 0.75
"""Share of equal letters from which two names count as the same, misspelt: one slip in four."""


def alike(name: str, other: str) -> bool:
    """The same name, misspelt, shortened ("Alex", "Alexandra") or doubled ("Lind-Smith")."""
    one, two = plain(name), plain(other)
    short, long = sorted((one, two), key=len)
    if len(short) >= 3 and short in long:
        return True
    return one == two or SequenceMatcher(None, one, two).ratio() >= ALIKE


def similar_names(names: tuple[str, str], others: tuple[str, str]) -> bool:
    """First or last name alike, or the two swapped. Meant for people born on the same day."""
    straight = alike(names[0], others[0]) or alike(names[1], others[1])
    return straight or (alike(names[0], others[1]) and alike(names[1], others[0]))


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is known of one person: plain values as in `search`, a birthday, two names."""

    names: tuple[str, str]
    born: date
    phone_digits: str
    email: str


class Shared(Enum):
    """What two records have in common."""

    BIRTHDAY = "birthday"
    PHONE = "phone"
    EMAIL = "email"


def shared(one: Given, other: Given) -> frozenset[Shared]:
    """What the two have in common, empty where they are most likely two people.

    A birthday counts only with a similar name; the same phone or e-mail counts by itself.
    """
    same_day = one.born == other.born
    found = {
        Shared.BIRTHDAY: same_day and similar_names(one.names, other.names),
        Shared.PHONE: bool(one.phone_digits) and one.phone_digits == other.phone_digits,
        Shared.EMAIL: bool(one.email) and one.email == other.email,
    }
    return frozenset(what for what, is_so in found.items() if is_so)
