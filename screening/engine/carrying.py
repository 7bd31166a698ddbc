"""Answers given under an earlier version of a pack: which of them still mean what they meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .answers import Question
from .rules import Pack


def still_mean(pack: Pack, answers: Mapping[str, object], *, given_under: str) -> dict[str, object]:
    """The answers without those whose option has another meaning since: they are asked again.

    ``given_under`` is the version of the pack under which they were given, as ``1.1.0``.
    """
    before = _version(given_under)
    return {
        name: answer
        for name, answer in answers.items()
        if name not in pack.question_by_id
        or not _changed(pack.question_by_id[name], answer, before)
    }


def _changed(question: Question, answer: object, before: tuple[int, ...]) -> bool:
    ticked: Collection[object] = [answer]
    if isinstance(answer, Collection) and not isinstance(answer, str):
        ticked = list(answer)
    return any(
        option.since and before < _version(option.since)
        for option in question.options
        if option.value in ticked
    )


def _version(text: str) -> tuple[int, ...]:
    """A version as numbers; one that is none is older than all."""
    parts = text.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
