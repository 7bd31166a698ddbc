"""What the clinic offers can be made stricter than policy, never laxer."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinic.audit.models import Event
from clinic.core.actor import Role
from clinic.core.errors import Refused
from clinic.procedures import actions
from clinic.procedures.models import Procedure
from clinic.procedures.policy import floors
from tests.access import assert_access
from tests.factories.days import NOW
from tests.factories.people import Cast

LEADS = {Role.MANAGER, Role.CLINICAL_LEAD}


def values(cast: Cast, **fields: Any) -> dict[str, Any]:
    return {
        "name": "Microneedling pen",
        "is_offered": "on",
        "min_depth_mm": "0.25",
        "max_depth_mm": "2.00",
        "areas": ["forehead", "cheeks"],
        "duration_minutes": "45",
        "interval_days": "30",
        "deep_interval_days": "42",
        "cooling_off_hours": "24",
        "performers": [cast.petra.pk],
    } | fields


def test_everybody_on_the_staff_sees_what_is_offered(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, "procedures:list", allowed_roles=set(Role), wrong_method="post")


def test_managers_and_clinical_leads_change_it(client: Browser, cast: Cast) -> None:
    there = Procedure.objects.filter(site=cast.hilltop)[0]
    for method, data in (("get", None), ("post", values(cast))):
        assert_access(
            client,
            cast,
            "procedures:edit",
            {"procedure_id": cast.pen.pk},
            allowed_roles=LEADS,
            method=method,
            data=data,
            elsewhere={"procedure_id": there.pk},
            missing={"procedure_id": 0},
        )


def test_the_list_says_it_in_words_with_a_fixed_number_of_queries(
    client: Browser, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.fred)
    # session, user, places, procedures, performers, what waits for review
    with django_assert_num_queries(6):
        page = client.get(reverse("procedures:list")).content.decode()
    for words in ("0.25 to 2.50 mm", "60 minutes", "28 days", "48 hours", "Petra Novak"):
        assert words in page
    assert "Hana Iwu" not in page


def test_a_change_is_saved_with_who_made_it(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    url = reverse("procedures:edit", args=[cast.pen.pk])
    assert client.post(url, values(cast)).status_code == 302
    pen = Procedure.objects.get(pk=cast.pen.pk)
    assert (pen.max_depth_mm, pen.areas, pen.interval_days, list(pen.performers.all())) == (
        Decimal("2.00"),
        ["forehead", "cheeks"],
        30,
        [cast.petra],
    )
    row = Event.objects.get(verb="procedure.change")
    assert row.actor_name == "Mark Diaz"
    assert row.detail == {
        "changed": ["max_depth_mm", "areas", "duration_minutes", "interval_days"],
        "performers": [cast.petra.pk],
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"min_depth_mm": "0"}, "Please give a depth above 0 mm."),
        ({"min_depth_mm": "deep"}, "Please give a number"),
        ({"max_depth_mm": "0.20"}, "This is less than the least depth."),
        ({"max_depth_mm": "12"}, "Please give a depth below 10 mm."),
        ({"interval_days": "27"}, "please give 28 or more"),
        ({"deep_interval_days": "41"}, "please give 42 or more"),
        ({"interval_days": "50"}, "rests at least as long"),
        ({"cooling_off_hours": "23"}, "please give 24 or more"),
        ({"duration_minutes": "0"}, "between 5 and 480 minutes"),
        ({"areas": []}, "Please choose an answer."),
        ({"areas": ["eyelid"]}, "eyelid"),
        ({"name": "Microneedling roller"}, "Another procedure of this site has this name."),
    ],
)
def test_a_slip_is_told_in_words_and_nothing_changes(
    client: Browser, cast: Cast, change: dict[str, Any], words: str
) -> None:
    client.force_login(cast.lena)
    url = reverse("procedures:edit", args=[cast.pen.pk])
    page = client.post(url, values(cast, **change)).content.decode()
    assert words in page
    assert 'value="45"' in page or "duration_minutes" in change
    assert not Event.objects.filter(verb="procedure.change").exists()


def test_rf_rests_and_waits_longer(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    url = reverse("procedures:edit", args=[cast.rf.pk])
    page = client.post(url, values(cast, name="RF")).content.decode()
    assert "please give 42 or more" in page
    assert "please give 48 or more" in page


def test_nobody_from_elsewhere_and_no_receptionist_performs(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    url = reverse("procedures:edit", args=[cast.pen.pk])
    for person in (cast.hana, cast.fred):
        assert client.post(url, values(cast, performers=[person.pk])).status_code == 200
    pen = Procedure.objects.get(pk=cast.pen.pk)
    assert {user.name for user in pen.performers.all()} == {
        "Petra Novak",
        "Rosa Marsh",
        "Lena Frost",
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"cooling_off_hours": 23},
        {"interval_days": 27},
        {"deep_interval_days": 41},
        {"areas": ["lip_red"]},
    ],
)
def test_the_action_itself_keeps_to_policy(cast: Cast, fields: dict[str, Any]) -> None:
    pen = cast.pen
    given = {name: getattr(pen, name) for name in actions.KEPT} | fields
    with pytest.raises(Refused):
        actions.change(
            actor=cast.actor(cast.mark), procedure_id=pen.pk, at=NOW, performers=[], **given
        )


def test_the_floors_are_those_of_the_clinical_content() -> None:
    assert [
        (least.interval_days, least.deep_interval_days, least.cooling_off_hours)
        for least in map(floors, ("MN_PEN", "MN_ROLLER", "RF_MN"))
    ] == [(28, 42, 24), (28, 42, 24), (42, 42, 48)]
