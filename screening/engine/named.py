"""What people wrote in their own words, held against what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from .answers import Question, QuestionType
from .authority import authority_over
from .case import Case
from .compile import Test, compile_condition
from .conditions import Condition
from .filling import fill
from .lexicon import Entry, Lexicon
from .noticed import FurtherHit, Named, answer_in_words, further_hit
from .reader import options_meant
from .recognise import LONGEST_READ, Seen, recognise
from .rules import Pack

MOST_NAMED = 20


def named_in_texts(
    pack: Pack, lexicon: Lexicon, case: Case, answers: Mapping[str, object]
) -> Iterator[FurtherHit]:
    """One finding for each text that names something its answers do not already say.

    Read is what was stored, even where it cannot count as an answer: nothing that somebody
    wrote is passed over, except a text that nobody has to read.
    """

    def holds(condition: Condition) -> bool:
        return _test(condition)(case) is True

    for question in _texts(pack):
        raw = answers.get(question.id)
        if not isinstance(raw, str) or options_meant(raw, pack, holds) is not None:
            continue
        if case.answers[question.id] is not None:
            unsaid = [seen for seen in recognise(lexicon, raw) if not _said(seen, case)]
            cut = len(raw) > LONGEST_READ
            if unsaid or cut:
                yield _hit(pack, lexicon, question, case, unsaid, cut=cut)


@lru_cache(maxsize=64)
def _texts(pack: Pack) -> tuple[Question, ...]:
    return tuple(question for question in pack.questions if question.type is QuestionType.TEXT)


def _said(seen: Seen, case: Case) -> bool:
    said_by = seen.entry.said_by
    return said_by is not None and _test(said_by)(case) is True


@lru_cache(maxsize=1024)
def _test(condition: Condition) -> Test:
    return compile_condition(condition)


def _hit(
    pack: Pack, lexicon: Lexicon, question: Question, case: Case, unsaid: list[Seen], *, cut: bool
) -> FurtherHit:
    entries = [seen.entry for seen in unsaid]
    named = tuple(_named(pack, seen, case) for seen in unsaid[:MOST_NAMED])
    words = ", ".join(f"“{one.quote}”" for one in named) or lexicon.long_text
    wording = replace(
        lexicon.wording,
        told=fill(lexicon.wording.told, words=words),
        rationale="\n".join(_lines(lexicon, named, len(unsaid), cut=cut)),
        sources=_each(chain(lexicon.wording.sources, *(entry.sources for entry in entries))),
    )
    return further_hit(
        f"named_in_{question.id}",
        "named",
        wording,
        questions=_each(
            (question.id, *(name for entry in entries for name in _asked(entry, case)))
        ),
        named=named,
        override=authority_over(pack, entries),
    )


def _named(pack: Pack, seen: Seen, case: Case) -> Named:
    asked = [pack.question_by_id[name] for name in _asked(seen.entry, case)]
    return Named(
        quote=seen.quote,
        name=seen.entry.name,
        rule=seen.entry.category,
        answered=tuple((q.text, answer_in_words(q, case.answers[q.id])) for q in asked),
    )


def _asked(entry: Entry, case: Case) -> list[str]:
    """The questions about it that were shown."""
    return [name for name in entry.asked_in if case.answers[name] is not None]


def _lines(lexicon: Lexicon, named: tuple[Named, ...], count: int, *, cut: bool) -> Iterator[str]:
    for one in named:
        looks = fill(lexicon.wording.rationale, quote=one.quote, name=one.name)
        asked = (fill(lexicon.answered, question=q, answer=a) for q, a in one.answered)
        yield " ".join((looks, *asked))
    if count > len(named):
        yield fill(lexicon.more, count=str(count - len(named)))
    if cut:
        yield lexicon.too_long


def _each(names: Iterable[str]) -> tuple[str, ...]:
    """Every name once, in the order of its first place."""
    return tuple(dict.fromkeys(names))
