"""No case is on no list: a prescriber's, a clinician's, the desk's, or it needs nobody now."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import Membership
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.intake.models import Intake, Screening
from clinic.review import queries
from clinic.review.models import Decision
from tests import factories
from tests.access import assert_access
from tests.clinic.review.test_pages import sign
from tests.factories import Cast
from tests.factories.days import MONDAY, NOW

pytestmark = pytest.mark.django_db
ASK = {"outcome": "MORE_INFO", "verdict": "ASK"}
REFER = {"outcome": "PRESCRIBER", "verdict": "REFER"}


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return factories.cast()


@pytest.fixture
def case(cast: Cast) -> Screening:
    who = factories.client(cast.riverside)
    finding = {"override_by": "prescriber", "question_ids": ["hsv_history"]}
    answers = {"hsv_history": "no", "unwell": "no"}
    return factories.screening(who, cast.pen, findings=[finding], answers=answers)


def test_a_case_for_a_prescriber_leaves_the_asker_s_list_and_stands_on_theirs(
    client: Browser, cast: Cast, case: Screening
) -> None:
    sign(client, cast.petra, case, **REFER)
    assert not queries.waiting(cast.actor(cast.petra), MONDAY).exists()
    assert queries.waiting(cast.actor(cast.rosa), MONDAY).get() == case
    assert queries.waiting_count(cast.actor(cast.rosa), MONDAY) == 1
    client.force_login(cast.rosa)
    page = client.get(reverse("review:worklist") + "?asked=1").content.decode()
    assert case.client.full_name in page
    sign(client, cast.rosa, case, latest=Decision.objects.get().pk)
    assert not queries.waiting(cast.actor(cast.rosa), MONDAY).exists()
    assert case.clearances.filter(live=True).exists()


def test_where_nobody_prescribes_the_case_stays_with_all(
    client: Browser, cast: Cast, case: Screening
) -> None:
    sign(client, cast.petra, case, **REFER)
    Membership.objects.filter(role=Role.PRESCRIBER).delete()
    assert queries.waiting(cast.actor(cast.petra), MONDAY).get() == case


def test_a_prescriber_asks_no_prescriber(client: Browser, cast: Cast, case: Screening) -> None:
    client.force_login(cast.rosa)
    page = client.get(reverse("review:case", args=[case.pk])).content.decode()
    assert 'value="PRESCRIBER"' not in page
    sign(client, cast.rosa, case, outcome="PRESCRIBER", verdict="ASK")
    assert not Decision.objects.exists()


def test_nobody_is_cleared_while_a_prescriber_is_asked(
    client: Browser, cast: Cast, case: Screening
) -> None:
    page = sign(client, cast.petra, case, verdict="REFER").content.decode()
    assert "You chose “Ask a prescriber” for a finding" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", ["petra", "rosa"])
@pytest.mark.parametrize("verdict", ["ACCEPT", "ASK", "STOP", "REFER"])
@pytest.mark.parametrize(
    "outcome", ["", "CLEARED", "DEFERRED", "MORE_INFO", "DECLINED", "PRESCRIBER"]
)
def test_no_undecided_case_is_on_no_list(
    client: Browser, cast: Cast, case: Screening, outcome: str, verdict: str, role: str
) -> None:
    until = MONDAY + timedelta(days=7)
    sign(
        client,
        getattr(cast, role),
        case,
        outcome=outcome,
        verdict=verdict,
        defer_until=until.isoformat(),
    )
    decided = Decision.objects.first()
    for day in (MONDAY, until):
        review = queries.waiting(cast.actor(cast.petra), day) | queries.waiting(
            cast.actor(cast.rosa), day
        )
        desk = [one.screening for one in queries.questions_waiting(cast.actor(cast.fred))]
        over = decided is not None and (
            decided.outcome in ("CLEARED", "DECLINED")
            or (decided.outcome == "DEFERRED" and day < until)
        )
        assert over != (case in [*review, *desk])


def test_today_shows_the_question_in_words_and_whose_it_is(
    client: Browser, cast: Cast, case: Screening
) -> None:
    sign(client, cast.petra, case, **ASK, reason="Which tablets?")
    client.force_login(cast.fred)
    page = client.get(reverse("journey:today")).content.decode()
    assert "Questions waiting for an answer" in page
    (question,) = queries.questions_waiting(cast.actor(cast.fred))
    assert len(question.texts) == 1
    assert "Which tablets?" in page
    assert case.client.full_name in page
    assert f"born {case.client.date_of_birth:%-d %b %Y}" in page


def test_asking_the_client_opens_the_questions_with_that_one_unanswered(
    client: Browser, cast: Cast, case: Screening
) -> None:
    sign(client, cast.petra, case, **ASK)
    client.force_login(cast.fred)
    page = client.post(reverse("review:ask_client", args=[case.pk])).content.decode()
    assert f"Only for {case.client.full_name}" in page
    assert "data-copy" in page or "<svg" in page
    draft = Intake.objects.get(submitted_at=None)
    assert draft.answers == {}
    assert set(draft.earlier) == {"unwell"}
    client.post(reverse("review:ask_client", args=[case.pk]))
    assert Intake.objects.get(submitted_at=None) == draft


def test_the_desk_and_clinicians_ask_the_client(
    client: Browser, cast: Cast, case: Screening
) -> None:
    sign(client, cast.petra, case, **ASK)
    assert_access(
        client,
        cast,
        "review:ask_client",
        {"screening_id": case.pk},
        method="post",
        allowed_roles=[*CLINICAL_ROLES, Role.FRONT_DESK],
        missing={"screening_id": 10**9},
    )


def test_without_a_question_nothing_is_opened(client: Browser, cast: Cast, case: Screening) -> None:
    client.force_login(cast.fred)
    client.post(reverse("review:ask_client", args=[case.pk]))
    assert not Intake.objects.filter(submitted_at=None).exists()
