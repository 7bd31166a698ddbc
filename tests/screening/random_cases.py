"""Random clients: mostly healthy, some very ill, some with answers that are no answers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from screening.engine import Question, QuestionType
from tests.screening.cases import BASELINE_ANSWERS, pack

JUNK: tuple[Any, ...] = (
    None,
    "",
    "maybe",
    7,
    True,
    [],
    {},
    ["x"],
    {"x": "2026-01-01"},
    "2026-13-01",
    "2026-13",
    "2026-3",
    "2026-05-03/",
    "2026-05-03/2026-05-02",
    "1800",
)
LONGEST = 420


def random_context(rng: random.Random) -> dict[str, Any]:
    """A plan of any kind; some leave out what they may."""
    assessed = date(2024, 1, 15) + timedelta(rng.randrange(1200))
    context: dict[str, Any] = {
        "assessment_date": assessed.isoformat(),
        "modality": rng.choice(pack().modalities),
        "depth_mm": rng.choice([0.25, 0.5, 0.9, 1.0, 1.4, 1.5, 1.6, 2.0, 2.1, 2.5, 2.6]),
        "areas": rng.sample(pack().areas[:14], rng.randint(1, 3)),
        "planned_date": (assessed + timedelta(rng.choice([0, 1, 5, 14, 28, 60, 200]))).isoformat(),
        "anaesthetic_planned": rng.choice([True, False, False]),
        "test_patch_ok": rng.random() < 0.3,
        "parental_consent": rng.random() < 0.1,
        "last_session": None,
    }
    if rng.random() < 0.3:
        context["last_session"] = {
            "date": (assessed - timedelta(rng.randrange(60))).isoformat(),
            "modality": rng.choice([*pack().modalities, None]),
            "depth_mm": rng.choice([0.5, 1.5, None]),
        }
    if rng.random() < 0.1:
        context["areas"].append("eyelid")
    if rng.random() < 0.05:
        context["anaesthetic_planned"] = None
    return context


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
            return rng.sample(values, rng.randint(0, min(3, len(values))))
        case QuestionType.MULTI_CHOICE_DATED:
            ticked = rng.sample(values, rng.randint(0, 2))
            return {value: _told(rng, given, vague) for value in ticked}
        case QuestionType.DATE:
            if question.birth_date:
                years = rng.choice([17, 18, 21, 22, 40])
                return (given - timedelta(round(365.25 * years) - rng.randint(-40, 40))).isoformat()
            return _told(rng, given, vague)
        case QuestionType.TEXT:
            return rng.choice(["none", "No.", " N/A ", "vitamin D", "nothing..", "no allergies"])
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
