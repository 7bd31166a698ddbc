"""What people wrote, from questionnaire to page: quoted, reviewed, never cleared by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.core.actor import Actor
from clinic.core.templatetags.look import quoted
from clinic.intake import actions
from clinic.intake.models import NEVER, Clearance, Screening
from tests.clinic.intake.conftest import Filled
from tests.factories import MONDAY, NOW, Cast

SignedIn = Callable[[Any], Browser]


def _hand_in(filled: Filled, actor: Actor, **answers: Any) -> Screening:
    return actions.submit(actor=actor, intake=filled(**answers), at=NOW, today=MONDAY)


def test_a_medicine_in_a_text_is_a_finding_like_any_other(filled: Filled, fred: Actor) -> None:
    made = _hand_in(filled, fred, other_medicines="warfrin 5mg")
    finding = made.findings.get(code="named_in_other_medicines")
    assert (finding.level_name, finding.override_by) == ("REVIEW", "prescriber")
    assert list(made.findings.filter(reading=True)) == [finding]
    assert "“warfrin 5mg” reads as warfarin" in finding.rationale
    assert finding.position == made.findings.count() - 1, "after those of the rules"
    (kept,) = made.result["further"]["hits"]
    assert kept["named"][0]["quote"] == "warfrin 5mg"


def test_a_contradiction_is_not_cleared_although_the_rules_find_nothing(
    filled: Filled, fred: Actor
) -> None:
    made = _hand_in(filled, fred, hair_removal="yes", hair_removal_date="2020-01-01")
    assert made.result["level"] == "CLEAR"
    assert (made.level_name, made.clear_from, made.complete) == ("REVIEW", NEVER, True)
    assert [one.code for one in made.findings.all()] == ["contradiction_hair_removal_date"]
    assert not Clearance.objects.exists()


def test_a_wait_with_a_contradiction_does_not_end_by_itself(filled: Filled, fred: Actor) -> None:
    waiting = {"hair_removal": "yes", "hair_removal_date": "2026-05-31"}
    assert _hand_in(filled, fred, **waiting).clear_from != NEVER
    contradicted = {"home_needling": "yes", "home_needling_date": "2020-01-01"}
    assert _hand_in(filled, fred, **waiting, **contradicted).clear_from == NEVER


def test_the_case_quotes_the_words_and_the_answer_they_contradict(
    signed_in: SignedIn, cast: Cast, filled: Filled, fred: Actor
) -> None:
    made = _hand_in(filled, fred, other_medicines='<b>warfrin</b> 5mg, "fish oil"')
    page = signed_in(cast.petra).get(reverse("review:case", args=[made.pk])).text
    assert "<q>warfrin</q> reads as warfarin or a like blood thinner." in page
    assert (
        "<q>Do you take medicine to thin your blood or stop clots?</q> was answered <q>No</q>."
        in page
    )
    assert "&lt;b&gt;warfrin&lt;/b&gt; 5mg" in page, "the whole text as it was written"
    assert "<b>" not in page
    assert "A practitioner may decide to go ahead." in page


def test_the_result_page_quotes_them_too(
    signed_in: SignedIn, cast: Cast, filled: Filled, fred: Actor
) -> None:
    made = _hand_in(filled, fred, other_medicines="warfrin")
    page = signed_in(cast.fred).get(reverse("intake:submitted", args=[made.pk])).text
    assert "You wrote <q>warfrin</q>." in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a “b” c", "a <q>b</q> c"),
        ("“<i>” & “x", "<q>&lt;i&gt;</q> &amp; “x"),
        ("one\ntwo", "one<br>two"),
        ("“a” “b”", "<q>a</q> <q>b</q>"),
    ],
)
def test_quotation_marks_become_quotations(text: str, html: str) -> None:
    assert quoted(text) == html
