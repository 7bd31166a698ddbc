"""After a signature the next case that waits is open, with the way back to the one signed."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.intake.models import Screening
from clinic.review.models import Decision
from tests import factories
from tests.clinic.review.test_pages import WAIT, sign
from tests.factories import Cast
from tests.factories.days import NOW
from tests.factories.people import client as make_client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


def waiting(cast: Cast, name: str, day: int, **fields: Any) -> Screening:
    who = make_client(cast.riverside, first_name=name)
    wished = date(2026, 6, day)
    return factories.screening(who, cast.pen, planned_date=wished, **{"findings": [{}]} | fields)


def address(screening: Screening) -> str:
    return reverse("review:case", args=[screening.pk])


def test_the_next_one_behind_it_opens_and_says_what_was_signed(client: Browser, cast: Cast) -> None:
    waiting(cast, "Ada", 3)
    bea, cleo = waiting(cast, "Bea", 5), waiting(cast, "Cleo", 9)
    answer = sign(client, cast.petra, bea)
    assert answer["Location"] == address(cleo)
    page = client.get(answer["Location"]).content.decode()
    assert "Decision on Bea Lind signed." in page
    assert (
        f"<a href='{reverse('journey:client', args=[bea.client_id])}'>Go to the client</a>" in page
    )
    assert page.split("<h1>")[1].startswith("Review: Cleo Lind")


def test_behind_the_last_comes_the_first_and_then_the_list(client: Browser, cast: Cast) -> None:
    ada, cleo = waiting(cast, "Ada", 3), waiting(cast, "Cleo", 9)
    assert sign(client, cast.petra, cleo)["Location"] == address(ada)
    answer = sign(client, cast.petra, ada)
    assert answer["Location"] == reverse("review:worklist")
    page = client.get(answer["Location"]).content.decode()
    assert "Decision on Ada Lind signed." in page
    assert "Nothing to review" in page


def test_same_day_in_the_order_of_arrival(client: Browser, cast: Cast) -> None:
    ada, bea, cleo = (waiting(cast, name, 5) for name in ("Ada", "Bea", "Cleo"))
    assert sign(client, cast.petra, bea)["Location"] == address(cleo)
    assert sign(client, cast.petra, cleo)["Location"] == address(ada)


def test_a_second_look_opens_where_the_colleague_asks_for_it_and_not_one_s_own(
    client: Browser, cast: Cast
) -> None:
    override, ada = waiting(cast, "Ona", 4, findings=[WAIT]), waiting(cast, "Ada", 9)
    answer = sign(client, cast.petra, override, verdict="OVERRIDE")
    assert answer["Location"] == address(ada)
    page = client.get(answer["Location"]).content.decode()
    assert "A second clinician must confirm before the client can be booked." in page
    assert sign(client, cast.petra, ada)["Location"] == reverse("review:worklist")
    bea = waiting(cast, "Bea", 2)
    decision = Decision.objects.get(screening=override)
    assert sign(client, cast.rosa, bea)["Location"] == reverse("review:confirm", args=[decision.pk])


def test_after_a_second_look_as_well(client: Browser, cast: Cast) -> None:
    override, ada = waiting(cast, "Ona", 4, findings=[WAIT]), waiting(cast, "Ada", 9)
    sign(client, cast.petra, override, verdict="OVERRIDE")
    client.force_login(cast.rosa)
    url = reverse("review:confirm", args=[Decision.objects.get().pk])
    answer = client.post(url, {"agreed": "yes", "note": "I looked as well."})
    assert answer["Location"] == address(ada)
    said = client.get(answer["Location"]).content.decode()
    assert "Your answer on Ona Lind is signed and stored with the decision." in said


def test_a_case_of_another_site_is_never_the_next(client: Browser, cast: Cast) -> None:
    who = make_client(cast.hilltop)
    factories.screening(who, cast.hilltop.procedures.get(modality="MN_PEN"), findings=[{}])
    ada = waiting(cast, "Ada", 3)
    assert sign(client, cast.petra, ada)["Location"] == reverse("review:worklist")


def test_a_name_is_shown_as_text_in_what_was_signed(client: Browser, cast: Cast) -> None:
    ada, _cleo = waiting(cast, "<b>Ada</b> {x}", 3), waiting(cast, "Cleo", 9)
    page = client.get(sign(client, cast.petra, ada)["Location"]).content.decode()
    assert "Decision on &lt;b&gt;Ada&lt;/b&gt; {x} Lind signed." in page
