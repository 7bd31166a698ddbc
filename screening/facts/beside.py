"""Whether something else may be noticed beside the rules, as SQL over a row of facts.

Contradictions are computed; of free text a row says only whether there is some, and of the time
that a form took nothing, so that all whom a change might touch are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from screening.engine import Pack, Question, QuestionType
from screening.engine.checks import Checks, Haste, Period
from screening.engine.contradictions import BEFORE_BIRTH
from screening.engine.lexicon import Lexicon

from .logic import FALSE, TRUE, Test, all_of, any_of, held, negated, unequal
from .reading import Reader

MOST_DAYS, MOST_MONTHS = 800_000, 26_000
"""Longer than all of the calendar, and yet within PostgreSQL's."""


def other_beside(before: Reader, now: Reader) -> Test:
    """Whether a further finding may come or go."""
    old, new = (_contradictions(reader) for reader in (before, now))
    names = dict.fromkeys(chain(old, new))
    contradicted = (unequal(old.get(name, FALSE), new.get(name, FALSE)) for name in names)
    return any_of([*contradicted, _other_words(before, now), _other_haste(before, now)])


# --- contradictions --------------------------------------------------------------------------


def _contradictions(reader: Reader) -> Mapping[str, Test]:
    checks = reader.pack.checks or Checks()
    found = {check.id: reader.test(check.when) for check in checks.contradictions}
    if checks.before_birth is not None:
        found[BEFORE_BIRTH] = _before_birth(reader)
    if checks.outside_period is not None:
        found |= {period.id: _outside(reader, period) for period in checks.periods}
    return found


def _before_birth(reader: Reader) -> Test:
    birth = reader.pack.birth_question
    if birth is None:
        return FALSE
    born = f"d{reader.slots['date', birth.id, '']}"
    return any_of(
        all_of([f"COALESCE({day} < {born}, FALSE)", reader.counts(question.id)])
        for question in reader.pack.questions
        for _, day in _days(reader, question)
        if day != born
    )


def _outside(reader: Reader, period: Period) -> Test:
    question = reader.pack.question_by_id[period.question]
    bound = _first_day(period)
    early = any_of(
        f"COALESCE({day} < {bound}, FALSE)"
        for option, day in _days(reader, question)
        if not period.options or option in period.options
    )
    return all_of([early, reader.counts(question.id)])


def _first_day(period: Period) -> str:
    reach, grace = period.reach, min(period.grace_days, MOST_DAYS)
    if reach is None:
        return f"(assessed_on - {grace:d})"
    if reach.days is not None:
        return f"(assessed_on - {min(reach.days + grace, MOST_DAYS):d})"
    months = f"(assessed_on - INTERVAL '{min(reach.months or 0, MOST_MONTHS):d} months')::date"
    return f"({months} - {grace:d})"


def _days(reader: Reader, question: Question) -> Iterator[tuple[str, str]]:
    """The columns of its dates, each with its option ("" for a date question)."""
    if question.type is QuestionType.DATE:
        yield "", f"d{reader.slots['date', question.id, '']}"
    if question.type is QuestionType.MULTI_CHOICE_DATED:
        for option in question.options:
            yield option.value, f"d{reader.slots['date', question.id, option.value]}"


# --- words -----------------------------------------------------------------------------------


def _other_words(before: Reader, now: Reader) -> Test:
    old, new = before.pack.lexicon, now.pack.lexicon
    texts = [_texts(reader) if reader.pack.lexicon else {} for reader in (before, now)]
    if old and new and _reads_words(before, old) == _reads_words(now, new):
        names = dict.fromkeys(chain(*texts))
        return any_of(unequal(*(text.get(name, FALSE) for text in texts)) for name in names)
    return any_of(test for text in texts for test in text.values())


def _texts(reader: Reader) -> dict[str, Test]:
    """Whether each free text says something."""
    return {
        question.id: all_of(
            [held([reader.slots["text", question.id, ""]]), reader.counts(question.id)]
        )
        for question in reader.pack.questions
        if question.type is QuestionType.TEXT
    }


def _reads_words(reader: Reader, lexicon: Lexicon) -> object:
    """What decides whether words are noticed; not what is then said."""
    entries = {
        (entry.terms, reader.test(entry.said_by) if entry.said_by else FALSE)
        for entry in lexicon.entries
    }
    return entries, frozenset(lexicon.ordinary)


# --- haste -----------------------------------------------------------------------------------


def _other_haste(before: Reader, now: Reader) -> Test:
    old, new = (_haste(reader.pack) for reader in (before, now))
    if old is None or new is None:
        return FALSE if old is new else TRUE
    if _pace(old) != _pace(new):
        return TRUE
    places = [_sections(reader.pack) for reader in (before, now)]
    return any_of(_counts_otherwise(q, before, now, places) for q in before.pack.questions)


def _haste(pack: Pack) -> Haste | None:
    return pack.checks.haste if pack.checks else None


def _pace(haste: Haste) -> object:
    return haste.least_questions, dict(haste.seconds_per_question)


def _sections(pack: Pack) -> dict[str, str]:
    return {q.id: name for name, section in pack.sections.items() for q in section.questions}


def _counts_otherwise(
    question: Question, before: Reader, now: Reader, places: list[dict[str, str]]
) -> Test:
    """Whether an answer given counts among those of a section under one pack alone.

    One that was not given is no matter here: where it is asked now, the row cannot be read.
    """
    answered = before.answered(question.id)
    same = now.pack.question_by_id.get(question.id)
    if same is None or places[0][question.id] != places[1][question.id]:
        return answered
    return all_of([answered, negated(now.counts(question.id))])
