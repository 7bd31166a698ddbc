"""The access matrix that begins each endpoint's test file."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic.accounts.models import User
from clinic.core.actor import Role
from tests.factories import people

REFUSED = (403, 404, 405)
Kwargs = dict[str, Any]


def person(cast: people.Cast, role: Role) -> User:
    """Who holds a role at Riverside."""
    return {
        Role.FRONT_DESK: cast.fred,
        Role.PRACTITIONER: cast.petra,
        Role.PRESCRIBER: cast.rosa,
        Role.CLINICAL_LEAD: cast.lena,
        Role.MANAGER: cast.mark,
        Role.AUDITOR: cast.audra,
    }[role]


def assert_access(
    client: Client,
    cast: people.Cast,
    url_name: str,
    kwargs: Kwargs | None = None,
    *,
    allowed_roles: Collection[Role],
    method: str = "get",
    data: Mapping[str, Any] | None = None,
    elsewhere: Kwargs | None = None,
    missing: Kwargs | None = None,
    wrong_method: str | None = "delete",
) -> None:
    """A page opens for its roles at Riverside and for nobody else.

    Allowed roles get through; others 403; a visitor is sent to sign in; `elsewhere` (kwargs of
    another site's record) and `missing` are the same 404; `wrong_method` is 405 (None: any method
    is right). What the requests write is taken back after each.
    """
    url = reverse(url_name, kwargs=kwargs)
    for role in Role:
        status = _ask(client, person(cast, role), method, url, data).status_code
        if role in allowed_roles:
            assert status not in REFUSED, f"{role} gets {status} from {url_name}"
            assert status < 500, f"{role} gets {status} from {url_name}"
        else:
            assert status == 403, f"{role} gets {status} from {url_name}, not 403"
    insider = person(cast, sorted(allowed_roles)[0])
    for other in (elsewhere, missing):
        if other is not None:
            found = _ask(client, insider, method, reverse(url_name, kwargs=other), data)
            assert found.status_code == 404, f"{other} gives {found.status_code}, not 404"
    if wrong_method:
        assert _ask(client, insider, wrong_method, url).status_code == 405
    sent = _ask(client, None, method, url, data)
    assert (sent.status_code, sent.headers.get("Location", "").split("?")[0]) == (
        302,
        reverse("accounts:sign_in"),
    )


def _ask(
    client: Client,
    user: User | None,
    method: str,
    url: str,
    data: Mapping[str, Any] | None = None,
) -> HttpResponse:
    client.logout()
    if user is not None:
        client.force_login(user)
    with transaction.atomic():
        response = getattr(client, method)(url, data) if data else getattr(client, method)(url)
        transaction.set_rollback(True)
    assert isinstance(response, HttpResponse)
    return response
