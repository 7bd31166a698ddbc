"""How far a questionnaire is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from clinic.intake.freezing import in_words, wording_of
from screening.engine import Pack, Problem, Question, read_answer, visible_questions


@dataclass(frozen=True, kw_only=True)
class Line:
    """One shown question with its answer in words; "" where there is none that counts."""

    id: str
    text: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section: its number from 1, its shown questions, and how many have an answer."""

    id: str
    title: str
    number: int
    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[Line, ...]:
        """The shown questions without an answer that counts."""
        return tuple(line for line in self.lines if not line.answer)

    @property
    def state(self) -> Literal["done", "begun", "empty"]:
        """Whether all, some or none of its questions are answered."""
        if not self.missing:
            return "done"
        return "empty" if len(self.missing) == len(self.lines) else "begun"


def parts(pack: Pack, answers: Mapping[str, Any], *, given_on: date) -> list[Part]:
    """Every section in the order of asking, for these answers."""
    shown = visible_questions(pack, answers)
    return [
        Part(
            id=section.id,
            title=section.title,
            number=number,
            lines=tuple(
                _line(question, answers, given_on)
                for question in shown
                if question.section == section.id
            ),
        )
        for number, section in enumerate(pack.sections.values(), 1)
    ]


def next_part(found: list[Part]) -> Part | None:
    """The first section with something left to answer; None when all is answered."""
    return next((part for part in found if part.missing), None)


def neighbours(pack: Pack, section_id: str) -> tuple[str | None, str | None]:
    """The sections before and after one; None at either end."""
    order = list(pack.sections)
    at = order.index(section_id)
    return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)


def _line(question: Question, answers: Mapping[str, Any], given_on: date) -> Line:
    raw = answers.get(question.id)
    counts = not isinstance(read_answer(question, raw, given_on=given_on), Problem)
    words = in_words(wording_of(question), raw) if counts else ""
    return Line(id=question.id, text=question.text, answer=words)
