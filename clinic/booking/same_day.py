"""What is asked afresh on the day of the treatment. Pure.

`rules.json`, semantics.answer_validity (policy): on every treatment day ask again about pregnancy,
cold sore, infection, sun, new medicines and allergies; any change runs all the rules again.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Said(StrEnum):
    """The three answers. Only "no" means that nothing is new."""

    NO = "no"
    YES = "yes"
    NOT_SURE = "not_sure"


SAID_WORDS: Final[dict[Said, "_StrPromise"]] = {
    Said.NO: _("No"),
    Said.YES: _("Yes"),
    Said.NOT_SURE: _("Not sure"),
}

QUESTIONS: Final[dict[str, "_StrPromise"]] = {
    "changed": _("Has anything about your health changed since you answered our questions?"),
    "pregnancy": _("Are you pregnant, or could you be?"),
    "cold_sore": _("Do you have a cold sore now, or did you have one in the last 2 weeks?"),
    "infection": _("Do you have an infection, a fever, or sore or broken skin in the area?"),
    "sun": _("Has the area been in strong sun, on a sunbed or under fake tan since you answered?"),
    "medicines": _("Have you started or changed any medicine or skin product since you answered?"),
    "allergies": _("Have you had any new allergy or rash since you answered?"),
}

SHORT: Final[dict[str, "_StrPromise"]] = {
    "changed": _("Something has changed"),
    "pregnancy": _("Pregnancy"),
    "cold_sore": _("Cold sore"),
    "infection": _("Infection or sore skin"),
    "sun": _("Sun"),
    "medicines": _("Medicines or skin products"),
    "allergies": _("Allergy or rash"),
}


def read(answers: Mapping[str, str]) -> dict[str, Said]:
    """The answers, one for every question.

    Raises ValueError when one is missing, unknown or unreadable: a blank is never "no".
    """
    if set(answers) != set(QUESTIONS):
        raise ValueError("every question of the day has one answer")
    return {name: Said(answers[name]) for name in QUESTIONS}


def told(answers: Mapping[str, Said]) -> dict[str, Said]:
    """What was not "no", in the order of asking."""
    return {name: answers[name] for name in QUESTIONS if answers[name] is not Said.NO}


def nothing_new(answers: Mapping[str, Said]) -> bool:
    """Whether every question was answered, and with "no"."""
    return set(answers) == set(QUESTIONS) and all(said is Said.NO for said in answers.values())
