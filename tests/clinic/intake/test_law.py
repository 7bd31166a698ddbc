"""The law of the site's place stands beside the result, in words, and never changes a level."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.countries import COUNTRIES
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.evidence import evidence_of
from clinic.intake.law_shown import NEEDS, STANDS, law_shown, stands
from clinic.intake.models import Screening
from clinic.intake.packs import pack_of
from clinic.intake.rejudging import found_now, rejudge
from screening.engine.law import BINDING, STATUSES
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, TUESDAY, Cast
from tests.factories import intake as intake_of

PACK = latest()
LAWS = [law for place in PACK.jurisdictions.values() for law in place.law]
SignedIn = Callable[[Any], Browser]


@pytest.fixture
def handed_in(cast: Cast, maya: Client, fred: Actor) -> Callable[..., Screening]:
    """`handed_in("GB-SCT", depth_mm="1.50")`: Maya's answers at a site that is there."""

    def make(country: str, **plan: Any) -> Screening:
        cast.riverside.country = country
        cast.riverside.save(update_fields=["country"])
        cast.pen.site.country = country
        draft = intake_of(maya, cast.pen, answers=ALL_CLEAR, **plan)
        return actions.submit(actor=fred, intake=draft, at=NOW, today=MONDAY)

    return make


def _titles(screening: Screening) -> list[str]:
    return [one.title for one in law_shown(screening, pack_of(screening.pack)).entries]


def test_every_place_of_the_newest_rules_can_be_chosen_for_a_site() -> None:
    assert set(PACK.jurisdictions) <= set(COUNTRIES)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_every_entry_has_words_for_how_it_stands_and_what_it_asks_for(law: Any) -> None:
    assert law.status in STANDS or law.status in BINDING
    assert set(law.requires) <= set(NEEDS)
    assert law.sources


def test_every_status_has_words() -> None:
    assert set(STANDS) | set(BINDING) == set(STATUSES)


def test_what_is_not_binding_yet_tells_the_day_it_begins() -> None:
    known = {law.id: law for law in LAWS}
    assert "6 September 2027" in stands(known["sct_licence_2027"], binding=False)
    assert "not known" in stands(known["sct_2026_rf"], binding=False)
    assert "Binding on the planned day" in stands(known["gb_nmc_face_to_face"], binding=True)


class TestTheCountryOfTheSite:
    def test_is_kept_on_the_screening_with_its_law(
        self, handed_in: Callable[..., Screening]
    ) -> None:
        made = handed_in("GB-SCT", depth_mm="1.50")
        assert made.country == "GB-SCT"
        assert "Scotland 2026 Act: microneedling to 1.5 mm or more" in _titles(made)
        assert "law:sct_2026_deep" in made.flags

    def test_never_changes_a_level(self, handed_in: Callable[..., Screening]) -> None:
        judged = {}
        for country in COUNTRIES:
            made = handed_in(country, depth_mm="1.50", anaesthetic_planned=True)
            rows = made.findings.values_list("code", "outcome", "level", "override_by")
            judged[country] = (made.level, made.clear_from, made.hard_stop, list(rows))
        assert all(one == judged["GB"] for one in judged.values())

    def test_a_changed_plan_is_told_the_law_of_where_the_site_is_now(
        self, handed_in: Callable[..., Screening], fred: Actor, cast: Cast
    ) -> None:
        made = handed_in("GB-WLS")
        cast.riverside.country = "GB-SCT"
        cast.riverside.save(update_fields=["country"])
        changed = actions.change_plan(
            actor=fred,
            screening=made,
            depth_mm=made.depth_mm,
            areas=made.areas,
            anaesthetic_planned=made.anaesthetic_planned,
            planned_date=date(2026, 6, 9),
            at=NOW,
            today=MONDAY,
        )
        assert (made.country, changed.country) == ("GB-WLS", "GB-SCT")

    def test_judging_again_goes_by_the_country_of_then(
        self, handed_in: Callable[..., Screening], cast: Cast
    ) -> None:
        made = handed_in("GB-SCT", depth_mm="1.50")
        cast.riverside.country = "NZ"
        cast.riverside.save(update_fields=["country"])
        (then,) = evidence_of(Screening.objects.filter(pk=made.pk))
        assert then.plan.country == "GB-SCT"
        again = found_now(rejudge(pack_of(made.pack), then))
        assert again.flags == set(made.flags)

    @pytest.mark.parametrize("country", ["CA", "NZ"])
    def test_with_no_entries_says_nothing(
        self, handed_in: Callable[..., Screening], country: str
    ) -> None:
        assert _titles(handed_in(country)) == []


@pytest.mark.parametrize("page", ["intake:submitted", "review:case"])
def test_staff_read_the_law_with_its_source_beside_the_result(
    handed_in: Callable[..., Screening], signed_in: SignedIn, cast: Cast, page: str
) -> None:
    made = handed_in("GB-SCT", depth_mm="1.50", anaesthetic_planned=True, planned_date=TUESDAY)
    told = signed_in(cast.petra).get(reverse(page, args=[made.pk])).content.decode()
    assert "The law: Scotland" in told
    assert "Binding on the planned day" in told
    assert "nurse and midwife prescribers" in told
    assert "the day on which the prescriber saw the client in person" in told
    for name in ("R73", "R78"):
        assert f"{name}: " in told
    assert told.index("NMC: nurse") < told.index("Scotland 2026 Act: microneedling")


@pytest.mark.parametrize("page", ["intake:submitted", "review:case"])
def test_where_no_law_is_known_there_is_no_heading(
    handed_in: Callable[..., Screening], signed_in: SignedIn, cast: Cast, page: str
) -> None:
    told = signed_in(cast.petra).get(reverse(page, args=[handed_in("NZ").pk])).content.decode()
    assert "The law:" not in told
