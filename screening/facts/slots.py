"""Which fact lies where in a narrow row. Places are handed out once and never move.

A row of facts has ``BITS`` bits, in columns ``b0``, ``b1``, … of 64 each, and ``DATES`` dates, in
columns ``d0``, ``d1``, …. A fact is told by its kind, what it is of, and a value:

``answered``  a question that was shown and has a valid answer
``option``    a question and one of its options: ticked
``text``      a question whose text says something
``plan``      a field of the plan and one of its values
``date``      a question, or a question and an option: the date given

A pack that asks more gets further places; rows made before have nothing there: not answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from screening.engine import Pack, Question, QuestionType

WORD = 64
BITS = 12 * WORD
DATES = 48

Fact = tuple[str, str, str]
"""Kind, question or field, value or ''."""

LAST_SESSION: Fact = ("plan", "last_session.date", "")
LAST_DAY: Fact = ("date", "", "last_session.date")
"""Of the plan, not of a question: no question has an empty id."""

SAID = ("anaesthetic_planned", "test_patch_ok", "parental_consent")
CHOSEN = ("modality", "last_session.modality")


class NoRoom(ValueError):
    """A row of facts has no place left for what a pack asks."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Slots:
    """The place of every fact known so far, bits and dates numbered apart."""

    places: Mapping[Fact, int]

    def __getitem__(self, fact: Fact) -> int:
        return self.places[fact]

    def lacking(self, pack: Pack) -> list[Fact]:
        """What a pack can tell that has no place yet."""
        return [fact for fact in facts_of_pack(pack) if fact not in self.places]

    def lacks(self, pack: Pack) -> bool:
        """Whether something that a pack can tell has no place; asked once for each pack."""
        return _lacks(self, pack)

    def with_room_for(self, pack: Pack) -> Slots:
        """These places and one for everything else that the pack can tell.

        Raises NoRoom, naming the pack, when the row is full.
        """
        places = dict(self.places)
        taken = {dated: _next(places, dated=dated) for dated in (False, True)}
        for fact in self.lacking(pack):
            dated = fact[0] == "date"
            if taken[dated] >= (DATES if dated else BITS):
                what = "dates" if dated else "options"
                raise NoRoom(f"{pack.id} asks for more {what} than a row of facts can hold")
            places[fact] = taken[dated]
            taken[dated] += 1
        return Slots(places=places)


@lru_cache(maxsize=64)
def _lacks(slots: Slots, pack: Pack) -> bool:
    return bool(slots.lacking(pack))


NONE = Slots(places={})


def facts_of_pack(pack: Pack) -> Iterator[Fact]:
    """Everything that a row may say under a pack, in the order of the pack."""
    yield LAST_SESSION
    yield LAST_DAY
    yield from (("plan", name, "") for name in SAID)
    yield from (("plan", name, value) for name in CHOSEN for value in pack.modalities)
    yield from (("plan", "areas", value) for value in pack.areas)
    for question in pack.questions:
        yield from facts_of_question(question)


def facts_of_question(question: Question) -> Iterator[Fact]:
    """Everything that a row may say about one question."""
    yield ("answered", question.id, "")
    yield from (("option", question.id, option.value) for option in question.options)
    if question.type is QuestionType.TEXT:
        yield ("text", question.id, "")
    if question.type is QuestionType.DATE:
        yield ("date", question.id, "")
    if question.type is QuestionType.MULTI_CHOICE_DATED:
        yield from (("date", question.id, option.value) for option in question.options)


def columns() -> list[str]:
    """The columns of bits and of dates, in their order."""
    return [f"b{n}" for n in range(BITS // WORD)] + [f"d{n}" for n in range(DATES)]


def words(places: Iterable[int]) -> dict[int, int]:
    """Places of bits as one signed 64-bit mask for each column that holds some of them."""
    masks: dict[int, int] = {}
    for place in places:
        masks[place // WORD] = masks.get(place // WORD, 0) | 1 << place % WORD
    return {word: mask - (mask >> WORD - 1 << WORD) for word, mask in sorted(masks.items())}


def _next(places: Mapping[Fact, int], *, dated: bool) -> int:
    of_kind = (place for fact, place in places.items() if (fact[0] == "date") is dated)
    return max(of_kind, default=-1) + 1
