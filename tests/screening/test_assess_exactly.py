"""What an assessment adds up to, part by part."""

from __future__ import annotations

from typing import Any

import pytest

from screening.engine import Level, assess, build_pack, evaluate
from screening.engine.assumed import Assumed
from tests.screening.cases import answers_with, context_with, pack, tables

WARFARIN = {"other_medicines": "warfarin"}
TOO_OLD = {"dob": "1960-01-01", "pregnant": "yes"}


def codes(using: dict[str, Any], said: dict[str, Any]) -> list[str]:
    found = assess(build_pack(**using), context_with(), answers_with(said)).further
    return [hit.code for hit in found]


def test_what_nobody_noticed_anything_in_is_clear_from_the_day_of_the_rules() -> None:
    retinol = answers_with({"topical_actives": "yes", "topical_actives_date": "2026-05-31"})
    made = assess(pack(), context_with(), retinol)
    assert made.further == ()
    assert made.earliest == evaluate(pack(), context_with(), retinol).earliest
    assert made.earliest is not None


def test_what_a_date_was_taken_as_is_kept() -> None:
    said = {"isotretinoin": "stopped", "isotretinoin_stop": "2026-06"}
    made = assess(pack(), context_with(), answers_with(said))
    # The month is not over on the day of the answers, so that day is the latest.
    given = context_with().assessment_date
    assert made.assumed == (
        Assumed(question="isotretinoin_stop", option=None, said="2026-06", day=given),
    )


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), ["named_in_other_medicines", "contradiction_pregnant_at_this_age"]),
        (("checks",), ["named_in_other_medicines"]),
        (("lexicon",), ["contradiction_pregnant_at_this_age"]),
        (("lexicon", "checks"), []),
    ],
)
def test_a_pack_may_have_one_without_the_other(
    without: tuple[str, ...], expected: list[str]
) -> None:
    using = {name: table for name, table in tables().items() if name not in without}
    assert sorted(codes(using, WARFARIN | TOO_OLD)) == sorted(expected)


def test_a_date_after_the_answers_is_none_beside_the_rules_either() -> None:
    ahead = {"home_needling": "yes", "home_needling_date": "2026-06-02"}
    for said in (ahead, ahead | WARFARIN):
        found = assess(pack(), context_with(), answers_with(said))
        assert not found.complete
        assert [hit.code for hit in found.further] == [
            "named_in_other_medicines" for name in said if name == "other_medicines"
        ]


def test_a_recognised_word_is_reviewed_by_who_decides_about_it_with_a_reason() -> None:
    (hit,) = assess(pack(), context_with(), answers_with(WARFARIN)).further
    lexicon = pack().lexicon
    assert lexicon is not None
    assert hit.level is Level.REVIEW
    assert hit.override.allowed is True
    assert (hit.override.by, hit.override.reason_required) == ("prescriber", True)
    assert hit.reading
    assert (hit.outcome, hit.title) == ("named", lexicon.wording.title)
    assert hit.practitioner_check == lexicon.wording.practitioner_check
    assert (hit.evidence, hit.evidence_note) == (
        lexicon.wording.evidence,
        lexicon.wording.evidence_note,
    )


def test_answers_beside_a_word_are_told_as_the_page_shows_them() -> None:
    said = WARFARIN | {"blood_thinner": "yes", "blood_thinner_kinds": ["daily_aspirin", "doac"]}
    (hit,) = assess(pack(), context_with(), answers_with(said)).further
    (named,) = hit.named
    kinds = pack().question_by_id["blood_thinner_kinds"]
    labels = "; ".join(o.label for o in kinds.options if o.value in ("daily_aspirin", "doac"))
    assert (kinds.text, labels) in named.answered
