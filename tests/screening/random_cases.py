"""Random clients: mostly healthy, some very ill, some with answers that are no answers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from screening.engine import Question, QuestionType
from tests.screening.cases import BASELINE_ANSWERS, pack
from tests.screening.random_contexts import random_context

__all__ = ["periods_with", "random_answers", "random_context"]

JUNK: tuple[Any, ...] = (
    None,
    "",
    "maybe",
    7,
    True,
    [],
    {},
    ["x"],
    ["none", "statin"],
    {"x": "2026-01-01"},
    "2026-13-01",
    "2026-13",
    "2026-3",
    "2026-05-03/",
    "2026-05-03/2026-05-02",
    "1800",
)
LONGEST = 420
TEXTS = (
    *("none", "No.", " N/A ", "nothing..", "nil", "none taken", "-", "no medication"),
    *("vitamin D", "no allergies", "sertraline 50 mg", "Cetirizine for hay fever, and the pill."),
    *("levothyroxine", "blood pressure tablets", "my ventolin inhaler as needed", "no sertraline"),
    *("omeprazole + ibuprofen", "allergic to paracetamol", "hay fever", "warfarin"),
)


def random_answers(
    rng: random.Random,
    context: dict[str, Any],
    *,
    wild: float = 0.03,
    ill: float | None = None,
    vague: float = 0.3,
) -> dict[str, Any]:
    """Answers of someone: ``ill`` is how often an answer is not the harmless one, ``wild`` how
    often it is missing or none at all, ``vague`` how often a date is known in part."""
    given = date.fromisoformat(context["assessment_date"])
    ill = rng.choice([0.02, 0.1, 0.5]) if ill is None else ill
    answers: dict[str, Any] = {}
    for question in pack().questions:
        if rng.random() < wild:
            if rng.random() < 0.5:
                answers[question.id] = rng.choice(JUNK)
            continue
        harmless = BASELINE_ANSWERS.get(question.id)
        if harmless is not None and rng.random() >= ill:
            answers[question.id] = harmless
        else:
            answers[question.id] = _answer(rng, question, given, vague)
    return answers


def _answer(rng: random.Random, question: Question, given: date, vague: float) -> Any:
    values = [option.value for option in question.options]
    match question.type:
        case QuestionType.MULTI_CHOICE:
            least = 0 if question.allow_empty else 1
            ticked = rng.sample(values, rng.randint(least, min(3, len(values))))
            alone = [value for value in ticked if value in question.exclusive]
            return alone[:1] or ticked
        case QuestionType.MULTI_CHOICE_DATED:
            ticked = rng.sample(values, rng.randint(0, 2))
            return {value: _told(rng, given, vague) for value in ticked}
        case QuestionType.DATE:
            if question.birth_date:
                years = rng.choice([17, 18, 21, 22, 40, 60, 79, 80, 81, 109, 110, 111])
                return (given - timedelta(round(365.25 * years) - rng.randint(-40, 40))).isoformat()
            if question.allow_future and rng.random() < 0.6:
                return (given + timedelta(rng.choice([0, 1, 5, 13, 14, 20, 60]))).isoformat()
            return _told(rng, given, vague)
        case QuestionType.TEXT:
            return rng.choice(TEXTS)
        case _:
            return rng.choice(values)


def _told(rng: random.Random, given: date, vague: float) -> str:
    back = rng.choice([0, 1, 4, 5, 7, 13, 14, 27, 28, 29, 84, 90, 180, 183, LONGEST])
    day = given - timedelta(back)
    return rng.choice(periods_with(rng, day)) if rng.random() < vague else day.isoformat()


def periods_with(rng: random.Random, day: date) -> list[str]:
    """A day as someone says it who does not know it: its month, its year, some time around it."""
    first = day - timedelta(rng.choice([0, 1, 15, 90, 183]))
    last = day + timedelta(rng.choice([0, 0, 1, 15, 90, 183]))
    return [day.isoformat()[:7], day.isoformat()[:4], f"{first}/{last}"]
