"""When are two records probably one person? Pure; the rule behind the duplicate warning."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import Enum

from clinic.clients.birth_dates import one_slip_away
from clinic.clients.names import plain

ALIKE = 0.75
"""Share of equal letters from which two names count as the same, misspelt: one slip in four."""


def alike(name: str, other: str) -> bool:
    """The same name, misspelt, shortened ("Alex", "Alexandra") or doubled ("Lind-Smith")."""
    one, two = plain(name), plain(other)
    if not one or not two:
        return False
    short, long = sorted((one, two), key=len)
    if len(short) >= 3 and short in long:
        return True
    return one == two or SequenceMatcher(None, one, two).ratio() >= ALIKE


def similar_names(names: tuple[str, str], others: tuple[str, str]) -> bool:
    """First or last name alike, or the two swapped. Meant for people born on the same day."""
    straight = alike(names[0], others[0]) or alike(names[1], others[1])
    return straight or (alike(names[0], others[1]) and alike(names[1], others[0]))


def same_whole_name(names: tuple[str, str], others: tuple[str, str]) -> bool:
    """Every name alike, straight or swapped; who has one name only is compared by it."""
    one, two = [n for n in names if plain(n)], [n for n in others if plain(n)]
    if len(one) != len(two):
        return False
    return any(
        all(alike(name, other) for name, other in zip(order, two, strict=True))
        for order in (one, one[::-1])
    )


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
    NEAR_BIRTHDAY = "near_birthday"
    PHONE = "phone"
    EMAIL = "email"


def shared(one: Given, other: Given) -> frozenset[Shared]:
    """What the two have in common, empty where they are most likely two people.

    A birthday counts only with a similar name, one that is a slip of the finger away only with
    the whole name; the same phone or e-mail counts by itself.
    """
    same_day = one.born == other.born
    near = other.born in one_slip_away(one.born)
    found = {
        Shared.BIRTHDAY: same_day and similar_names(one.names, other.names),
        Shared.NEAR_BIRTHDAY: near and same_whole_name(one.names, other.names),
        Shared.PHONE: bool(one.phone_digits) and one.phone_digits == other.phone_digits,
        Shared.EMAIL: bool(one.email) and one.email == other.email,
    }
    return frozenset(what for what, is_so in found.items() if is_so)
