"""Who decides about recognised words is who decides about what they name."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest

from screening.engine import Pack, assess, evaluate, visible_questions
from screening.engine.answers import Question, QuestionType
from screening.engine.authority import authority_over, strictness
from screening.engine.conditions import questions_read
from screening.engine.lexicon import Entry
from screening.packs import pack_from
from tests.screening.cases import answers_with, context_with, pack, tables

AS = {"warfarin": "any", "diabetes": "good", "isotretinoin": "taking_now"}


@cache
def changed() -> Pack:
    """The newest pack, in which some entries name the outcome that they come to."""
    made: dict[str, Any] = copy.deepcopy(tables())
    for one in made["lexicon"]["entry"]:
        if one["id"] in AS:
            one["as_outcome"] = AS[one["id"]]
    return pack_from(made)


def entry(name: str, rules: Pack) -> Entry:
    assert rules.lexicon is not None
    return next(one for one in rules.lexicon.entries if one.id == name)


def who(text: str) -> str | None:
    (hit,) = assess(changed(), context_with(), answers_with({"other_medicines": text})).further
    assert hit.reading
    return hit.override.by


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("warfrin 3 mg", "prescriber"),
        ("metformin", "practitioner"),
        ("roacutane", None),
        ("metformin and warfarin", "prescriber"),
        ("warfarin, roacutane, metformin", None),
    ],
)
def test_of_several_words_the_strictest_counts(text: str, by: str | None) -> None:
    assert who(text) == by


def test_without_an_outcome_it_is_the_strictest_of_the_rule() -> None:
    rules = changed()
    for one in (entry("pregnancy", rules), entry("cancer", rules)):
        outcomes = rules.rule_by_code[one.category].outcomes
        strictest = max(strictness(outcome.override) for outcome in outcomes)
        assert strictness(authority_over(rules, [one])) == strictest


def test_what_names_nothing_is_decided_by_a_practitioner() -> None:
    (hit,) = assess(pack(), context_with(), answers_with({"other_health": "word " * 5_000})).further
    assert hit.override.by == "practitioner"
    assert not hit.reading


def _answers_to(question: Question) -> Sequence[object]:
    """Every answer to a choice, each single tick of a list, a recent day for a date."""
    if question.type in (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE):
        return sorted(question.values)
    if question.type is QuestionType.MULTI_CHOICE:
        return [[value] for value in sorted(question.values)]
    if question.type is QuestionType.MULTI_CHOICE_DATED:
        return [{value: "2026-05-25"} for value in sorted(question.values)]
    return ["2026-05-25"]


def _ticked(one: Entry, rules: Pack) -> Iterator[dict[str, Any]]:
    """Every way to answer the questions that already say what an entry names, with what these
    answers ask next: beside them the words raise nothing more."""
    assert one.said_by is not None
    asked = [rules.question_by_id[name] for name in sorted(questions_read(one.said_by))]
    for chosen in product(*map(_answers_to, asked)):
        given = answers_with(dict(zip([q.id for q in asked], chosen, strict=True)))
        for filled in _followed_up(given, rules):
            made = assess(rules, context_with(), {**filled, "other_health": one.terms[0]})
            if one.name not in [told.name for hit in made.further for told in hit.named]:
                yield filled


def _followed_up(given: Mapping[str, Any], rules: Pack) -> Iterator[dict[str, Any]]:
    lost = [q for q in visible_questions(rules, given) if q.id not in given]
    for chosen in product(*map(_answers_to, lost)):
        yield {**given, **dict(zip([q.id for q in lost], chosen, strict=True))}


def _hits(answers: Mapping[str, Any], one: Entry, rules: Pack) -> list[int]:
    found = evaluate(rules, context_with(), answers).hits
    return [strictness(hit.override) for hit in found if hit.code == one.category]


def _asked_about() -> list[Entry]:
    lexicon = pack().lexicon
    assert lexicon is not None
    return [one for one in lexicon.entries if one.said_by is not None]


@pytest.mark.parametrize("one", _asked_about(), ids=lambda one: one.id)
def test_no_words_are_decided_with_less_authority_than_an_honest_tick_of_the_same(
    one: Entry,
) -> None:
    """Of all honest answers that say what an entry names, the one that most people may decide
    about is never stricter than the words."""
    honest = [least for given in _ticked(one, pack()) for least in _hits(given, one, pack())]
    words = strictness(authority_over(pack(), [one]))
    assert not honest or words >= min(honest)
    if one.as_outcome:
        outcome = next(
            o for o in pack().rule_by_code[one.category].outcomes if o.id == one.as_outcome
        )
        assert words == strictness(outcome.override)


def test_warfarin_beside_no_blood_thinners_is_decided_as_its_tick_is() -> None:
    typed = assess(pack(), context_with(), answers_with({"other_medicines": "warfrin 3 mg"}))
    ticked = evaluate(
        pack(),
        context_with(),
        answers_with({"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]}),
    )
    (hit,) = typed.further
    (honest,) = [one for one in ticked.hits if one.code == "blood_thinners"]
    assert hit.override == honest.override
