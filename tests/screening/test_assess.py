"""What is noticed beside the rules only ever adds: the rules' own results stay as they are."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.casefile import as_json, assessed_as_json
from screening.engine import (
    Assessment,
    Conduct,
    Level,
    Pace,
    assess,
    build_pack,
    evaluate,
)
from tests.screening.cases import answers_with, context_with, pack, tables
from tests.screening.random_cases import random_answers, random_context

SEEDS = st.integers(0, 2**64)
ANY_TEXT = st.text(max_size=60) | st.sampled_from(
    ["warfarin", "no warfarin", "none", "none, except insulin", "war\u200bfarin", "\ud800", "\0"]
)
PACES = st.builds(
    Pace, seconds=st.none() | st.floats(0, 100), by=st.sampled_from(["client", "staff", ""])
)
CONDUCTS = st.none() | st.builds(
    Conduct, sections=st.dictionaries(st.sampled_from(sorted(pack().sections)), PACES)
)


def anybody(seed: int) -> tuple[Any, dict[str, Any]]:
    rng = random.Random(seed)
    context = random_context(rng)
    return read_context(context, pack()), random_answers(rng, context)


@given(seed=SEEDS, text=ANY_TEXT, conduct=CONDUCTS)
def test_it_is_never_below_what_the_rules_say(
    seed: int, text: str, conduct: Conduct | None
) -> None:
    context, answers = anybody(seed)
    answers["other_medicines"] = text
    made = assess(pack(), context, answers, conduct)
    plain = evaluate(pack(), context, answers)
    assert made.result == plain
    assert made.level == max([plain.level, *(hit.level for hit in made.further)])
    assert made.hits == plain.hits + made.further
    assert all(hit.level is Level.REVIEW for hit in made.further)
    assert all(hit.reading or hit.override.by == "practitioner" for hit in made.further)
    assert made.earliest == (None if made.further else plain.earliest)
    assert len({hit.code for hit in made.hits}) == len(made.hits)


@given(seed=SEEDS, conduct=CONDUCTS)
def test_what_was_said_is_the_same_on_any_planned_day(seed: int, conduct: Conduct | None) -> None:
    rng = random.Random(seed)
    raw = random_context(rng)
    answers = random_answers(rng, raw)
    once = assess(pack(), read_context(raw, pack()), answers, conduct)
    later = {**raw, "planned_date": "2031-03-01"}
    assert assess(pack(), read_context(later, pack()), answers, conduct).further == once.further


@given(text=ANY_TEXT)
def test_a_text_gives_at_least_what_the_rules_give_it(text: str) -> None:
    for name in ("other_medicines", "other_health"):
        answers = answers_with({name: text})
        made = assess(pack(), context_with(), answers)
        assert made.level >= evaluate(pack(), context_with(), answers).level
        if made.further:
            assert made.level >= Level.REVIEW


@given(seed=SEEDS)
def test_an_answer_that_is_worse_lifts_no_finding_that_is_not_about_it(seed: int) -> None:
    context, answers = anybody(seed)
    denied = assess(
        pack(), context, {**answers, "other_medicines": "warfarin", "blood_thinner": "no"}
    )
    assert any(hit.code == "named_in_other_medicines" for hit in denied.further)


def test_a_contradiction_is_never_clear() -> None:
    made = assess(
        pack(),
        context_with(),
        answers_with({"hair_removal": "yes", "hair_removal_date": "2020-01-01"}),
    )
    assert made.result.level is Level.CLEAR
    assert (made.level, made.earliest) == (Level.REVIEW, None)


def test_a_pack_without_lexicon_and_checks_notices_nothing() -> None:
    bare = {k: v for k, v in tables().items() if k not in ("lexicon", "checks")}
    old = build_pack(**bare)
    made = assess(old, context_with(), answers_with({"other_medicines": "warfarin"}))
    assert made.further == ()


def test_the_command_keeps_the_rules_apart() -> None:
    made = assess(pack(), context_with(), answers_with({"other_medicines": "warfarin"}))
    told = assessed_as_json(made)
    further = told.pop("further")
    assert told == as_json(made.result)
    assert isinstance(further, dict)
    assert further["level"] == "REVIEW"
    assert [hit["code"] for hit in further["hits"]] == ["named_in_other_medicines"]
    assert further["hits"][0]["named"][0]["quote"] == "warfarin"


def test_an_assessment_is_as_bad_as_its_worst_part() -> None:
    result = evaluate(pack(), context_with(), answers_with({"pregnant": "yes"}))
    noticed = assess(pack(), context_with(), answers_with({"other_health": "lupus"})).further
    assert Assessment(result=result, further=noticed).level is Level.CONTRAINDICATED
    assert Assessment(result=result).earliest == result.earliest
