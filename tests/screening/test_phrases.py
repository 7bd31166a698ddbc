"""What clients write, phrase by phrase: recognised, decided by who should, or left to a reader.

``handed.json`` came with the specification. The two other files were written before the recogniser
was tried on their phrases; ``held_out.txt`` then mended it, and three terms of the lexicon came
from ``held_out_later.txt``, so that none of them is a trial of the unseen any more. Of each 97 of
100 must come out as expected, and of what is harmless every one but those named here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from screening.engine import Level, assess
from screening.engine.authority import strictness
from screening.engine.noticed import FurtherHit
from screening.engine.reader import says_something
from screening.engine.recognise import recognise
from tests.screening.cases import answers_with, context_with, pack

HERE = Path(__file__).parent / "phrases"
BY = {"practitioner": 0, "prescriber": 1, "nobody": 2}
QUESTION = "other_medicines"


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A phrase and what is expected of it."""

    text: str
    kind: str
    rules: frozenset[str] = frozenset()
    least: str = "practitioner"
    level: str = ""
    ticks: frozenset[str] = frozenset()


def handed() -> Iterator[Phrase]:
    for item in json.loads((HERE / "handed.json").read_text(encoding="utf-8"))["items"]:
        yield Phrase(
            text=item["text"],
            kind={"denied_or_other_person": "denied"}.get(item["kind"], item["kind"]),
            rules=frozenset(item["rules_any"]),
            least=item.get("authority_at_least") or "practitioner",
            level=item["level"] or "",
            ticks=frozenset(item.get("ticks", ())),
        )


def written(name: str) -> Iterator[Phrase]:
    heading: list[str] = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            heading = line.split()[1:]
        elif line and not line.startswith("#"):
            yield _headed(line, *heading)


def _headed(text: str, kind: str, first: str = "", second: str = "") -> Phrase:
    if kind == "term":
        return Phrase(text=text, kind=kind, rules=frozenset(first.split("|")), least=second)
    ticks = frozenset(() if second in ("", "-") else second.split(","))
    return Phrase(text=text, kind=kind, level=first, ticks=ticks)


def named(text: str) -> FurtherHit | None:
    """What was found in a text beside the rules; nothing that is shown elsewhere says it."""
    made = assess(pack(), context_with(), answers_with({QUESTION: text}))
    return next((hit for hit in made.further if hit.code == f"named_in_{QUESTION}"), None)


def level_of(text: str) -> Level:
    return assess(pack(), context_with(), answers_with({QUESTION: text})).level


def as_expected(phrase: Phrase) -> bool:
    hit, level = named(phrase.text), level_of(phrase.text)
    if phrase.kind == "nothing":
        return not says_something(phrase.text, pack()) and level is Level.CLEAR
    if phrase.kind == "everyday":
        return hit is None and level.name == phrase.level
    if level is not Level.REVIEW:
        return False
    if phrase.kind == "harmless":
        return hit is None
    if phrase.kind == "denied":
        return True
    if hit is None or not any(one.rule in phrase.rules for one in hit.named):
        return False
    return strictness(hit.override) >= BY[phrase.least]


SETS = {
    "handed": list(handed()),
    "held_out": list(written("held_out.txt")),
    "held_out_later": list(written("held_out_later.txt")),
}


@pytest.mark.parametrize("name", SETS)
def test_phrases_of_clients_are_understood_as_expected(name: str) -> None:
    phrases = SETS[name]
    missed = [one.text for one in phrases if not as_expected(one)]
    assert len(missed) <= 0.03 * len(phrases), missed
    false_alarms = {one.text for one in phrases if one.kind == "harmless"} & set(missed)
    assert false_alarms <= KNOWN_ALARMS


KNOWN_ALARMS = {"I hate needles of pine trees"}
"""Whoever hates needles is taken for afraid of them."""


@pytest.mark.parametrize("name", SETS)
def test_a_phrase_that_says_something_else_than_everyday_is_never_clear(name: str) -> None:
    for one in SETS[name]:
        if one.kind not in ("everyday", "nothing"):
            assert level_of(one.text) is Level.REVIEW, one.text


def test_every_everyday_phrase_counts_as_its_tick() -> None:
    for one in (phrase for phrases in SETS.values() for phrase in phrases):
        if one.kind == "everyday":
            ticked = answers_with(
                {QUESTION: "none", "common_medicines": sorted(one.ticks) or ["none"]}
            )
            honest = assess(pack(), context_with(), ticked)
            assert level_of(one.text) is honest.level, one.text


def test_capitals_spaces_and_punctuation_change_nothing_that_was_recognised() -> None:
    for one in SETS["handed"]:
        hit = named(one.text)
        if one.kind == "term" and hit is not None:
            for text in (f"  {one.text}!!", f"{one.text} 🙂", one.text.replace(" ", "  ")):
                again = named(text)
                assert again is not None, text
                assert strictness(again.override) == strictness(hit.override), text


def test_every_term_is_found_in_capitals_and_in_a_sentence() -> None:
    lexicon: Any = pack().lexicon
    capitals = set(lexicon.capitals.words)
    for entry in lexicon.entries:
        for term in entry.terms:
            found = [seen.entry.id for seen in recognise(lexicon, term)]
            assert entry.id in found or term in capitals, term


@pytest.mark.parametrize("text", ["warfrin 3mg, metforman and hydroxycloroquin; ", "warfar12n x "])
def test_a_text_of_four_thousand_characters_is_read_in_fifty_milliseconds(text: str) -> None:
    lexicon: Any = pack().lexicon
    recognise(lexicon, text)
    began = time.process_time()
    recognise(lexicon, (text * 400)[:4_000])
    assert time.process_time() - began < 0.05
