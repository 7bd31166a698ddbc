"""Made-up submissions: most people well, some with a few things to tell. The same for a number."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from screening.engine import Context, LastSession, Pack, Question, QuestionType
from screening.engine.conditions import Ask

CASES = Path(__file__).resolve().parents[1] / "tests" / "screening" / "vignettes.json"
HEALTHY: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8"))["baseline_answers"]
TEXTS = ("vitamin D", "the pill", "hay fever tablets in spring", "None.", "n/a", "levothyroxine")
DAYS = (1, 3, 6, 7, 12, 20, 27, 30, 55, 85, 120, 170, 181, 200, 300, 400)
DEPTHS = (0.25, 0.5, 0.5, 0.5, 1.0, 1.0, 1.5, 2.0)


@dataclass(frozen=True)
class People:
    """Clients of a clinic that asks what a pack asks."""

    pack: Pack

    @cached_property
    def asked(self) -> list[Question]:
        """What everybody is asked, but for the date of birth."""
        return [q for q in self.pack.questions if q.show_when is None and not q.birth_date]

    @cached_property
    def follow_ups(self) -> dict[str, list[Question]]:
        """What an answer may lead to."""
        found: dict[str, list[Question]] = {}
        for question in self.pack.questions:
            if isinstance(question.show_when, Ask):
                found.setdefault(question.show_when.question, []).append(question)
        return found

    def submission(self, number: int) -> tuple[Context, dict[str, Any]]:
        """The plan and the answers of one person."""
        rng = random.Random(number)
        given = date(2025, 1, 1) + timedelta(rng.randrange(700))
        context = Context(
            assessment_date=given,
            planned_date=given + timedelta(rng.choice((0, 0, 3, 7, 14, 21, 28, 45))),
            modality=rng.choice(self.pack.modalities),
            depth_mm=rng.choice(DEPTHS),
            areas=tuple(rng.sample(self.pack.areas[:12], rng.randint(1, 3))),
            anaesthetic_planned=rng.random() < 0.4,
            test_patch_ok=rng.random() < 0.2,
            last_session=self.last_session(rng, given),
        )
        return context, self.answers(rng, given)

    def last_session(self, rng: random.Random, given: date) -> LastSession | None:
        if rng.random() < 0.6:
            return None
        day = given - timedelta(rng.randrange(10, 200))
        modality = rng.choice(self.pack.modalities)
        return LastSession(date=day, modality=modality, depth_mm=rng.choice(DEPTHS))

    def answers(self, rng: random.Random, given: date) -> dict[str, Any]:
        """Nearly all answers harmless; a third has nothing at all to tell."""
        told = dict(HEALTHY)
        years = rng.choice((17, 18, 20, 21, 22, 24, *range(25, 70)))
        told["dob"] = (given - timedelta(round(365.25 * years) + rng.randrange(365))).isoformat()
        for question in rng.sample(self.asked, rng.choice((0, 0, 1, 1, 2, 4))):
            told[question.id] = self.answer(rng, question, given)
            for follow_up in self.follow_ups.get(question.id, ()):
                if shown(follow_up, told[question.id]):
                    told[follow_up.id] = self.answer(rng, follow_up, given)
        return told

    def answer(self, rng: random.Random, question: Question, given: date) -> Any:
        values = [option.value for option in question.options]
        match question.type:
            case QuestionType.MULTI_CHOICE:
                return rng.sample(values, rng.randint(1, min(2, len(values))))
            case QuestionType.MULTI_CHOICE_DATED:
                return {value: past(rng, given) for value in rng.sample(values, 1)}
            case QuestionType.DATE if question.allow_future:
                return (given + timedelta(rng.randrange(30))).isoformat()
            case QuestionType.DATE:
                return past(rng, given)
            case QuestionType.TEXT:
                return rng.choice(TEXTS)
            case _:
                return rng.choice(values)

    def everybody(self, first: int, last: int) -> Iterator[tuple[int, Context, dict[str, Any]]]:
        """All of them from one number to before another."""
        for number in range(first, last):
            yield (number, *self.submission(number))


def shown(question: Question, answer: Any) -> bool:
    """Whether an answer leads to a question."""
    when = question.show_when
    if not isinstance(when, Ask):
        return True
    return bool(answer) if when.op == "not_empty" else answer in when.values


def past(rng: random.Random, given: date) -> str:
    return (given - timedelta(rng.choice(DAYS))).isoformat()
