"""When are two records probably one person? Pure; the rule behind the duplicate warning."""

from difflib import SequenceMatcher

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
