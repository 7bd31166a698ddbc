"""A lexicon or a check that is not sound is refused with one error that names the place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from screening.engine import PackError, build_pack
from tests.screening.cases import tables
from tests.screening.small_pack import SMALL

Tables = dict[str, Any]
Change = Callable[[Tables], Any]


def entry(t: Tables, name: str = "warfarin") -> dict[str, Any]:
    found: dict[str, Any] = next(e for e in t["lexicon"]["entry"] if e["id"] == name)
    return found


def check(t: Tables, name: str = "raised_scar_never") -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in t["checks"]["contradiction"] if c["id"] == name)
    return found


def period(t: Tables, name: str = "home_needling_date") -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in t["checks"]["period"] if c["id"] == name)
    return found


BROKEN: list[tuple[Change, str]] = [
    (lambda t: entry(t).update(terms=[]), "lexicon.toml: entry 'warfarin': has no terms"),
    (lambda t: entry(t).update(terms=["..."]), "entry 'warfarin': the term '...' holds no word"),
    (lambda t: entry(t).update(sources=[]), "entry 'warfarin': has no source"),
    (lambda t: entry(t).update(sources=["X99"]), "entry 'warfarin': unknown source 'X99'"),
    (lambda t: entry(t).update(category="x"), "entry 'warfarin': unknown rule 'x'"),
    (lambda t: entry(t).update(as_outcome="x"), "entry 'warfarin': unknown outcome 'x'"),
    (lambda t: entry(t).update(asked_in=["x"]), "entry 'warfarin': unknown question 'x'"),
    (lambda t: entry(t).update(colour="red"), "entry 'warfarin': unknown key 'colour'"),
    (lambda t: entry(t).pop("said_by"), "entry 'warfarin': 'said_by' goes with 'asked_in'"),
    (
        lambda t: entry(t).update(said_by={"q": "pregnant", "op": "eq", "value": "yes"}),
        "entry 'warfarin': reads 'pregnant' without naming it among its questions",
    ),
    (
        lambda t: entry(t).update(said_by={"q": "blood_thinner", "op": "eq", "value": "oui"}),
        "entry 'warfarin': 'blood_thinner' has no option 'oui'",
    ),
    (
        lambda t: entry(t).update(said_by={"ctx": "age", "op": "gt", "value": 3}),
        "entry 'warfarin': reads answers only, not the plan",
    ),
    (
        lambda t: entry(t).update(said_by={"hit": "pregnancy", "min_level": "REVIEW"}),
        "entry 'warfarin': must not read rules",
    ),
    (
        lambda t: entry(t, "doac")["terms"].append("WARFARÍN"),
        "entry 'doac': the term 'WARFARÍN' is read as 'warfarin' of 'warfarin'",
    ),
    (lambda t: entry(t, "doac").update(id="warfarin"), "entry 'warfarin' is there twice"),
    (
        lambda t: t["lexicon"]["ordinary"].append("Insulin"),
        "ordinary: 'Insulin' is a term of 'diabetes'",
    ),
    (lambda t: t["lexicon"]["ordinary"].append("?"), "ordinary: '?' holds no word"),
    (
        lambda t: t["lexicon"]["lexicon"].update(told="You wrote something."),
        "lexicon.toml: lexicon: 'told' should hold {words}",
    ),
    (
        lambda t: t["lexicon"]["lexicon"].update(rationale="{quote} {name} {nobody}"),
        "'rationale' should hold {name} and {quote}",
    ),
    (
        lambda t: t["lexicon"]["lexicon"].update(evidence="hearsay"),
        "lexicon.toml: lexicon: 'evidence' is 'hearsay'",
    ),
    (lambda t: t["lexicon"]["lexicon"].update(sources=["Q"]), "lexicon: unknown source 'Q'"),
    (
        lambda t: check(t).update(questions=["keloid"]),
        "contradiction 'raised_scar_never': reads 'past_reaction_kinds' without naming it",
    ),
    (lambda t: check(t).update(sources=["Q"]), "'raised_scar_never': unknown source 'Q'"),
    (lambda t: check(t).update(questions=["q"]), "'raised_scar_never': unknown question 'q'"),
    (lambda t: check(t).update(id="marks_never"), "the check 'marks_never' is there twice"),
    (lambda t: check(t).update(id="x" * 41), "is longer than 40 letters"),
    (
        lambda t: check(t, "pregnant_at_this_age").update(questions=["pregnant"]),
        "'pregnant_at_this_age': reads 'dob' without naming it",
    ),
    (
        lambda t: check(t).update(when={"hit": "pregnancy", "min_level": "REVIEW"}),
        "contradiction 'raised_scar_never': must not read rules",
    ),
    (lambda t: period(t).update(question="x"), "'home_needling_date': unknown question 'x'"),
    (
        lambda t: period(t).update(question="pregnant"),
        "period 'home_needling_date': 'pregnant' has no date",
    ),
    (lambda t: period(t).update(options=["x"]), "'home_needling_date': unknown option 'x'"),
    (lambda t: period(t).update(months=3), "reaches back either 'days' or 'months'"),
    (lambda t: period(t).pop("days"), "reaches back either 'days' or 'months'"),
    (lambda t: period(t).update(days=0), "'days' should be a whole number of at least 1"),
    (lambda t: period(t).update(grace_days=-1), "should be a whole number of at least 0"),
    (
        lambda t: (period(t).pop("days"), period(t).update(to_come=True)),
        "'home_needling_date' does not ask about days to come",
    ),
    (
        lambda t: entry(t, "doac")["terms"].append("war farin"),
        "entry 'doac': the term 'war farin' is read as 'warfarin' of 'warfarin'",
    ),
    (
        lambda t: t["lexicon"]["ordinary"].append("war farin"),
        "ordinary: 'war farin' is a term of 'warfarin'",
    ),
    (
        lambda t: t["lexicon"]["lexicon"].update(too_long="{words}"),
        "lexicon.toml: lexicon: 'too_long' should hold no place in braces",
    ),
    (
        lambda t: t["checks"].pop("outside_period"),
        "checks.toml: 'period' needs the wording 'outside_period'",
    ),
    (
        lambda t: t["checks"]["before_birth"].update(told="{day}"),
        "checks.toml: before_birth: 'told' should hold {question}",
    ),
    (lambda t: t["checks"]["before_birth"].update(sources=["Q"]), "unknown source 'Q'"),
    (lambda t: t["checks"]["haste"].update(sources=[]), "checks.toml: haste: has no source"),
    (
        lambda t: t["checks"]["haste"]["seconds_per_question"].update(client=86_400),
        "'client' should be a number of seconds above 0",
    ),
    (
        lambda t: t["checks"]["haste"]["seconds_per_question"].update(client=0),
        "'client' should be a number of seconds above 0",
    ),
    (
        lambda t: t["checks"]["haste"]["seconds_per_question"].update(robot=1),
        "unknown key 'robot'",
    ),
    (lambda t: t["checks"].update(extra=[]), "checks.toml: unknown key 'extra'"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN, ids=[words for _, words in BROKEN])
def test_refused_with_the_place(change: Change, message: str) -> None:
    broken = copy.deepcopy(tables())
    change(broken)
    with pytest.raises(PackError) as told:
        build_pack(**broken)
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("number", "length", "sound"), [(7, 40, True), (7, 41, False), (4, 41, True)]
)
def test_the_id_of_a_text_has_a_greatest_length(number: int, length: int, *, sound: bool) -> None:
    """A finding of its words carries the id; no other question gives its own to one."""
    broken = copy.deepcopy(SMALL)
    question = broken["questions"]["section"][0]["question"][number]
    if number == 7:
        rule = broken["rules"]["rule"][1]
        rule["question_ids"].remove(question["id"])
        rule["outcome"][0]["when"]["all"].pop()
    else:
        broken["rules"]["combination"][0]["outcome"].pop()
    question["id"] = "q" * length
    if sound:
        assert build_pack(**broken).question_by_id["q" * length]
        return
    with pytest.raises(PackError) as told:
        build_pack(**broken)
    assert str(told.value) == f"lexicon.toml: the id '{'q' * 41}' is longer than 40"


def test_the_id_of_a_check_has_forty_letters_at_most() -> None:
    sound = copy.deepcopy(SMALL)
    sound["checks"]["contradiction"][0]["id"] = "c" * 40
    assert build_pack(**sound).checks is not None


def test_both_files_may_be_left_out() -> None:
    bare = {k: v for k, v in tables().items() if k not in ("lexicon", "checks")}
    assert build_pack(**bare).lexicon is None
    assert build_pack(**bare, checks={}).checks is not None


@pytest.mark.parametrize("entry", tables()["lexicon"]["entry"], ids=lambda e: e["id"])
def test_what_rests_on_no_document_says_so(entry: dict[str, Any]) -> None:
    """A brand name comes from no source of the pack: an entry with one names BG."""
    known = {"metal_allergy", "rosacea", "eczema", "psoriasis", "vitiligo", "lichen_planus",
             "keloid", "dark_marks", "breastfeeding", "connective_tissue_disease",
             "body_dysmorphia", "sensitive_skin"}  # fmt: skip
    assert "BG" in entry["sources"] or entry["id"] in known
