"""The published consent text is whole, and a mistake in one is refused by name."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from clinic.consent.reading import CURRENT, FOLDER, TextError, current, load, misfit, parse
from clinic.consent.text import EVIDENCE
from screening.packs import available, latest, load_pack

RAW = (FOLDER / f"{CURRENT}.toml").read_text(encoding="utf-8")


def test_everything_of_the_reviewed_content_is_there() -> None:
    text = current()
    assert (len(text.risks), len(text.acknowledgements), len(text.photos)) == (27, 17, 3)
    assert (len(text.process), len(text.alternatives)) == (6, 7)
    tiers = [risk.tier for risk in text.risks]
    assert [tiers.count(t) for t in ("common", "less_common", "rare_serious")] == [8, 9, 10]


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
        ('q = "skin_disease"', 'q = "skin_diseases"', "unknown question 'skin_diseases'"),
        ('"neck"', '"neckline"', "cannot be 'neckline'"),
        ('id = "swelling"', 'id = "redness"', "risk 'redness' is there twice"),
        ('title = "Bruising"', 'titel = "Bruising"', "unknown key 'titel'"),
        ('shows = ["risks"]', 'shows = ["dangers"]', "unknown set 'dangers'"),
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
