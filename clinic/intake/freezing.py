"""What is kept of a finished questionnaire: the answers that count, and the words each was seen in.

Pure. A wording entry, one per question shown, in the order of asking:

    {"id", "section", "text", "help", "options": {value: label}, "none": label or ""}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from screening.engine import (
    Assumed,
    Pack,
    Question,
    QuestionType,
    read_period,
    visible_questions,
)

Wording = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A question as it was asked, and its answer in words ("" where there is none).

    `taken` says what each uncertain date in it was taken as.
    """

    id: str
    section: str
    text: str
    answer: str
    taken: tuple[str, ...] = ()


def freeze(pack: Pack, answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[Wording]]:
    """The answers to the questions that these answers show, and how each was worded."""
    shown = visible_questions(pack, answers)
    kept = {q.id: answers[q.id] for q in shown if q.id in answers}
    return kept, [wording_of(question) for question in shown]


def wording_of(question: Question) -> Wording:
    """One question as it is shown."""
    return {
        "id": question.id,
        "section": question.section,
        "text": question.text,
        "help": question.help,
        "options": {option.value: option.label for option in question.options},
        "none": question.none_label,
    }


def in_words(wording: Wording, answer: Any) -> str:
    """An answer as a person would say it: labels for choices, dates as 3 June 2026."""
    if answer is None:
        return ""
    options: Mapping[str, str] = wording["options"]
    if isinstance(answer, Mapping):
        ticked = [_dated(options[value], day) for value, day in answer.items()]
        return "; ".join(ticked) or str(wording["none"])
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        return "; ".join(options[value] for value in answer) or str(wording["none"])
    return options.get(answer) or date_in_words(answer) or str(answer)


def shown(
    wordings: Sequence[Wording], answers: Mapping[str, Any], assumed: Sequence[Assumed] = ()
) -> list[Shown]:
    """Every question of `wordings` with its answer in words, and the days that were assumed."""
    return [
        Shown(
            id=wording["id"],
            section=wording["section"],
            text=wording["text"],
            answer=in_words(wording, answers.get(wording["id"])),
            taken=taken_as(wording, answers.get(wording["id"]), assumed),
        )
        for wording in wordings
    ]


def is_list(question: Question) -> bool:
    """Whether several options may be ticked."""
    return question.type in (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)


def taken_as(wording: Wording, answer: Any, assumed: Sequence[Assumed]) -> tuple[str, ...]:
    """What the uncertain dates of one answer were taken as, each with its option if there are
    several."""
    several = isinstance(answer, Mapping) and len(answer) > 1
    told = []
    for one in assumed:
        if one.question == wording["id"]:
            words = _("taken as %(day)s") % {"day": date_format(one.day, "j F Y")}
            label = wording["options"][one.option] if several else ""
            told.append(f"{label}: {words}" if label else words)
    return tuple(told)


def date_in_words(answer: Any) -> str:
    """A date as a person would say it, whole or known in part; "" for what is none."""
    period = read_period(answer)
    if period is None:
        return ""
    match period.said_as:
        case "month":
            return date_format(period.first, "F Y")
        case "year":
            return f"{period.first.year:04}"
        case "span":
            same = period.first.year == period.last.year
            return _("between %(first)s and %(last)s") % {
                "first": date_format(period.first, "j F" if same else "j F Y"),
                "last": date_format(period.last, "j F Y"),
            }
    return date_format(period.first, "j F Y")


def _dated(label: str, day: str | None) -> str:
    if not day:
        return label
    return _("%(what)s (%(day)s)") % {"what": label, "day": date_in_words(day) or day}
