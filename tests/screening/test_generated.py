"""The generated functions say what the plain evaluator says, or nothing at all."""

from __future__ import annotations

import ast
import copy
import random
import re
from dataclasses import replace
from datetime import timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.case_context import read_context
from screening.engine import Context, Pack, build_pack, evaluate, evaluate_on_days
from screening.engine.evaluate import evaluate_generated, evaluate_plain
from screening.engine.generate import generate
from screening.engine.program import compile_pack
from screening.engine.sheet import read_sheet
from tests.screening.amounts import cases
from tests.screening.cases import (
    BASELINE_ANSWERS,
    VIGNETTES,
    answers_with,
    context_with,
    pack,
    raw_context,
    tables,
    without_policy,
)
from tests.screening.random_cases import JUNK, random_answers, random_context
from tests.screening.random_packs import random_pack

MANY = cases(3000)
SEEDS = st.integers(0, 2**48)
ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=()), max_size=9)
    | st.sampled_from(["yes", "no", "none", "2026-05-01", " ", ".", "No.", "\0", "\u200b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def both_agree(screened: Pack, context: Context, answers: dict[str, Any]) -> bool:
    """Assert it; whether the generated functions judged the case themselves."""
    plain = evaluate_plain(screened, context, answers)
    quick = evaluate_generated(screened, context, answers)
    if quick is None:
        # By other rules, another day than the planned one may be what is doubtful; and a last
        # session whose day nobody knows is left to the plain evaluator.
        last = context.last_session
        undated = last is not None and last.date is None
        assert not plain.complete or undated or screened is not pack()
    else:
        assert quick == plain, (context, answers)
        assert [*vars(quick).items()] == [*vars(plain).items()]
        assert type(quick.level) is type(plain.level)
    assert evaluate(screened, context, answers) == plain
    return quick is not None


@given(seed=SEEDS, wild=st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.1]))
@settings(max_examples=MANY, deadline=None)
def test_both_say_the_same_of_any_client(seed: int, wild: float) -> None:
    rng = random.Random(seed)
    context = random_context(rng, by_area=True)
    answers = random_answers(rng, context, wild=wild)
    made = both_agree(pack(), read_context(context, pack()), answers)
    if wild == 0.0 and not context["last_session"]:
        assert made or not evaluate(pack(), read_context(context, pack()), answers).complete


@given(seed=SEEDS, wild=st.sampled_from([0.0, 0.0, 0.01]))
@settings(max_examples=MANY // 20, deadline=None)
def test_many_days_at_once_say_what_each_says_alone(seed: int, wild: float) -> None:
    rng = random.Random(seed)
    raw = random_context(rng)
    answers, context = random_answers(rng, raw, wild=wild), read_context(raw, pack())
    on = evaluate_on_days(pack(), context, answers)
    for after in (0, 30, 0, 1, 200):
        day = context.assessment_date + timedelta(after)
        assert on(day) == evaluate(pack(), replace(context, planned_date=day), answers)


@given(
    seed=SEEDS,
    names=st.lists(st.sampled_from([*BASELINE_ANSWERS, "nobody_asks_this"]), max_size=3),
    raw=ANY_JSON,
)
@settings(max_examples=MANY // 2, deadline=None)
def test_both_say_the_same_of_answers_that_are_none(
    seed: int, names: list[str], raw: object
) -> None:
    rng = random.Random(seed)
    context = random_context(rng)
    answers = random_answers(rng, context, wild=0.0, ill=0.05)
    answers.update(dict.fromkeys(names, raw))
    both_agree(pack(), read_context(context, pack()), answers)


@given(
    modality=st.sampled_from([None, *pack().modalities]),
    depth=st.sampled_from([None, 0, 1, 2, 0.5, 1.5, float("nan"), float("inf")]),
    areas=st.none() | st.lists(st.sampled_from(pack().areas), max_size=2).map(tuple),
    anaesthetic=st.none() | st.booleans(),
    seed=SEEDS,
)
@settings(max_examples=MANY // 10, deadline=None)
def test_both_say_the_same_of_any_plan(
    modality: str | None,
    depth: float | None,
    areas: tuple[str, ...] | None,
    anaesthetic: bool | None,  # noqa: FBT001 - Hypothesis passes it by name
    seed: int,
) -> None:
    rng = random.Random(seed)
    raw = random_context(rng)
    read = read_context(raw, pack())
    context = Context(
        assessment_date=read.assessment_date,
        planned_date=read.planned_date,
        last_session=read.last_session,
        modality=modality,
        depth_mm=depth,
        areas=areas,
        anaesthetic_planned=anaesthetic,
    )
    both_agree(pack(), context, random_answers(rng, raw, wild=0.0, ill=0.1))


@pytest.mark.parametrize("seed", range(6))
def test_both_say_the_same_by_any_rules(seed: int) -> None:
    rng = random.Random(seed)
    made = 0
    for _ in range(min(MANY // 60, 250)):
        screened = random_pack(rng)
        for _ in range(30):
            context = random_context(rng)
            answers = random_answers(rng, context, wild=rng.choice([0.0, 0.0, 0.02]))
            made += both_agree(screened, read_context(context, pack()), answers)
    assert made > 50


@cache
def grown_up_pack() -> Pack:
    """The pack with "not over 21" in place of "under 22": the last birthday that counts."""
    changed = without_policy(tables())
    rule = next(r for r in changed["rules"]["rule"] if r["code"] == "age_minimum")
    rule["outcome"][1]["when"] = {"not": {"ctx": "age", "op": "gt", "value": 21}}
    return build_pack(**changed)


@pytest.mark.parametrize("planned", ["2026-06-01", "2026-06-09", "2026-06-10", "2026-06-11"])
@pytest.mark.parametrize("dob", ["2004-05-31", "2004-06-01", "2004-06-02", "2004-06-10"])
@pytest.mark.parametrize("ill", [{}, {"unwell": "yes"}, {"pressured": "yes"}])
def test_both_find_the_birthday_that_frees(planned: str, dob: str, ill: dict[str, str]) -> None:
    for screened in (pack(), grown_up_pack()):
        context = context_with({"planned_date": planned})
        assert both_agree(screened, context, answers_with({"dob": dob, **ill}))


@pytest.mark.parametrize("one", VIGNETTES["vignettes"], ids=lambda one: one["id"])
def test_a_complete_form_is_judged_by_the_generated_functions(one: dict[str, Any]) -> None:
    answers = answers_with(one["answers"], without=tuple(one.get("remove_answers", ())))
    made = both_agree(pack(), context_with(one["context"]), answers)
    assert made is one["expected"]["complete"]


@pytest.mark.parametrize("name", sorted(BASELINE_ANSWERS))
def test_any_answer_that_does_not_count_is_left_to_the_plain_evaluator(name: str) -> None:
    assert not both_agree(pack(), context_with(), answers_with({}, without=(name,)))
    for raw in JUNK:
        if raw != BASELINE_ANSWERS[name]:
            both_agree(pack(), context_with(), answers_with({name: raw}))


@pytest.mark.parametrize(
    "change",
    [
        {"dob": "19900412"},
        {"dob": "1990-W15-4"},
        {"dob": "1906-06-01"},
        {"dob": "1905-06-02"},
        {"dob": "1905-06-01"},
        {"dob": "2026-06-01"},
        {"dob": "2026-06-02"},
        {"dob": 19900412},
        {"sun_exposure": "2026-05-01"},
        {"sun_exposure": {"tan": "20260501"}},
        {"sun_exposure": {"tan": "2026-06-02"}},
        {"sun_exposure": {"tan": "2026-05-01", "fake_tan": "2026-04-01"}},
        {"sun_exposure": {"moon": "2026-05-01"}},
        {"recent_injectables": {"permanent_filler": None, "threads": "2026-03-01"}},
        {"contact_allergy": ["latex", "latex"]},
        {"contact_allergy": ["iodine", "latex"]},
        {"contact_allergy": "latex"},
        {"contact_allergy": {"latex": "2026-05-01"}},
        {"contact_allergy": [["latex"]]},
        {"other_medicines": 'vitamin "D" \\ 5'},
    ],
    ids=str,
)
def test_both_read_any_spelling_alike(change: dict[str, Any]) -> None:
    both_agree(pack(), context_with(), answers_with(change))


def test_both_read_an_empty_list_as_the_same() -> None:
    answers, given = answers_with({}), context_with().assessment_date
    found = generate(pack()).read(answers, given)
    plain = read_sheet(pack(), answers, given_on=given).values
    assert found is not None
    assert found[0] == tuple(plain[step.question.id] for step in compile_pack(pack()).asks)


def test_answers_to_what_is_not_asked_count_in_the_hash_alone() -> None:
    bare = evaluate(pack(), context_with(), answers_with({}))
    more = answers_with({"isotretinoin_stop": "2026-01-01", "another": [1, {"ü": None}]})
    assert both_agree(pack(), context_with(), more)
    result = evaluate(pack(), context_with(), more)
    assert result.answers_sha256 != bare.answers_sha256
    assert (result.level, result.hits) == (bare.level, bare.hits)


def test_what_is_not_json_raises_either_way() -> None:
    for answers in (answers_with({"another": object()}), MappingProxyType(answers_with({}))):
        for way in (evaluate, evaluate_plain):
            with pytest.raises(TypeError):
                way(pack(), context_with(), answers)


HOSTILE = "x'\"\\\n\x00{}%s'); raise SystemExit #"


def hostile_pack() -> Pack:
    """The pack with a question, an option, a rule, a flag and an area nobody should trust."""
    changed = without_policy(tables())
    question = next(
        q for s in changed["questions"]["section"] for q in s["question"] if q["id"] == "phototype"
    )
    question["options"].append({"value": HOSTILE, "label": "?"})
    changed["questions"]["section"][0]["question"].append(
        {"id": HOSTILE, "text": "?", "type": "text"}
    )
    changed["questions"]["pack"]["areas"].append(HOSTILE)
    rule = copy.deepcopy(next(r for r in changed["rules"]["rule"] if len(r["outcome"]) == 1))
    rule["code"], rule["question_ids"] = HOSTILE, [HOSTILE, "phototype"]
    rule["outcome"] = [
        {
            "id": HOSTILE,
            "level": "REVIEW",
            "message": HOSTILE,
            "override": {"allowed": False, "reason_required": False},
            "flags": [HOSTILE],
            "when": {
                "all": [
                    {"q": HOSTILE, "op": "text_present"},
                    {"q": "phototype", "op": "eq", "value": HOSTILE},
                    {"ctx": "areas", "op": "intersects", "value": [HOSTILE]},
                ]
            },
        }
    ]
    changed["rules"]["rule"].append(rule)
    changed["rules"]["combination"][0]["outcome"][0]["when"] = {
        "hit": HOSTILE,
        "min_level": "ADVISE",
    }
    return build_pack(**changed)


def test_the_words_of_a_pack_never_become_code() -> None:
    screened = hostile_pack()
    context = read_context(raw_context({"areas": [HOSTILE]}), screened)
    assert both_agree(screened, context, answers_with({HOSTILE: "text", "phototype": HOSTILE}))
    names = {
        node.id
        for node in ast.walk(ast.parse(generate(screened).source))
        if isinstance(node, ast.Name)
    }
    own = {name for name in names if re.fullmatch(r"[qplk]\d+", name)}
    assert names - own <= {
        *("answers", "given", "values", "text", "count", "len", "isinstance", "str", "list"),
        *("dict", "int", "float", "KeyError", "TypeError", "plan", "planned", "until", "stays"),
        *(
            "top",
            "hits",
            "flags",
            "free",
            "ends",
            "end",
            "age_on",
            "date",
            "canonical_json",
            "Problem",
        ),
        *("exact_day", "quoted", "parts", "day", "text", "says", "said", "unread", "form"),
        *("NoDate", "ONE_DAY", "age", "confirmed", "depths", "doubt", "any", "line", "area", "mm"),
        *("read_answer", "deferred", "end_from", "end_of_options", "UNKNOWN"),
    }
