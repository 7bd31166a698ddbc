"""Which rows a pack cannot read: it asks what was not answered, or reads an answer otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from screening.engine import Question

from .logic import FALSE, TRUE, Test, all_of, any_of, held, negated
from .reading import Reader


def unread(reader: Reader) -> Test:
    """Whether an answer is missing or may not be valid under the reader's pack."""
    old, new = reader.filled, reader.pack
    if old is new:
        return FALSE
    born, birth = old.birth_question, new.birth_question
    if born is None or birth is None or born.id != birth.id:
        return TRUE
    before = Reader(pack=old, slots=reader.slots, filled=old)
    tests: list[Test] = []
    for question in new.questions:
        asked = old.question_by_id.get(question.id)
        shown = reader.shown(question)
        if asked is None or _reads_otherwise(asked, question):
            tests.append(shown)
        else:
            if shown != before.shown(asked):
                answered = held([reader.slots["answered", question.id, ""]])
                tests.append(all_of([shown, negated(answered)]))
            tests += (all_of([shown, test]) for test in _no_longer_valid(asked, question, reader))
    return any_of(tests)


def _reads_otherwise(old: Question, new: Question) -> bool:
    return (old.type, old.allow_future, old.birth_date) != (
        new.type,
        new.allow_future,
        new.birth_date,
    )


def _no_longer_valid(old: Question, new: Question, reader: Reader) -> Iterator[Test]:
    slots, name = reader.slots, new.id
    yield held(slots["option", name, value] for value in old.values - new.values)
    for value in old.values & new.values:
        if new.option(value).date == "required" and old.option(value).date != "required":
            day = f"d{slots['date', name, value]}"
            yield all_of([held([slots["option", name, value]]), f"({day} IS NULL)"])
    if old.allow_empty and not new.allow_empty:
        yield negated(held(slots["option", name, value] for value in old.values))
