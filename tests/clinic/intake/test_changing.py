"""What would change this: told in plain words, and a form that is filled in with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.changing import proposals
from clinic.intake.models import Finding, Level, Screening
from clinic.procedures.models import Procedure
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast, rules

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Browser]
WARFARIN = {"blood_thinner": "yes", "blood_thinner_kinds": ["warfarin"]}


@pytest.fixture
def screened(cast: Cast, maya: Client, fred: Actor) -> Callable[..., Screening]:
    """`screened(rosacea="calm", plan={...})`: Maya's answers for the pen, handed in today."""

    def make(
        plan: dict[str, Any] | None = None, procedure: Procedure = cast.pen, **answers: Any
    ) -> Screening:
        today = timezone.localdate()
        wished = {"planned_date": today + timedelta(days=7)} | (plan or {})
        draft = factories.intake(maya, procedure, answers=ALL_CLEAR | answers, **wished)
        return actions.submit(actor=fred, intake=draft, at=timezone.now(), today=today)

    return make


Screened = Callable[..., Screening]
NECK = {"areas": ["neck"], "depth_mm": "2.00"}


def words(cast: Cast, screening: Screening) -> list[str]:
    found = proposals(cast.actor(cast.fred), screening, today=timezone.localdate())
    return [one.words for one in found.found]


def test_the_depth_at_which_it_is_for_review(cast: Cast, screened: Screened) -> None:
    assert words(cast, screened(NECK, **WARFARIN)) == [
        "With a depth of at most 1.45 mm this would be Review instead of Contraindicated."
    ]


def test_each_part_of_a_plan_in_words(cast: Cast, screened: Screened) -> None:
    told = words(cast, screened({"areas": ["forehead", "cheeks", "neck"], "depth_mm": "2.00"}))
    assert told == [
        "With a depth of at most 1.0 mm this would be Clear instead of Contraindicated.",
        "With a depth of at most 1.5 mm this would be Review instead of Contraindicated.",
        "Leaving out forehead this would be Review instead of Contraindicated.",
        (
            "With Microneedling roller and with a depth of at most 1.5 mm this would be Review "
            "instead of Contraindicated."
        ),
    ]


def test_numbing_cream_in_words(cast: Cast, screened: Screened) -> None:
    found = words(cast, screened({"anaesthetic_planned": True}, seizures="over_12m"))
    assert found == ["Without numbing cream this would be Advise instead of Review."]


def test_a_day_in_words_and_beyond_the_answers_no_form(cast: Cast, screened: Screened) -> None:
    today = timezone.localdate()
    found = proposals(
        cast.actor(cast.fred),
        screened(isotretinoin="stopped", isotretinoin_stop=(today - timedelta(60)).isoformat()),
        today=today,
    )
    (one,) = found.found
    assert one.words.startswith("From ")
    assert one.words.endswith(" on this would be Clear instead of Defer.")
    assert one.again_from is not None
    assert one.again_from > today + timedelta(days=30)


def test_nothing_is_asked_where_nothing_stands_in_the_way_or_no_more_counts(
    cast: Cast, screened: Screened
) -> None:
    fred, today = cast.actor(cast.fred), timezone.localdate()
    assert not proposals(fred, screened(), today=today).asked
    deep = screened(NECK, **WARFARIN)
    assert proposals(fred, deep, today=today + timedelta(days=30)).asked
    assert not proposals(fred, deep, today=today + timedelta(days=31)).asked


def test_a_word_noticed_beside_the_rules_stands_against_every_plan(
    cast: Cast, screened: Screened
) -> None:
    deep = screened({"areas": ["cheeks"], "depth_mm": "2.50"})
    assert words(cast, deep)
    Finding.objects.create(
        screening=deep,
        position=90,
        code="words_in_free_text",
        outcome="medicine",
        level=2,
        title="Words",
        message="",
        rationale="",
        evidence="background",
        sources=[],
        question_ids=[],
        override_by="practitioner",
    )
    assert not words(cast, deep)


def test_only_what_the_site_offers_is_proposed(cast: Cast, screened: Screened) -> None:
    cast.roller.is_offered = False
    cast.roller.save()
    assert words(cast, screened({"areas": ["cheeks"], "depth_mm": "2.00"})) == [
        "With a depth of at most 1.45 mm this would be Clear instead of Review."
    ]


def test_heat_is_left_out_and_never_put_in(cast: Cast, maya: Client, screened: Screened) -> None:
    deep = {"areas": ["cheeks"], "depth_mm": "2.00"}
    assert not any("Radiofrequency" in one for one in words(cast, screened(deep)))
    hot = screened(deep, procedure=cast.rf, electronic_implant="yes")
    assert "With Microneedling pen this would be Review instead of Contraindicated." in words(
        cast, hot
    )


def test_the_form_is_filled_in_by_the_number_of_a_change_and_no_plan_stands_in_the_address(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened(NECK, **WARFARIN)
    browser = signed_in(cast.fred)
    result = browser.get(reverse("intake:submitted", args=[deep.pk])).text
    address = f"{reverse('intake:plan', args=[deep.pk])}?change=1"
    assert f'href="{address}"' in result
    page = browser.get(address).text
    assert 'value="1.45"' in page
    assert "Filled in below: With a depth of at most 1.45 mm" in page
    for wrong in ("2", "x", "", "-1"):
        other = browser.get(reverse("intake:plan", args=[deep.pk]), {"change": wrong}).text
        assert 'value="2.00"' in other
        assert "What would change this?" in other


def test_another_device_begins_its_own_questions_with_the_plan_filled_in(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    hot = screened({"areas": ["cheeks"], "depth_mm": "1.00"}, procedure=cast.rf)
    browser = signed_in(cast.fred)
    start = reverse("intake:start", args=[hot.client_id])
    found = proposals(cast.actor(cast.fred), hot, today=timezone.localdate()).found
    (roller,) = [one for one in found if one.procedure_id == cast.roller.pk]
    address = f"{start}?like={hot.pk}&amp;change={roller.number}"
    assert address in browser.get(reverse("intake:submitted", args=[hot.pk])).text
    page = browser.get(start, {"like": hot.pk, "change": roller.number})
    assert page.context["form"].initial["procedure"] == cast.roller.pk
    assert 'value="1.0"' in page.text
    for like in ("0", "abc", "9" * 30, "²"):
        assert not browser.get(start, {"like": like, "change": "1"}).context["form"].initial


def test_another_client_s_screening_fills_in_nothing(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened({"areas": ["cheeks"], "depth_mm": "2.00"})
    other = factories.client(cast.riverside, first_name="Noor")
    start = reverse("intake:start", args=[other.pk])
    page = signed_in(cast.fred).get(start, {"like": deep.pk, "change": 1})
    assert not page.context["form"].initial


def test_what_is_saved_gives_the_level_that_was_told(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened({"areas": ["cheeks"], "depth_mm": "2.00"})
    (depth, *_) = proposals(cast.actor(cast.fred), deep, today=timezone.localdate()).found
    plan = depth.plan | {"anaesthetic_planned": "no", "planned_date": str(timezone.localdate())}
    signed_in(cast.fred).post(f"{reverse('intake:plan', args=[deep.pk])}?change=1", plan)
    made = Screening.objects.get(live=True)
    assert made.level_name == depth.level_name
    assert str(made.depth_mm) == "1.45"


def test_who_reviews_a_case_comes_back_to_it_while_there_is_something_to_decide(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened(NECK, **WARFARIN)
    plan = {"depth_mm": "1.0", "areas": ["neck"], "anaesthetic_planned": "no"}
    plan |= {"planned_date": str(timezone.localdate())}
    browser = signed_in(cast.petra)
    address = f"{reverse('intake:plan', args=[deep.pk])}?change=1&from=review"
    assert f'href="{reverse("review:case", args=[deep.pk])}"' in browser.get(address).text
    answer = browser.post(address, plan)
    made = Screening.objects.get(live=True)
    assert answer["Location"] == reverse("review:case", args=[made.pk])
    assert browser.get(answer["Location"]).status_code == 200


def test_a_plan_that_leaves_nothing_to_decide_leads_to_what_is_next(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened({"areas": ["cheeks"], "depth_mm": "2.00"})
    plan = {"depth_mm": "0.5", "areas": ["cheeks"], "anaesthetic_planned": "no"}
    plan |= {"planned_date": str(timezone.localdate())}
    address = f"{reverse('intake:plan', args=[deep.pk])}?from=review"
    answer = signed_in(cast.petra).post(address, plan)
    made = Screening.objects.get(live=True)
    assert made.level_name in ("CLEAR", "ADVISE")
    assert answer["Location"] == reverse("intake:submitted", args=[made.pk])


def test_who_only_reads_sees_the_sentences_and_no_form(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened(NECK, **WARFARIN)
    page = signed_in(cast.audra).get(reverse("intake:submitted", args=[deep.pk])).text
    assert "With a depth of at most 1.45 mm" in page
    assert "?change=" not in page


def test_no_plan_helps_and_that_is_said(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    stopped = screened(pregnant="yes")
    page = signed_in(cast.fred).get(reverse("intake:submitted", args=[stopped.pk])).text
    assert "No other day, depth, area or device that we offer would change it." in page


def test_the_result_page_costs_a_fixed_number_of_statements(
    signed_in: SignedIn, cast: Cast, screened: Screened, django_assert_max_num_queries: Any
) -> None:
    deep = screened(NECK, **WARFARIN)
    browser, url = signed_in(cast.fred), reverse("intake:submitted", args=[deep.pk])
    browser.get(url)
    with django_assert_max_num_queries(15):
        browser.get(url)


def test_a_planned_day_that_has_passed_is_filled_in_as_today(
    signed_in: SignedIn, cast: Cast, screened: Screened
) -> None:
    deep = screened(NECK, **WARFARIN)
    later = deep.planned_date + timedelta(days=5)
    found = proposals(cast.actor(cast.fred), deep, today=later).found
    assert [one.plan["planned_date"] for one in found] == [later]


def test_another_plan_is_judged_by_the_rules_in_force(cast: Cast, screened: Screened) -> None:
    deep = screened(NECK, **WARFARIN)
    tables = rules.tables_in_force("1.3.0")
    (combination,) = (
        one for one in tables["rules"]["combination"] if one["code"] == "combo_blood_thinner_deep"
    )
    combination["outcome"][0]["when"]["all"][1]["any"][1]["value"] = 1.0
    rules.published(cast, tables)
    assert rules.live(deep) == deep, "the plan as it is is judged the same"
    assert words(cast, deep) == [
        "With a depth of at most 0.95 mm this would be Review instead of Contraindicated."
    ]


def test_no_plan_is_proposed_that_is_judged_as_the_case_is_already(
    cast: Cast, screened: Screened
) -> None:
    deep = screened(NECK, **WARFARIN)
    deep.level = Level.REVIEW  # as by older rules, under which a running treatment is left
    assert words(cast, deep) == []
