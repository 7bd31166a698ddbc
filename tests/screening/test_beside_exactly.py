"""What is noticed beside the rules, to the letter: its name, what it rests on, what it says."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from screening.engine import Conduct, Pace, Pack, assess, build_pack
from screening.engine.answers import Known
from screening.engine.levels import UNKNOWN
from screening.engine.noticed import FurtherHit, answer_in_words
from screening.engine.recognise import LONGEST_READ
from tests.screening.cases import answers_with, context_with, pack, tables

Tables = dict[str, Any]


def noticed(using: Pack | None = None, conduct: Conduct | None = None, **said: Any) -> FurtherHit:
    """The one further finding."""
    (hit,) = assess(using or pack(), context_with(), answers_with(said), conduct).further
    return hit


def changed(table: str, name: str, **fields: Any) -> Pack:
    other: Tables = copy.deepcopy(tables())
    other[table][name] = {**other[table].get(name, {}), **fields}
    return build_pack(**other)


def test_a_contradiction_names_itself_and_the_questions_that_were_asked() -> None:
    hit = noticed(dob="1960-01-01", pregnant="yes")
    assert (hit.code, hit.outcome) == (
        "contradiction_pregnant_at_this_age",
        "pregnant_at_this_age",
    )
    assert hit.question_ids == ("dob", "pregnant")
    hit = noticed(past_reaction="yes", past_reaction_kinds=["raised_scar"])
    assert all(isinstance(name, str) for name in hit.question_ids)
    assert "past_reaction_kinds" in hit.question_ids


def test_every_date_before_the_birth_adds_its_question() -> None:
    ended = {"cancer_treatment": "finished", "cancer_treatment_end": "1990-04-09"}
    early = {"home_needling": "yes", "home_needling_date": "1990-04-10"}
    waxed = {"hair_removal": "yes", "hair_removal_date": "1990-04-11"}
    answers = answers_with({"dob": "1990-04-12", **ended, **early, **waxed})
    found = assess(pack(), context_with(), answers).further
    (hit,) = (one for one in found if one.code == "contradiction_before_birth")
    assert hit.outcome == "before_birth"
    assert hit.question_ids == (
        *("dob", "home_needling", "home_needling_date"),
        *("hair_removal_date", "cancer_treatment_end"),
    )


def test_a_date_outside_its_time_is_told_with_its_question() -> None:
    hit = noticed(hair_removal="yes", hair_removal_date="2026-04-01")
    first, then = (pack().question_by_id[name] for name in ("hair_removal", "hair_removal_date"))
    assert (hit.outcome, hit.question_ids) == ("hair_removal_date", (first.id, then.id))
    assert f"{first.text} {then.text}" in hit.message
    assert f"“{first.text} {then.text}”: 1 April 2026" in hit.rationale


@pytest.mark.parametrize(("day", "fits"), [("2026-05-28", False), ("2026-05-29", True)])
def test_a_date_to_come_may_lie_as_far_back_as_its_grace(day: str, *, fits: bool) -> None:
    other: Tables = copy.deepcopy(tables())
    (period,) = (one for one in other["checks"]["period"] if one["id"] == "planned_sun_end_date")
    period["grace_days"] = 3
    answers = answers_with({"planned_sun": "yes", "planned_sun_end": day})
    found = assess(build_pack(**other), context_with(), answers).further
    assert (not found) is fits


def test_two_hasty_sections_are_told_together() -> None:
    conduct = Conduct(
        sections={
            "health": Pace(seconds=2, by="client"),
            "medicines": Pace(seconds=3, by="client"),
        }
    )
    hit = noticed(conduct=conduct)
    assert (hit.code, hit.outcome) == ("answered_in_haste", "haste")
    said = hit.message.split(". ")
    assert hit.message.count("You went through") == 2
    assert len(said) == 4
    assert hit.rationale.count("That is less than it takes to read them.") == 2
    assert ". “Your health”" in hit.rationale or ". “Medicines" in hit.rationale


@pytest.mark.parametrize(("least", "hasty"), [(12, True), (13, False)])
def test_a_section_of_the_least_length_is_timed(least: int, *, hasty: bool) -> None:
    using = changed("checks", "haste", least_questions=least)
    conduct = Conduct(sections={"health": Pace(seconds=1, by="client")})
    found = assess(using, context_with(), answers_with({}), conduct).further
    assert bool(found) is hasty


def test_words_are_listed_one_after_the_other() -> None:
    hit = noticed(other_medicines="warfarin and insulin")
    lexicon = pack().lexicon
    assert lexicon is not None
    assert (hit.code, hit.outcome) == ("named_in_other_medicines", "named")
    assert "“warfarin”, “insulin”" in hit.message
    lines = hit.rationale.split("\n")
    assert [line.partition(" ")[0] for line in lines] == ["“warfarin”", "“insulin”"]
    assert hit.sources[: len(lexicon.wording.sources)] == lexicon.wording.sources


def test_of_very_many_words_the_rest_is_counted() -> None:
    lexicon = pack().lexicon
    assert lexicon is not None
    names = [entry.terms[0] for entry in lexicon.entries if " " not in entry.terms[0]]
    hit = noticed(other_medicines=". ".join(names))
    last = hit.rationale.split("\n")[-1]
    quoted = set(hit.message.split("“"))
    assert len(hit.named) == 20
    assert last.endswith("more are not listed here: read the whole text.")
    left = int(last.split()[0])
    assert 0 < left <= len(names) - 20
    assert len(quoted) == 21


@pytest.mark.parametrize(("length", "read"), [(LONGEST_READ, True), (LONGEST_READ + 1, False)])
def test_a_text_too_long_to_be_read_says_so(length: int, *, read: bool) -> None:
    text = ("vitamin d " * (length // 10 + 1))[:length]
    text = text[:-1] + "d"
    found = assess(pack(), context_with(), answers_with({"other_medicines": text})).further
    assert (not found) is read


def test_what_is_no_text_is_not_read() -> None:
    for raw in (7, ["warfarin"], {"warfarin": 1}):
        found = assess(pack(), context_with(), answers_with({"other_medicines": raw})).further
        assert found == ()


def test_a_pack_without_that_check_or_without_a_birth_date_looks_for_none() -> None:
    early = {"hair_removal": "yes", "hair_removal_date": "1990-04-11", "dob": "1990-04-12"}
    other: Tables = copy.deepcopy(tables())
    del other["checks"]["before_birth"]
    sections = {
        name: replace(
            section, questions=tuple(replace(q, birth_date=False) for q in section.questions)
        )
        for name, section in pack().sections.items()
    }
    for using in (build_pack(**other), replace(pack(), sections=sections)):
        found = assess(using, context_with(), answers_with(early)).further
        assert [hit.code for hit in found] == ["contradiction_hair_removal_date"]


@pytest.mark.parametrize("without", [(), ("smoking",)], ids=["complete", "one answer missing"])
def test_a_day_to_come_that_cannot_be_is_not_read(without: tuple[str, ...]) -> None:
    to_come = {"dob": "2026-06-02", "hair_removal": "yes", "hair_removal_date": "2026-05-30"}
    found = assess(pack(), context_with(), answers_with(to_come, without=without)).further
    assert found == ()


def test_an_answer_is_quoted_as_the_page_shows_it() -> None:
    asked = pack().question_by_id
    shown: list[tuple[str, Known, str]] = [
        ("hair_removal_date", date(2026, 4, 1), "1 April 2026"),
        ("other_medicines", "Vitamin D", "Vitamin D"),
        ("pregnant", "not_sure", "Not sure"),
        ("pregnant", UNKNOWN, ""),
        ("pregnant", None, ""),
    ]
    for name, answer, words in shown:
        assert answer_in_words(asked[name], answer) == words
