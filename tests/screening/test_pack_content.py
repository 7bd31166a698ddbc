"""What the released pack holds. A released pack never changes: a change is a new version."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from screening.engine import Level, QuestionType, visible_questions
from screening.packs import UnknownPack, available, latest, load_pack
from screening.vocabulary import flags_raised
from tests.screening.cases import BASELINE_ANSWERS, pack

ROOT = Path(__file__).resolve().parents[2]
RELEASED = {
    "microneedling@1.2.0": "77ab22a0c7a728df0a8d64d8ef213fa9a482d51b611ab05cdbac55d1ac2703c4",
}


def test_a_released_pack_never_changes() -> None:
    assert {pack_id: load_pack(pack_id).sha256 for pack_id in available()} == RELEASED


def test_the_newest_pack_is_the_one_used() -> None:
    assert latest().id == "microneedling@1.2.0"
    assert latest() is load_pack("microneedling@1.2.0")


@pytest.mark.parametrize("name", ["microneedling@9.9.9", "microneedling", "../x@1.0.0", ""])
def test_a_pack_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(UnknownPack, match="there is no pack"):
        load_pack(name)
    with pytest.raises(UnknownPack):
        latest("rolling")


def test_the_pack_is_whole() -> None:
    counts = (
        len(pack().questions),
        len(pack().rules),
        len(pack().combinations),
        len(pack().sources),
    )
    assert counts == (86, 67, 19, 115)
    assert Counter(question.type for question in pack().questions) == {
        QuestionType.YES_NO: 38,
        QuestionType.SINGLE_CHOICE: 23,
        QuestionType.DATE: 11,
        QuestionType.MULTI_CHOICE: 8,
        QuestionType.MULTI_CHOICE_DATED: 4,
        QuestionType.TEXT: 2,
    }


def test_levels_of_the_outcomes() -> None:
    assert Counter(o.level for r in pack().all_rules for o in r.outcomes) == {
        Level.REVIEW: 70,
        Level.CONTRAINDICATED: 43,
        Level.DEFER: 31,
        Level.ADVISE: 23,
    }


def test_every_rule_says_where_it_comes_from_and_what_is_policy() -> None:
    for rule in pack().all_rules:
        assert rule.sources
        assert rule.rationale
        if rule.evidence == "background":
            assert "BG" in rule.sources
    for rule in pack().rules:
        assert rule.practitioner_check
        assert rule.evidence_note or rule.code == "dark_marks_or_melasma"


def test_every_source_can_be_found_or_says_that_it_cannot() -> None:
    for source in pack().sources.values():
        assert source.title
        assert source.read_as
        assert source.summary
        assert source.url.startswith(("https://", "http://")) or source.read_as in (
            "article",
            "background",
        )


def test_sections_are_in_order_with_plain_titles() -> None:
    assert [section.title for section in pack().sections.values()] == [
        "About you",
        "Your choice",
        "Past treatments",
        "Pregnancy and breastfeeding",
        "Medicines and skin products",
        "Allergies",
        "Your skin",
        "Your health",
    ]
    assert all(section.questions for section in pack().sections.values())


def test_a_list_where_nothing_may_fit_offers_that_as_a_choice() -> None:
    lists = [q for q in pack().questions if q.allow_empty]
    assert len(lists) == 10
    for question in lists:
        assert question.none_label == "None of these"
        assert "empty" not in question.help


def test_a_healthy_adult_is_asked_the_questions_that_are_always_shown() -> None:
    always = [q.id for q in pack().questions if q.show_when is None]
    assert len(always) == 66
    assert [q.id for q in visible_questions(pack(), BASELINE_ANSWERS)] == always
    assert [q.id for q in visible_questions(pack(), {})] == always


def test_a_follow_up_appears_behind_its_question() -> None:
    asked = [q.id for q in visible_questions(pack(), {"isotretinoin": "stopped"})]
    assert asked[asked.index("isotretinoin") + 1] == "isotretinoin_stop"
    asked = [q.id for q in visible_questions(pack(), {"skin_disease": ["eczema"]})]
    assert "skin_disease_state" in asked


def test_a_hit_of_a_combination_names_the_questions_that_it_rests_on() -> None:
    rule = pack().rule_by_code["combo_hsv_near_mouth"]
    assert rule.question_ids == ("hsv_history", "hsv_prophylaxis")
    rule = pack().rule_by_code["combo_under18"]
    assert rule.question_ids == ("dob",)


TYPED = re.compile(r"\b\d+ (?:day|week|month|year|hour|minute)s?\b")


def test_no_message_types_a_number_that_the_policy_or_its_own_wait_holds() -> None:
    for rule in pack().all_rules:
        for text in (rule.unsure_message, *(outcome.message for outcome in rule.outcomes)):
            assert not TYPED.search(text), (rule.code, text)


def test_every_rule_says_what_it_is_about_and_what_is_not_sure_in_words_for_the_client() -> None:
    for rule in pack().all_rules:
        assert rule.client_topic
        assert rule.unsure_message
        assert rule.client_topic.lower() in rule.unsure_message.lower()


def test_nothing_is_without_its_source() -> None:
    """No rule, number, limit, law, disagreement, check or entry of the lexicon."""
    known = pack()
    cited = [
        *((rule.code, rule.sources) for rule in known.all_rules),
        *((one.id, one.sources) for one in known.policy.values()),
        *((one.group, one.sources) for one in known.depth_limits),
        *((law.id, law.sources) for place in known.jurisdictions.values() for law in place.law),
        *((one.id, one.sources) for one in known.conflicts),
        *((entry.id, entry.sources) for entry in (known.lexicon.entries if known.lexicon else ())),
    ]
    assert len(cited) > 300
    for name, sources in cited:
        assert sources, name
        assert set(sources) <= set(known.sources), name


def test_the_numbers_of_the_policy_lie_in_their_bounds() -> None:
    assert len(pack().policy) == 51
    for one in pack().policy.values():
        assert one.min <= one.value <= one.max
        assert not one.fixed or one.min == one.max


def test_every_flag_is_raised_and_every_flag_raised_is_explained() -> None:
    assert set(pack().flags) == flags_raised(pack())


def test_the_pages_count_the_stops_that_nobody_overrides() -> None:
    stops = [
        outcome
        for rule in pack().all_rules
        for outcome in rule.outcomes
        if outcome.level is Level.CONTRAINDICATED and not outcome.override.allowed
    ]
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    said = [n for page in pages for n in re.findall(r"(\d+)\s+stops", page.read_text("utf-8"))]
    assert said
    assert set(said) == {str(len(stops))}
