"""The published consent text is whole, and a mistake in one is refused by name."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clinic.consent.reading import CURRENT, FOLDER, TextError, current, load, misfit, parse
from clinic.consent.text import EVIDENCE, Statement, Variant
from screening.engine.conditions import parse_condition
from screening.packs import available, latest, load_pack

RAW = (FOLDER / f"{CURRENT}.toml").read_text(encoding="utf-8")


REVIEWED: dict[str, Any] = json.loads((Path(__file__).parent / "reviewed.json").read_text())
"""The parts of the clinical specification, revision 2.1, that the text is made from."""


def _meant(text: str, one: Statement | Variant) -> tuple[Any, ...]:
    return (text, one.show_if, sorted(one.flags_any), sorted(one.flags_not))


def _wanted_for(text: str, one: dict[str, Any]) -> tuple[Any, ...]:
    rule = one.get("show_when")
    flags = (sorted(one.get(key) or ()) for key in ("flags_any", "flags_not"))
    return (text, parse_condition(rule) if rule else None, *flags)


def _said(one: Statement) -> tuple[Any, ...]:
    return (one.id, list(one.sources), *_meant(one.text, one))


def _wanted(one: dict[str, Any], text: str) -> tuple[Any, ...]:
    return (one["id"], one["sources"], *_wanted_for(one[text], one))


def test_risks_are_those_reviewed() -> None:
    for own, reviewed in zip(current().risks, REVIEWED["risks"], strict=True):
        assert _said(own) == _wanted(reviewed, "plain")
        assert (own.tier, own.title) == (reviewed["tier"], reviewed["title"])
        assert [_meant(one.text, one) for one in own.variants] == [
            _wanted_for(one["plain"], one) for one in reviewed.get("plain_if") or ()
        ]
        if not own.durations:
            assert own.duration == reviewed["duration"].strip("—")


def test_personal_lines_and_benefits_are_those_reviewed() -> None:
    text = current()
    for own, reviewed in zip(text.personal, REVIEWED["personal_risks"], strict=True):
        assert _said(own) == _wanted(reviewed, "plain")
        assert own.acknowledge == (reviewed["acknowledge"] or "")
        assert (own.title, own.evidence) == (reviewed["title"], reviewed["evidence"])
    for one, found in zip(text.benefits, REVIEWED["benefits"], strict=True):
        assert _said(one) == _wanted(found, "may")
        assert (one.title, one.limits) == (found["title"], found["limits"])
        assert one.evidence == found["evidence"]
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


def test_photos_are_those_reviewed() -> None:
    own = [(one.id, one.title, one.text, list(one.sources)) for one in current().photos]
    wanted = [(p["id"], p["title"], p["note"], p["sources"]) for p in REVIEWED["photo_consent"]]
    assert own == wanted


IN_WORDS = {
    "are policy.cooling_off_*": "",
    "policy.consent_valid_months": f"{current().expires_after_months} months (policy)",
}
"""Names of numbers in the specification, and how staff read them."""


def test_how_the_clinic_asks_is_as_reviewed() -> None:
    for own, reviewed in zip(current().process, REVIEWED["consent_process"], strict=True):
        text = reviewed["text"]
        for name, words in IN_WORDS.items():
            text = text.replace(f" {name}", f" {words}".rstrip())
        assert (own.title, own.text) == (reviewed["topic"], text)
        assert list(own.sources) == reviewed["sources"]


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
