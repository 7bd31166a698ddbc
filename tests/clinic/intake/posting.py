"""From an answer as stored to what a browser sends, written apart from the forms."""

from collections.abc import Mapping
from typing import Any

from screening.engine import Question, QuestionType

Posted = dict[str, Any]


def posted(question: Question, answer: Any) -> Posted:
    """What a browser sends for one answer; nothing for None."""
    if answer is None:
        return {}
    match question.type:
        case QuestionType.MULTI_CHOICE:
            return {question.id: answer or ["none"]}
        case QuestionType.MULTI_CHOICE_DATED:
            if not answer:
                return {f"{question.id}__none": "on"}
            sent: Posted = {}
            for option, day in answer.items():
                sent[f"{question.id}__{option}"] = "on"
                sent[f"{question.id}__{option}__date"] = day or ""
            return sent
    return {question.id: answer}


def posted_section(questions: tuple[Question, ...], answers: Mapping[str, Any]) -> Posted:
    """A whole section as a browser sends it."""
    sent: Posted = {}
    for question in questions:
        sent |= posted(question, answers.get(question.id))
    return sent
