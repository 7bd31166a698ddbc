"""From one answer to its bits and dates: worked out once for each question of a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from screening.engine import Pack, Question, QuestionType
from screening.engine.answers import Known, text_is_present
from screening.engine.program import compile_pack

from .slots import Slots


@dataclass(frozen=True, kw_only=True)
class Filler:
    """Bits as numbers with one bit set, dates by their place; what has no place is left out.

    ``options`` and ``days`` go by the value of an option, ``""`` for the question itself.
    """

    answered: int
    options: Mapping[str, int]
    text: int
    days: Mapping[str, int]

    def bits(self, value: Known) -> int:
        """The bits of an answer that counts."""
        found = self.answered
        if isinstance(value, str):
            if self.text:
                return found | self.text if text_is_present(value) else found
            return found | self.options.get(value, 0)
        if isinstance(value, frozenset | Mapping):
            for option in value:
                found |= self.options.get(option, 0)
        return found

    def fill(self, value: Known, days: list[date | None]) -> None:
        """Put its dates where they belong."""
        if not self.days:
            return
        if isinstance(value, date) and "" in self.days:
            days[self.days[""]] = value
        elif isinstance(value, Mapping):
            for option, day in value.items():
                if option in self.days:
                    days[self.days[option]] = day


@lru_cache(maxsize=64)
def fillers(pack: Pack, slots: Slots) -> tuple[Filler, ...]:
    """One for each question, in the order in which answers are read."""
    return tuple(_filler(step.question, slots) for step in compile_pack(pack).asks)


def _filler(question: Question, slots: Slots) -> Filler:
    name, places = question.id, slots.places

    def bit(kind: str, value: str = "") -> int:
        place = places.get((kind, name, value))
        return 0 if place is None else 1 << place

    dated = ["", *(option.value for option in question.options)]
    return Filler(
        answered=bit("answered"),
        options={option.value: bit("option", option.value) for option in question.options},
        text=bit("text") if question.type is QuestionType.TEXT else 0,
        days={v: places[fact] for v in dated if (fact := ("date", name, v)) in places},
    )
