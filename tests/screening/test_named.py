"""What people wrote is held against what they answered: quoted, and never passed over."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine import Assessment, Level, Named, assess
from screening.engine.recognise import LONGEST_READ
from tests.screening.cases import answers_with, context_with, pack

THINNER = "Do you take medicine to thin your blood or stop clots?"


def found(**answers: Any) -> Assessment:
    return assess(pack(), context_with(), answers_with(answers))


def test_a_medicine_that_was_denied_is_quoted_beside_the_answer() -> None:
    made = found(other_medicines="I take warfrin 5mg for my heart")
    (hit,) = made.further
    assert hit.code == "named_in_other_medicines"
    assert hit.level is Level.REVIEW
    assert (hit.override.by, hit.override.reason_required) == ("prescriber", True)
    assert hit.named == (
        Named(
            quote="warfrin 5mg",
            name="warfarin or a like blood thinner",
            rule="blood_thinners",
            answered=((THINNER, "No"),),
        ),
    )
    assert hit.message == (
        "You wrote “warfrin 5mg”. A practitioner talks with you about this before booking. "
        "Please go on taking your medicines as you were told to."
    )
    assert hit.rationale == (
        f"“warfrin 5mg” reads as warfarin or a like blood thinner. “{THINNER}” was answered “No”."
    )
    assert hit.question_ids == ("other_medicines", "blood_thinner")
    assert set(hit.sources) == {"BG", "S004", "R34", "R35"}


def test_what_was_answered_already_raises_nothing() -> None:
    said = {"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]}
    assert found(**said, other_medicines="warfarin 5 mg").further == ()


def test_another_kind_of_the_same_matter_is_still_told() -> None:
    said = {"blood_thinner": "yes", "blood_thinner_kinds": ["daily_aspirin"]}
    (hit,) = found(**said, other_medicines="Eliquis").further
    assert (
        "Which ones do you take?",
        "Daily aspirin, prescribed or bought on advice",
    ) in hit.named[0].answered


def test_not_sure_and_no_answer_say_nothing_yet() -> None:
    for answer in ("not_sure", None, "junk"):
        (hit,) = found(blood_thinner=answer, other_medicines="warfarin").further
        assert hit.named[0].quote == "warfarin"


def test_each_text_has_one_finding_with_every_word() -> None:
    made = found(other_medicines="insulin, fish oil", other_health="Epilepsy as a child; lupus")
    assert [hit.code for hit in made.further] == [
        "named_in_other_medicines",
        "named_in_other_health",
    ]
    assert [[one.quote for one in hit.named] for hit in made.further] == [
        ["insulin", "fish oil"],
        ["Epilepsy", "lupus"],
    ]


def test_a_client_is_never_told_to_stop() -> None:
    lexicon = pack().lexicon
    assert lexicon is not None
    (hit,) = found(other_medicines=", ".join(e.terms[0] for e in lexicon.entries)).further
    assert "stop" not in hit.message.replace("to stop clots", "").lower()
    assert "!" not in hit.message


@pytest.mark.parametrize("text", ["none", "No", " N/A. ", "nothing."])
def test_none_names_nothing(text: str) -> None:
    assert found(other_medicines=text, other_health=text).further == ()


def test_many_words_are_counted_beyond_the_first_twenty() -> None:
    lexicon = pack().lexicon
    assert lexicon is not None
    (hit,) = found(other_medicines=", ".join(e.terms[0] for e in lexicon.entries)).further
    assert len(hit.named) == 20
    assert "more are not listed here" in hit.rationale
    assert len(hit.message) < 1000


def test_the_end_of_a_very_long_text_is_left_to_a_person_and_that_is_said() -> None:
    (hit,) = found(other_health="word " * (LONGEST_READ // 5) + "warfarin").further
    assert hit.named == ()
    assert hit.message.startswith("You wrote a long text.")
    assert "read it all" in hit.rationale


def test_a_text_that_cannot_be_an_answer_is_read_all_the_same() -> None:
    made = found(other_medicines="war\0farin \ud800")
    assert not made.complete
    assert made.further[0].named[0].quote == "warfarin"


def test_a_question_that_is_not_shown_is_not_quoted() -> None:
    (hit,) = found(other_medicines="warfarin").further
    assert "blood_thinner_kinds" not in hit.question_ids


def test_braces_in_a_text_are_left_as_they_are() -> None:
    (hit,) = found(other_medicines="{name} warfarin {quote}").further
    assert hit.named[0].quote == "warfarin"
    assert "{" not in hit.rationale
