"""Questions whose truth moves with time: "in the last 7 days", "now", "will you be".

What was true of them when it was told says nothing of today, so that no earlier answer stands for
them. It is read off the question's own words: whoever writes a new one need not think of it. A date
stays true, however long ago it was told; the question that it follows from is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .answers import Question, QuestionType
from .conditions import questions_read
from .rules import Pack

_SPAN = re.compile(
    r"\b(?:last|past|next|coming|previous|within)\s+(?:the\s+)?(?:\w+\s+){0,2}"
    r"(?:hours?|days?|weeks?|fortnight|months?|years?)\b"
    r"|\b(?:hours?|days?|weeks?|months?|years?)\s+(?:ago|after treatment|before treatment)\b"
    r"|\b(?:now|today|tonight|yesterday|tomorrow|currently|at present|at the moment|right now"
    r"|these days|recent|recently|lately|this treatment)\b"
    r"|\b(?:will|could|might)\s+(?:you|anyone)\b"
    r"|\b(?:are|is)\s+(?:you|anyone)\s+\w+ing\b",
    re.IGNORECASE,
)


def moves_with_time(question: Question) -> bool:
    """Whether an answer given earlier says nothing of today."""
    if question.type is QuestionType.DATE:
        return False
    return _SPAN.search(f"{question.text} {question.help}") is not None


@lru_cache(maxsize=16)
def moving(pack: Pack) -> frozenset[str]:
    """The questions of a pack that move with time, and what follows from them."""
    found = {question.id for question in pack.questions if moves_with_time(question)}
    return frozenset(found | with_follow_ups(pack, found))


def with_follow_ups(pack: Pack, names: Iterable[str]) -> frozenset[str]:
    """These questions and all that their answers can bring up."""
    found = set(names)
    for _ in pack.questions:
        more = {
            question.id
            for question in pack.questions
            if question.show_when is not None and questions_read(question.show_when) & found
        }
        if more <= found:
            break
        found |= more
    return frozenset(found)
