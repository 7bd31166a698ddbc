"""How a person is found: what is typed, and what is kept, brought to one plain form. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from clinic.clients import phones
from clinic.clients.birth_dates import take_birthday
from clinic.clients.names import plain

LONGEST = 80
"""Length of `SearchWord.suffix`."""

PHONE_ONLY = re.compile(r"[\d\s()+./-]*")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What was typed into the find box: plain terms, all of which must be found, and a birthday."""

    terms: tuple[str, ...]
    born: date | None

    @property
    def is_empty(self) -> bool:
        return not self.terms and self.born is None


def words(*, first_name: str, last_name: str, phone: str, email: str) -> list[str]:
    """The plain words that a client is found by."""
    found = [plain(word) for word in f"{first_name} {last_name}".split()]
    found += [plain(email), phones.digits(phone)]
    return list(dict.fromkeys(word[:LONGEST] for word in found if word))


def suffixes(found: list[str]) -> set[str]:
    """Every tail of every word, so that any part is the beginning of one of them."""
    return {word[start:] for word in found for start in range(len(word))}


def read(text: str, today: date) -> Sought:
    """Take what was typed apart: a birthday in any usual shape, a phone number, words."""
    born, rest = take_birthday(text, today)
    if PHONE_ONLY.fullmatch(rest) and sum(sign.isdecimal() for sign in rest) >= 5:
        return Sought(terms=(part_of_phone(rest),), born=born)
    terms = (plain(word) for word in rest.split())
    return Sought(terms=tuple(term[:LONGEST] for term in terms if term), born=born)


def part_of_phone(text: str) -> str:
    """Part of a number as it stands in `phone_digits`: its leading zero is the country's code."""
    digits = "".join(sign for sign in text.replace("(0)", "") if sign.isdecimal())
    return digits.lstrip("0") or digits


def as_new_client(text: str, today: date) -> dict[str, str]:
    """What was typed into the find box, as the fields of a new client."""
    born, rest = take_birthday(text.strip(), today)
    typed = {"date_of_birth": f"{born:%d/%m/%Y}"} if born else {}
    if PHONE_ONLY.fullmatch(rest) and sum(sign.isdecimal() for sign in rest) >= 5:
        return typed | {"phone": rest}
    names = [word for word in rest.split() if "@" not in word]
    emails = [word for word in rest.split() if "@" in word]
    typed |= {"email": emails[0]} if emails else {}
    typed |= {"first_name": _capital(names[0])} if names else {}
    typed |= {"last_name": _capital(" ".join(names[1:]))} if names[1:] else {}
    return typed


def _capital(name: str) -> str:
    """ "maya" becomes "Maya"; what has capitals of its own stays."""
    return name.title() if name.islower() else name
