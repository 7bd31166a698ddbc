"""The published consent text is whole, and a mistake in one is refused by name."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clinic.consent.reading import CURRENT, FOLDER, TextError, current, load, misfit, parse
from clinic.consent.text import EVIDENCE, Statement
from screening.engine.conditions import parse_condition
from screening.packs import available, latest, load_pack

RAW = (FOLDER / f"{CURRENT}.toml").read_text(encoding="utf-8")


REVIEWED: dict[str, Any] = json.loads((Path(__file__).parent / "reviewed.json").read_text())
"""The parts of the clinical specification, revision 2.1, that the text is made from."""


def _said(one: Statement) -> tuple[Any, ...]:
    return (
        *(one.id, one.text, list(one.sources), one.show_if),
        *(sorted(one.flags_any), sorted(one.flags_not)),
    )


def _wanted(one: dict[str, Any], text: str) -> tuple[Any, ...]:
    rule = one.get("show_when")
    return (
        *(one["id"], one[text], one["sources"], parse_condition(rule) if rule else None),
        *(sorted(one.get("flags_any") or ()), sorted(one.get("flags_not") or ())),
    )


def test_risks_are_those_reviewed() -> None:
    for own, reviewed in zip(current().risks, REVIEWED["risks"], strict=True):
        assert _said(own) == _wanted(reviewed, "plain")
        assert (own.tier, own.title) == (reviewed["tier"], reviewed["title"])
        assert [one.text for one in own.variants] == [
            one["plain"] for one in reviewed.get("plain_if", ())
        ]


def test_personal_lines_and_benefits_are_those_reviewed() -> None:
    text = current()
    for own, reviewed in zip(text.personal, REVIEWED["personal_risks"], strict=True):
        assert _said(own) == _wanted(reviewed, "plain")
        assert own.acknowledge == (reviewed["acknowledge"] or "")
        assert own.evidence == reviewed["evidence"]
    for one, found in zip(text.benefits, REVIEWED["benefits"], strict=True):
        assert _said(one) == _wanted(found, "may")
        assert one.limits == found["limits"]
    assert text.benefits_intro.text == REVIEWED["benefits_intro"]["text"]
    lines = [line.text for part in text.parts for line in part.lines]
    assert REVIEWED["benefits_mechanism"]["text"] in lines


def test_ticks_are_those_reviewed_and_rf_is_asked_once() -> None:
    own = [_said(ack) for ack in current().acknowledgements]
    wanted = [
        _wanted(ack, "text") for ack in REVIEWED["acknowledgements"] if ack["id"] != "rf_risks"
    ]
    assert own == wanted
    assert next(one for one in current().personal if one.id == "rf_together").acknowledge


def test_alternatives_are_those_reviewed() -> None:
    own = [(one.title, one.text, ", ".join(one.sources)) for one in current().alternatives]
    assert own == [(a["option"], a["plain"], a["sources"]) for a in REVIEWED["alternatives"]]


def test_every_statement_names_its_sources_and_how_well_it_is_founded() -> None:
    for statement in current().statements:
        assert statement.sources, statement.id
        assert statement.evidence in EVIDENCE, statement.id
        assert statement.awaits_sign_off == (
            "BG" in statement.sources or statement.evidence != "source"
        )


def test_a_client_reads_no_percentage_no_shouting_and_no_order_to_stop_a_medicine() -> None:
    words = " ".join(s.text for s in current().statements)
    assert not re.search(r"%|per ?cent|!", words)
    assert "do not stop a medicine that was prescribed" in words
    assert not re.search(r"(?<!not )\bstop (taking|your) (medicine|tablets|pills)", words)


def test_the_file_in_use_is_the_one_that_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{CURRENT}.toml").write_text(RAW.replace("tiny wounds", "tiny dots"))
    (tmp_path / "SHA256SUMS").write_text((FOLDER / "SHA256SUMS").read_text())
    monkeypatch.setattr("clinic.consent.reading.FOLDER", tmp_path)
    load.cache_clear()
    with pytest.raises(TextError, match="differs from the one that was published"):
        load(CURRENT)
    load.cache_clear()


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        ('tier = "common"', 'tier = "frequent"', "risk 'redness': 'tier'"),
        ('sources = ["R06"]', 'sources = ["R999"]', "unknown source 'R999'"),
        ('sources = ["R61"]', "sources = []", "names no source"),
        ('evidence = "policy"', 'evidence = "hearsay"', "'evidence' is 'hearsay'"),
        ("a rash.", "a rash in 5 % of people.", "percentage"),
        ('part = "expect"', 'part = "hopes"', "unknown part 'hopes'"),
        ('q = "keloid"', 'q = "keloids"', "unknown question 'keloids'"),
        ('flags_any = ["koebner"]', 'flags_any = ["kobner"]', "unknown flag 'kobner'"),
        ('"neck"', '"neckline"', "cannot be 'neckline'"),
        ('id = "swelling"', 'id = "redness"', "risk 'redness' is there twice"),
        ('title = "Bruising"', 'titel = "Bruising"', "unknown key 'titel'"),
        ('shows = ["personal", "risks"]', 'shows = ["dangers"]', "unknown set 'dangers'"),
        ("hours = 24", 'hours = "a day"', "whole number"),
    ],
)
def test_a_mistake_is_refused_and_named(was: str, becomes: str, complaint: str) -> None:
    source = RAW.replace("You can react to", "You can get a rash. You can react to")
    assert was in source
    with pytest.raises(TextError, match=re.escape(complaint)):
        parse(source.replace(was, becomes, 1).encode())


def test_the_hash_is_of_the_bytes() -> None:
    assert parse(RAW.encode()).sha256 != parse(RAW.replace("tiny wounds", "dots").encode()).sha256


def test_the_text_fits_every_pack_of_this_release() -> None:
    assert [misfit(load_pack(name)) for name in available()] == [""] * len(available())


def test_a_pack_without_a_question_that_the_text_reads_is_named() -> None:
    pack = latest()
    sections = {
        name: replace(part, questions=tuple(q for q in part.questions if q.id != "phototype"))
        for name, part in pack.sections.items()
    }
    assert "unknown question 'phototype'" in misfit(replace(pack, sections=sections))
