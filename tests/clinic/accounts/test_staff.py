"""A manager decides who works at the site; nobody raises themselves."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clinic.accounts.models import Membership, User
from clinic.audit.models import Event
from clinic.core.actor import Role
from tests.access import assert_access
from tests.factories.people import PASSWORD, Cast

GOOD = "seven quiet herons fly"
NEW: dict[str, Any] = {
    "name": "Ines Vale",
    "email": "Ines@Clinic.Example",
    "job_title": "Receptionist",
    "registration": "",
    "roles": ["front_desk"],
    "password": GOOD,
}


def held(user: User, site_id: int) -> set[str]:
    return set(user.memberships.filter(site_id=site_id).values_list("role", flat=True))


def test_only_a_manager_adds_people(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, "accounts:staff_new", allowed_roles={Role.MANAGER})
    assert_access(
        client,
        cast,
        "accounts:staff_new",
        allowed_roles={Role.MANAGER},
        method="post",
        data=NEW,
    )


def test_only_a_manager_changes_people_of_the_own_site(client: Browser, cast: Cast) -> None:
    assert_access(
        client,
        cast,
        "accounts:staff_edit",
        {"user_id": cast.fred.pk},
        allowed_roles={Role.MANAGER},
        elsewhere={"user_id": cast.hana.pk},
        missing={"user_id": 0},
    )


def test_the_list_shows_the_people_of_this_site(client: Browser, cast: Cast) -> None:
    client.force_login(cast.audra)
    page = client.get(reverse("accounts:staff")).content.decode()
    assert "Petra Novak" in page
    assert "NMC 12A3456E" in page
    assert "Hana Iwu" not in page


def test_a_new_person_can_sign_in_at_once(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    assert client.post(reverse("accounts:staff_new"), NEW).status_code == 302
    ines = User.objects.get(email="ines@clinic.example")
    assert held(ines, cast.riverside.pk) == {"front_desk"}
    told = Event.objects.get(verb="staff.add")
    assert (told.object_id, told.detail) == (ines.pk, {"roles": ["front_desk"]})
    browser = Browser()
    browser.post(reverse("accounts:sign_in"), {"email": ines.email, "password": GOOD})
    assert browser.get(reverse("clients:list")).status_code == 200


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "ines vale ines"}, "too similar"),
        ({"password": "123456789012"}, "numeric"),
        ({"roles": []}, "Please choose at least one role."),
        ({"roles": ["prescriber"]}, "Please give the registration of the prescriber."),
        ({"email": "fred@clinic.example"}, "works here already"),
        ({"name": ""}, "Please fill this in."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Browser, cast: Cast, change: dict[str, Any], words: str
) -> None:
    client.force_login(cast.mark)
    page = client.post(reverse("accounts:staff_new"), NEW | change).content.decode()
    assert words in page
    assert 'value="Receptionist"' in page
    assert not User.objects.filter(email="ines@clinic.example").exists()


def test_somebody_of_another_site_keeps_name_and_password(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    client.post(reverse("accounts:staff_new"), NEW | {"email": "hana@clinic.example"})
    hana = User.objects.get(pk=cast.hana.pk)
    assert (hana.name, hana.check_password(PASSWORD)) == ("Hana Iwu", True)
    assert held(hana, cast.riverside.pk) == {"front_desk"}
    assert held(hana, cast.hilltop.pk) == {"front_desk", "practitioner"}


def change(client: Browser, user: User, **fields: Any) -> str:
    values = {"name": user.name, "job_title": "", "registration": user.registration, "roles": []}
    values |= {"password": ""} | fields
    url = reverse("accounts:staff_edit", args=[user.pk])
    return client.post(url, values, follow=True).content.decode()


def test_without_a_role_somebody_no_longer_works_here(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    change(client, cast.fred)
    browser = Browser()
    browser.force_login(cast.fred)
    assert browser.get(reverse("clients:list")).status_code == 403
    assert Event.objects.get(verb="staff.change").detail["roles_before"] == ["front_desk"]


def test_nobody_changes_their_own_roles(client: Browser, cast: Cast) -> None:
    client.force_login(cast.mark)
    page = change(client, cast.mark, roles=["manager", "clinical_lead"])
    assert "Nobody changes their own roles" in page
    assert held(cast.mark, cast.riverside.pk) == {"manager"}


def test_a_new_password_from_the_manager_opens_and_ends_old_sessions(
    client: Browser, cast: Cast
) -> None:
    old = Browser()
    old.force_login(cast.fred)
    client.force_login(cast.mark)
    change(client, cast.fred, roles=["front_desk"], password=GOOD)
    assert old.get(reverse("clients:list")).status_code == 302
    assert old.login(username="fred@clinic.example", password=GOOD)


def test_a_manager_sets_no_password_of_somebody_who_works_elsewhere_too(
    client: Browser, cast: Cast
) -> None:
    Membership.objects.create(user=cast.hana, site=cast.riverside, role=Role.FRONT_DESK)
    client.force_login(cast.mark)
    page = change(client, cast.hana, roles=["front_desk"], password=GOOD)
    assert "works at other sites too" in page
    assert User.objects.get(pk=cast.hana.pk).check_password(PASSWORD)


def test_a_person_changes_their_own_password(client: Browser, cast: Cast) -> None:
    assert_access(client, cast, "accounts:password", allowed_roles=set(Role))
    client.force_login(cast.fred)
    url = reverse("accounts:password")
    wrong = client.post(url, {"current": "not it", "new": GOOD, "again": GOOD})
    assert "This is not your password now." in wrong.content.decode()
    twice = client.post(url, {"current": PASSWORD, "new": GOOD, "again": "another one here"})
    assert "The two passwords are not the same." in twice.content.decode()
    assert client.post(url, {"current": PASSWORD, "new": GOOD, "again": GOOD}).status_code == 302
    assert client.get(reverse("clients:list")).status_code == 200
    assert User.objects.get(pk=cast.fred.pk).check_password(GOOD)
