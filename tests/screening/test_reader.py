"""Which texts nobody has to read: those that say nothing, and those of everyday medicines alone."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine import Pack, PackError
from screening.engine.answers import text_is_present
from screening.engine.conditions import Ask, Condition
from screening.engine.everyday import Everyday, everyday_from
from screening.engine.reader import LONGEST_EVERYDAY, options_meant, says_something
from screening.engine.tables import Table
from screening.packs import pack_from
from tests.screening.cases import pack, tables

TABLE: dict[str, object] = {
    "question": "daily",
    "nothing": ["-", "n/a", "na", "nil", "no", "none", "none taken", "nothing"],
    "lead": ["i take", "i'm taking", "on", "my", "the", "a", "just"],
    "tail": ["daily", "once a day", "twice a day", "a day", "tablets", "for my asthma"],
    "units": ["mg", "mcg", "µg", "puffs", "x"],
    "sources": ["BG"],
    "group": [
        {"option": "inhaler", "phrases": ["blue inhaler", "ventolin"]},
        {"option": "vitamins", "phrases": ["iron tablets", "vitamin d", "zinc"]},
        {"option": "pill", "phrases": ["mini-pill", "pill"]},
        {
            "option": "thyroid",
            "phrases": ["levothyroxine"],
            "only_if": {"q": "glands", "op": "eq", "value": "controlled"},
        },
        {"phrases": ["hay fever"]},
    ],
}


@cache
def reading() -> Pack:
    """The newest pack with these everyday medicines."""
    known = pack()
    assert known.lexicon is not None
    everyday: Everyday = everyday_from(Table(TABLE, "everyday"))
    return replace(known, lexicon=replace(known.lexicon, everyday=everyday))


def never(_: Condition) -> bool:
    return False


def meant(text: str) -> list[str] | None:
    found = options_meant(text, reading(), never)
    return None if found is None else sorted(found)


@pytest.mark.parametrize(
    "text",
    ["none", "NONE.", " nil. ", "N/A", "n/a;", "None  taken", "no!", "-", "--", "- -", "–", "na,"],
)
def test_a_word_for_nothing_says_nothing(text: str) -> None:
    assert not says_something(text, reading())
    assert meant(text) == []


@pytest.mark.parametrize(
    "text",
    ["no, except aspirin", "no allergies", "not pregnant", "none 👍", "nothing much", "!", "n.a."],
)
def test_anything_more_than_nothing_is_read(text: str) -> None:
    assert says_something(text, reading())
    assert meant(text) is None


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("ventolin", ["inhaler"]),
        ("I take VENTOLIN 2 puffs twice a day for my asthma.", ["inhaler"]),
        ("i’m taking the pill", ["pill"]),
        ("my mini-pill", ["pill"]),
        ("iron tablets", ["vitamins"]),
        ("Vitamin D 50mcg once a day\nzinc 15 mg", ["vitamins"]),
        ("zinc 2x daily + ventolin & pill; none", ["inhaler", "pill", "vitamins"]),
        ("blue  inhaler and zinc plus the pill", ["inhaler", "pill", "vitamins"]),
        ("zinc 7.5 mg. Ventolin 100µg", ["inhaler", "vitamins"]),
        ("hay fever", []),
        ("none, zinc", ["vitamins"]),
    ],
)
def test_everyday_medicines_count_as_ticks(text: str, options: list[str]) -> None:
    assert meant(text) == options


@pytest.mark.parametrize(
    "text",
    [
        "no ventolin",
        "allergic to zinc",
        "stopped the pill",
        "ventolin, warfarin",
        "ventollin",
        "zinc/ventolin",
        "on",
        "tablets",
        "50 mg",
        "zinc mg",
        "ventolin as a child",
        ", . ;",
        "zinc\u200b",
        "zandrine",
    ],
)
def test_one_part_that_is_not_understood_leaves_the_whole_text_to_a_reader(text: str) -> None:
    assert meant(text) is None


def test_a_group_counts_only_where_its_condition_on_the_answers_holds() -> None:
    def controlled(condition: Condition) -> bool:
        return condition == Ask(question="glands", op="eq", values=frozenset({"controlled"}))

    text = "levothyroxine 50mcg, zinc"
    assert options_meant(text, reading(), controlled) == frozenset({"thyroid", "vitamins"})
    assert options_meant(text, reading(), never) is None


@given(st.text(max_size=60))
def test_a_pack_without_everyday_medicines_reads_every_text_as_before(text: str) -> None:
    known = pack()
    assert known.lexicon is not None
    plain = replace(known, lexicon=replace(known.lexicon, everyday=None))
    assert says_something(text, plain) == text_is_present(text)
    assert (options_meant(text, plain, never) is None) == text_is_present(text)


@given(st.text(alphabet="zinc vetol,.+&-\n50mga’and", max_size=40), st.sampled_from(["q", "xyz"]))
def test_a_strange_word_is_never_passed_over(around: str, strange: str) -> None:
    assert meant(f"{around}, {strange}") is None
    assert meant(f"{strange}\n{around}") is None


@pytest.mark.parametrize(
    "text",
    ["on " * 6_000, "zinc " * 5_000, "zinc, " * 660, "daily " * 1_000, "1" * 4_000, "1 " * 2_000],
)
def test_a_long_text_takes_no_longer_than_a_form_may(text: str) -> None:
    began = time.process_time()
    options_meant(text[:LONGEST_EVERYDAY], reading(), never)
    options_meant(text, reading(), never)
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"sources": []}, "has no source"),
        ({"lead": []}, "'lead' is empty"),
        ({"tail": ["Daily"]}, "should be in small letters"),
        ({"nothing": ["no  thing"]}, "with single spaces"),
        (
            {"group": [{"option": "a", "phrases": ["zinc"]}, {"phrases": ["zinc"]}]},
            "'zinc' stands in two groups",
        ),
        ({"other": 1}, "unknown key 'other'"),
    ],
)
def test_unsound_everyday_medicines_are_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(PackError, match=says):
        everyday_from(Table({**TABLE, **changes}, "everyday"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"question": "gout"}, "everyday: unknown question 'gout'"),
        ({"question": "unwell"}, "everyday: 'unwell' has no options to tick"),
        ({"sources": ["Z9"]}, "everyday: unknown source 'Z9'"),
        ({"group": [{"option": "gout", "phrases": ["zinc"]}]}, "unknown option 'gout'"),
        (
            {
                "group": [
                    {"phrases": ["zinc"], "only_if": {"q": "gout", "op": "eq", "value": "yes"}}
                ]
            },
            "unknown question 'gout'",
        ),
    ],
)
def test_everyday_medicines_must_fit_the_pack(changes: dict[str, object], says: str) -> None:
    fitting = {**TABLE, "question": "skin_disease", "group": [{"phrases": ["zinc"]}]}
    lexicon = {**tables()["lexicon"], "everyday": {**fitting, **changes}}
    with pytest.raises(PackError, match=says):
        pack_from({**tables(), "lexicon": lexicon})
    pack_from({**tables(), "lexicon": {**lexicon, "everyday": fitting}})
