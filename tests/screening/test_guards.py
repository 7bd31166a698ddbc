"""What stands beside a term may show that it is none: guards, abbreviations, ordinary phrases."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine import PackError
from screening.engine.lexicon import Lexicon, lexicon_from
from screening.engine.recognise import recognise
from screening.engine.tables import Table
from tests.screening.cases import tables

ENTRIES = {
    "pregnancy": ["expecting", "baby due"],
    "stroke": ["stroke", "mini stroke"],
    "sclerosis": ["MS", "PrEP", "multiple sclerosis"],
    "steroid": ["steroid cream", "hydroxychloroquine"],
    "immune": ["hydroxychloroquine", "UC"],
    "jabs": ["jab"],
    "short": ["bf"],
}


def table(**changes: Any) -> dict[str, Any]:
    head = tables()["lexicon"]["lexicon"]
    return {
        "lexicon": {**head, "plural_from": 2},
        "entry": [
            {"id": one, "category": "c", "name": one, "terms": terms, "sources": ["BG"]}
            for one, terms in ENTRIES.items()
        ],
        "ordinary": ["stroke the cat", "steroid cream for my hands", "nurse"],
        "exact": ["expecting"],
        "shared": ["hydroxychloroquine"],
        "capitals": {"words": ["MS", "UC", "PrEP"], "cues": ["diagnosed", "have", "since", "mg"]},
        "guard": [
            {"term": "expecting", "only_before": ["END", "a baby", "twins"]},
            {"term": "stroke", "not_before": ["of luck"], "not_after": ["back"]},
            {"entry": "short", "not_after": ["my"], "not_before": ["NAME"]},
        ],
        **changes,
    }


def lexicon(**changes: Any) -> Lexicon:
    return lexicon_from(Table(table(**changes), "lexicon.toml"))


KNOWN = lexicon()


def names(text: str) -> list[str]:
    return [seen.entry.id for seen in recognise(KNOWN, text)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("MS", ["sclerosis"]),
        ("ms", []),
        ("I have MS.", ["sclerosis"]),
        ("i have ms", ["sclerosis"]),
        ("diagnosed with ms", ["sclerosis"]),
        ("diagnosed two years ms", []),
        ("ms since birth", ["sclerosis"]),
        ("diagnosed: ms", []),
        ("ms, since birth", []),
        ("my doctor is Ms Raman", []),
        ("I have Ms Raman", []),
        ("my doctor is MS Raman", []),
        ("MS Diagnosed 2015", ["sclerosis"]),
        ("MS\nRaman", ["sclerosis"]),
        ("items", []),
        ("MSs", []),
        ("uc 5 mg", ["immune"]),
        ("prep for work", []),
        ("PREP", ["sclerosis"]),
        ("PrEP", ["sclerosis"]),
    ],
)
def test_an_abbreviation_counts_in_capitals_or_beside_a_cue(text: str, named: list[str]) -> None:
    assert names(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("expecting", ["pregnancy"]),
        ("EXPECTING!! in june", ["pregnancy"]),
        ("expecting a baby", ["pregnancy"]),
        ("expecting a parcel", []),
        ("a mini stroke of luck", ["stroke"]),
        ("a stroke of luck", []),
        ("back stroke", []),
        ("back, stroke", ["stroke"]),
        ("back. Stroke of luck", []),
        ("stroke, of luck", ["stroke"]),
        ("bf", ["short"]),
        ("my bf", []),
        ("bf Tom", []),
        ("bf tom", ["short"]),
        ("expekting a baby", []),
    ],
)
def test_a_guard_reads_the_words_beside_a_term(text: str, named: list[str]) -> None:
    assert names(text) == named


def test_an_ordinary_phrase_takes_its_words_out_where_it_is_the_longest() -> None:
    assert names("I stroke the cat") == []
    assert names("steroid cream for my hands") == []
    assert names("steroid cream for my feet") == ["steroid"]
    assert names("stroke the cat after a stroke") == ["stroke"]


def test_a_shared_term_names_each_of_its_matters() -> None:
    assert names("hydroxychloroquine 200mg") == ["steroid", "immune"]
    assert names("hydroxychloroquin") == ["steroid", "immune"]


def test_a_plural_of_a_short_term_is_understood() -> None:
    assert names("jabs") == ["jabs"]
    assert lexicon(lexicon={**table()["lexicon"], "plural_from": 4}).plural_from == 4


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"exact": ["gout"]}, "exact: 'gout' is no term"),
        ({"shared": []}, "'hydroxychloroquine' is read as 'hydroxychloroquine' of 'steroid'"),
        ({"shared": ["hydroxychloroquine", "gout"]}, "shared: 'gout' is no term"),
        ({"capitals": {"words": ["RA"], "cues": ["on"]}}, "capitals: 'RA' is no term"),
        ({"guard": [{"term": "gout", "not_after": ["x"]}]}, "guard: 'gout' is no term"),
        ({"guard": [{"entry": "gout", "not_after": ["x"]}]}, "guard: 'gout' is no entry"),
        ({"guard": [{"term": "stroke"}]}, "says nothing"),
        ({"guard": [{"not_after": ["x"]}]}, "needs a 'term' or an 'entry'"),
        ({"guard": [{"term": "stroke", "not_afer": ["x"]}]}, "says nothing"),
        ({"ordinary": ["baby-due"]}, "'baby-due' is a term of 'pregnancy'"),
    ],
)
def test_an_unsound_lexicon_is_refused(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(PackError, match=says):
        lexicon(**changes)
