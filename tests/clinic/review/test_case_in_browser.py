"""The case page in a real browser, at every level: nothing for axe to find, nothing overflows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.accounts.models import User
from clinic.clients import links
from clinic.clients.models import Client
from clinic.intake import actions
from clinic.intake.models import Screening
from tests import factories
from tests.browser import Axe
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (390, 820, 1440)


def ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).isoformat()


def everything() -> dict[str, Any]:
    """Findings of every level, several waits of several kinds, and conflicts beside them."""
    return {
        "phototype": "V",
        "dark_marks": "yes",
        "blood_thinner": "yes",
        "blood_thinner_kinds": ["warfarin"],
        "rosacea": "calm",
        "isotretinoin": "stopped",
        "isotretinoin_stop": ago(100),
        "recent_procedures": {"superficial_peel": ago(3), "deep_peel": ago(80)},
        "topical_actives": "yes",
        "topical_actives_date": ago(1),
        "unwell": "yes",
        "cold_sore_state": "active",
        "fainting": "yes",
        "pregnant": "not_sure",
    }


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "clear": dict,
    "advise": lambda: {"fainting": "yes"},
    "review": lambda: {"rosacea": "calm"},
    "defer": lambda: {"recent_procedures": {"superficial_peel": ago(3), "deep_peel": ago(80)}},
    "contraindicated": everything,
}


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def maya(cast: Cast) -> Client:
    return factories.client(cast.riverside)


@pytest.fixture
def screened(cast: Cast, maya: Client) -> Callable[..., Screening]:
    def make(**answers: Any) -> Screening:
        today = timezone.localdate()
        draft = factories.intake(
            maya,
            cast.pen,
            answers=ALL_CLEAR | answers,
            planned_date=today + timedelta(days=6),
            areas=["cheeks", "forehead", "neck"],
            depth_mm="2.00",
        )
        fred = cast.actor(cast.fred)
        return actions.submit(actor=fred, intake=draft, at=timezone.now(), today=today)

    return make


def sign_in(page: Page, user: User) -> None:
    page.goto(reverse("accounts:sign_in"))
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the window, once its style is there."""
    page.wait_for_load_state("load")
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("level", CASES)
def test_a_case_of_every_level_at_every_width(
    page: Page, axe: Axe, cast: Cast, screened: Callable[..., Screening], level: str
) -> None:
    screening = screened(**CASES[level]())
    sign_in(page, cast.petra)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, key in (("review:case", screening.pk), ("intake:submitted", screening.pk)):
            page.goto(reverse(name, args=[key]))
            for details in page.locator("main details").all():
                details.evaluate("it => { it.open = true }")
            assert fits(page), f"{name} at {width}"
            axe(page)


def test_the_words_of_a_timeline_never_lie_on_each_other(
    page: Page, cast: Cast, screened: Callable[..., Screening]
) -> None:
    screening = screened(**everything())
    sign_in(page, cast.petra)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(reverse("review:case", args=[screening.pk]))
        assert page.locator(".window svg").count() > 6
        over = page.evaluate(OVERLAPS)
        assert not over, f"at {width}: {over}"


OVERLAPS = """() => [...document.querySelectorAll('.window svg')].flatMap(svg => {
  const box = it => it.getBoundingClientRect(), page = box(svg.closest('.panel'))
  const texts = [...svg.querySelectorAll('text')]
  const beside = (a, b) => a.left >= b.right || b.left >= a.right
  const apart = (a, b) => a.top >= b.bottom - 3 || b.top >= a.bottom - 3
  const hits = (a, b) => !beside(a, b) && !apart(a, b)
  const outside = it => it.left < page.left || it.right > page.right
  return texts.flatMap((one, n) => [
    ...texts.slice(n + 1).filter(other => hits(box(one), box(other))),
    ...(outside(box(one)) ? [one] : []),
  ].map(other => one.textContent + ' × ' + other.textContent))
})"""
"""Pairs of words that overlap, and words that stick out of their panel."""


def test_the_practitioner_changes_the_plan_from_the_case(
    page: Page, cast: Cast, screened: Callable[..., Screening]
) -> None:
    screened(blood_thinner="yes", blood_thinner_kinds=["warfarin"])
    sign_in(page, cast.petra)
    page.goto(reverse("review:case", args=[Screening.objects.get().pk]))
    block = page.get_by_role("region", name="What would change this?")
    expect(block).to_contain_text("With a depth of at most 1.45 mm this would be Review")
    block.get_by_role("link", name="Change the plan to this").first.click()
    expect(page.get_by_label("Greatest depth in mm")).to_have_value("1.45")
    page.get_by_role("button", name="Save the plan").click()
    page.wait_for_url(re.compile(r"/review/\d+/$"))
    judged_anew = Screening.objects.latest("pk")
    assert page.url.endswith(reverse("review:case", args=[judged_anew.pk]))
    assert judged_anew.level_name == "REVIEW"
    expect(page.get_by_role("heading", level=1)).to_have_text("Review: Maya Lind")
    expect(page.get_by_role("main")).to_contain_text("1.45 mm")


def test_the_disagreements_fit_every_width(page: Page, axe: Axe, cast: Cast, screened: Any) -> None:
    screened()
    sign_in(page, cast.audra)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(reverse("review:disagreements"))
        assert fits(page)
        axe(page)


def test_the_client_reads_what_it_means(
    new_page: Callable[..., Page], axe: Axe, cast: Cast, maya: Client, screened: Any
) -> None:
    made = screened(**everything())
    token = links.issue(
        actor=cast.actor(cast.fred),
        client=maya,
        purpose="INTAKE",
        object_id=made.submission.intake_id,
        at=timezone.now(),
    )
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(reverse("clients:link", args=[token]))
    page.get_by_label("Your date of birth").fill("1990-04-12")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Maya")
    expect(page.get_by_text("This is not a no.")).to_be_visible()
    assert fits(page)
    axe(page)
