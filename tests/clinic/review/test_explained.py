"""Beside each finding: why, which answer, which wait from which day, how sure, and who may."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.intake.models import Screening
from clinic.treatments.models import Treatment
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW
from tests.factories.treating import running

pytestmark = pytest.mark.django_db
PEELS = {"recent_procedures": {"superficial_peel": "2026-05-25", "deep_peel": "2026-04-01"}}
PEEL = {
    "code": "recent_laser_peel",
    "outcome": "within_window",
    "level": 3,
    "title": "Recent laser, light, heat or peel",
    "defer_until": date(2026, 6, 30),
    "override_by": "prescriber",
    "evidence": "source+policy",
}


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


def screened(cast: Cast, *findings: dict[str, Any], **answers: Any) -> Screening:
    maya = factories.client(cast.riverside)
    return factories.screening(maya, cast.pen, findings=list(findings), answers=ALL_CLEAR | answers)


def page(browser: Browser, cast: Cast, screening: Screening) -> str:
    browser.force_login(cast.petra)
    return browser.get(reverse("review:case", args=[screening.pk])).content.decode()


def drawn(text: str) -> str:
    return text.split('<figure class="window">')[1].split("</figure>")[0]


def test_every_option_has_its_bar_from_its_own_day(client: Browser, cast: Cast) -> None:
    figure = drawn(page(client, cast, screened(cast, PEEL, **PEELS)))
    assert figure.count('class="span"') == 2
    assert figure.count('<p class="window-label">') == 2
    light = "Light peel or skin polishing (microdermabrasion): 25 May 2026, and 14 days more"
    deep = (
        "sanding of the skin (dermabrasion): 1 April 2026, and 90 days more: over on 30 June 2026"
    )
    assert light in figure
    assert deep in figure
    assert "Not before 30 June 2026. Wished for: 16 June 2026. Answers given: 1 June" in figure
    assert "When the wait is over nothing is left of this." in figure


def test_months_are_told_as_months_from_the_question_that_gave_the_day(
    client: Browser, cast: Cast
) -> None:
    wait = PEEL | {
        "code": "isotretinoin",
        "outcome": "stopped_mn",
        "defer_until": date(2026, 6, 30),
    }
    case = screened(cast, wait, isotretinoin="stopped", isotretinoin_stop="2025-12-31")
    figure = drawn(page(client, cast, case))
    assert "When did you take the last capsule?” 31 December 2025, and 6 months more" in figure


def test_a_wait_that_ends_in_a_review_says_so(client: Browser, cast: Cast) -> None:
    wait = PEEL | {
        "code": "cold_sore_now",
        "outcome": "active",
        "defer_until": date(2026, 6, 15),
        "after_level": 2,
    }
    figure = drawn(page(client, cast, screened(cast, wait, cold_sore_state="active")))
    assert "Counted from the answers, 1 June 2026, and 14 days more: over on 15 June" in figure
    assert "When the wait is over a clinician must look again." in figure


def test_what_was_found_is_drawn_even_where_its_beginning_is_not_known(
    client: Browser, cast: Cast
) -> None:
    for finding in (PEEL, PEEL | {"code": "of_an_older_pack"}):
        figure = drawn(page(client, cast, screened(cast, finding)))
        assert figure.count('class="span"') == 1
        assert "Not before 30 June 2026." in figure
        Screening.objects.filter(live=True).update(
            ended_at=NOW, ended_by="Fred Okoye", ended_cause="Done"
        )


def gap_drawn(client: Browser, cast: Cast, until: date, **screening: Any) -> str:
    """The wait after a session, of somebody whose treatment of 16 June is over."""
    treated = running(cast)
    Treatment.objects.filter(pk=treated.pk).update(ended_at=treated.started_at)
    gap = PEEL | {"code": "session_interval", "outcome": "short_gap", "defer_until": until}
    with time_machine.travel(treated.started_at, tick=False):
        case = factories.screening(
            treated.client,
            cast.roller,
            findings=[gap],
            answers=ALL_CLEAR,
            screened_at=treated.started_at,
            **screening,
        )
        return drawn(page(client, cast, case))


def test_a_gap_counts_from_the_last_session(client: Browser, cast: Cast) -> None:
    figure = gap_drawn(client, cast, date(2026, 7, 14))
    assert "Counted from the last session, 16 June 2026, and 28 days more" in figure


def test_a_gap_counts_from_the_session_that_was_judged_with(client: Browser, cast: Cast) -> None:
    earlier = {"date": "2026-06-02", "modality": "MN_PEN", "depth_mm": 0.5}
    figure = gap_drawn(client, cast, date(2026, 6, 30), result={"last_session": earlier})
    assert "Counted from the last session, 2 June 2026, and 28 days more" in figure


def test_how_sure_it_is_and_who_may_override(client: Browser, cast: Cast) -> None:
    stop = {"code": "acne", "title": "Acne", "level": 4, "override_by": "prescriber"}
    background = {"code": "smoking", "title": "Smoking", "evidence": "background", "level": 1}
    text = page(client, cast, screened(cast, stop, background))
    stopped, smoking = text.split("<article")[1:3]
    assert "From a source, and a policy of our own: needs clinical sign-off" in stopped
    assert "Only a prescriber may decide to go ahead." in stopped
    assert "A second, different clinician must confirm it." in stopped
    assert "Background, not from a document: needs clinical sign-off" in smoking
    assert "Only a prescriber" not in smoking.split("</article>")[0]


def test_beside_a_medicine_the_client_is_told_not_to_stop_it(client: Browser, cast: Cast) -> None:
    actives = {"code": "topical_actives", "message": "Stop strong skin products 5 days before."}
    acne = {"code": "active_acne", "message": "The acne must be treated first."}
    text = page(client, cast, screened(cast, actives, acne))
    first, second = text.split("<article")[1:3]
    note = "Do not stop anything that was prescribed for you without asking first."
    assert note in first
    assert note not in second.split("</article>")[0]


def test_the_practitioner_is_told_what_would_change_it(client: Browser, cast: Cast) -> None:
    case = screened(cast, PEEL, **PEELS)
    text = page(client, cast, case)
    assert "From Tuesday 30 June on this would be Clear instead of Defer." in text
    assert f"{reverse('intake:plan', args=[case.pk])}?change=1&amp;from=review" in text
    client.force_login(cast.audra)
    other = client.get(reverse("review:case", args=[case.pk])).content.decode()
    assert "this would be Clear instead of Defer." in other
    assert "?change=1" not in other


def test_a_full_case_takes_a_fixed_number_of_queries(
    client: Browser, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    many = [{"code": f"rule_{n}", "sources": ["R10", "R13"]} for n in range(12)]
    case = screened(cast, PEEL, *many, **PEELS)
    client.force_login(cast.petra)
    with django_assert_max_num_queries(19):
        client.get(reverse("review:case", args=[case.pk]))
    assert case.assessment_date == MONDAY
