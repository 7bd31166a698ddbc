"""How a person is found: what is typed, and what is kept, brought to one plain form. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from time import strptime

COUNTRY_CODE = "44"
LONGEST = 80
"""Length of `SearchWord.suffix`."""

# Letters that Unicode does not take apart into a letter and an accent.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
DAY_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
YEAR_MONTH_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
WRITTEN = re.compile(r"(?<!\w)(\d{1,2} [A-Za-z]{3,9} \d{4})(?!\w)")
PHONE_ONLY = re.compile(r"[\d\s()+./-]*")


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What was typed into the find box: plain terms, all of which must be found, and a birthday."""

    terms: tuple[str, ...]
    born: date | None

    @property
    def is_empty(self) -> bool:
        return not self.terms and self.born is None


def plain(text: str) -> str:
    """Lower case, without accents, letters and digits only: "O’Néill" gives "oneill"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return "".join(sign for sign in apart if sign.isalnum())


def phone_digits(phone: str) -> str:
    """A phone number as digits with its country: "07700 900123" gives "447700900123"."""
    text = phone.replace("(0)", "").strip()
    digits = "".join(sign for sign in text if sign.isdecimal())
    if text.startswith("+"):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    return COUNTRY_CODE + digits[1:] if digits.startswith("0") else digits


def words(*, first_name: str, last_name: str, phone: str, email: str) -> list[str]:
    """The plain words that a client is found by."""
    found = [plain(word) for word in f"{first_name} {last_name}".split()]
    found += [plain(email), phone_digits(phone)]
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


def take_birthday(text: str, today: date) -> tuple[date | None, str]:
    """The date of birth in `text`, if there is one, and what is left of it."""
    for pattern in (YEAR_MONTH_DAY, DAY_MONTH_YEAR, WRITTEN):
        match = pattern.search(text)
        born = match and birthday(match.group(0), today)
        if match and born:
            return born, f"{text[: match.start()]} {text[match.end() :]}".strip()
    return None, text


def birthday(text: str, today: date) -> date | None:
    """A date as people write it, day first: 12/04/1990, 12.4.90, 1990-04-12, 12 April 1990.

    Two digits of a year mean the last hundred years. None for what is no date.
    """
    text = " ".join(text.split())
    if match := YEAR_MONTH_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return _date(year, month, day)
    if match := DAY_MONTH_YEAR.fullmatch(text.replace(" ", "/")):
        day, month, year = (int(part) for part in match.groups())
        if len(match.group(3)) == 2:
            year += today.year // 100 * 100
            year -= 100 if year > today.year else 0
        return _date(year, month, day)
    return _written(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _written(text: str) -> date | None:
    for shape in ("%d %B %Y", "%d %b %Y"):
        try:
            return date(*strptime(text, shape)[:3])
        except ValueError:
            continue
    return None


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
