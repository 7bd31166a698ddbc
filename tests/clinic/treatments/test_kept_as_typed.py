"""The record is kept as it is typed: a reload, a withdrawal or a colleague loses nothing."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clinic.consent.actions import withdraw
from clinic.core.actor import CLINICAL_ROLES
from clinic.core.models import FormDraft
from clinic.treatments.actions import nothing_done, sign
from clinic.treatments.models import Treatment
from tests.access import assert_access
from tests.clinic.treatments.test_pages import _typed
from tests.factories import Cast
from tests.factories.treating import BEGAN, ENDED, done, running

pytestmark = pytest.mark.django_db
TYPED = {
    "depth_cheeks": "0.4",
    "notes": "half a wor",
    "side_cheeks": "DIFFER",
    "depth_cheeks_right": "0.3",
    "why_TOO_DEEP": "The pen slipped.",
}


def _save(client: Client, treatment: Treatment, **of_the_page: Any) -> Any:
    sent = TYPED | {"autosave_page": "a", "autosave_sequence": "1"} | of_the_page
    return client.post(reverse("treatments:draft", args=[treatment.pk]), sent)


@pytest.fixture
def treatment(client: Client, cast: Cast) -> Treatment:
    client.force_login(cast.petra)
    return running(cast)


def test_access_to_the_drafts(client: Client, cast: Cast) -> None:
    treatment = running(cast)
    for method in ("get", "post"):
        assert_access(
            client,
            cast,
            "treatments:draft",
            {"treatment_id": treatment.pk},
            allowed_roles=CLINICAL_ROLES,
            method=method,
            missing={"treatment_id": 999_999},
        )
    record = sign(
        actor=cast.actor(cast.petra), user=cast.petra, treatment=treatment, done=done(), at=ENDED
    )
    assert_access(
        client,
        cast,
        "treatments:correction_draft",
        {"record_id": record.pk},
        allowed_roles=CLINICAL_ROLES,
        missing={"record_id": 999_999},
    )
    client.force_login(cast.hana)
    for name, key in (("draft", treatment.pk), ("correction_draft", record.pk)):
        assert client.get(reverse(f"treatments:{name}", args=[key])).status_code == 404


def test_the_page_opens_with_what_was_typed(client: Client, treatment: Treatment) -> None:
    told = _save(client, treatment).json()
    assert told["version"] == 1
    page = client.get(reverse("treatments:treat", args=[treatment.appointment_id]))
    form = page.context["form"]
    assert not form.is_bound
    for name, value in TYPED.items():
        assert form[name].value() == value
    assert form["treated_forehead"].value() is False
    assert f"Saved {told['at']}" in page.content.decode()
    assert 'data-version="1"' in page.content.decode()


def test_whoever_is_behind_is_told(client: Client, treatment: Treatment) -> None:
    _save(client, treatment)
    answer = _save(client, treatment, autosave_page="b", notes="other")
    assert answer.status_code == 409
    assert "Load it again" in answer.json()["said"]
    assert FormDraft.objects.get().values["notes"] == ["half a wor"]


def test_a_colleague_does_not_write_into_it(
    client: Client, cast: Cast, treatment: Treatment
) -> None:
    client.force_login(cast.rosa)
    assert _save(client, treatment).status_code == 409
    assert not FormDraft.objects.exists()


def test_signing_removes_it_and_a_late_save_brings_nothing_back(
    client: Client, cast: Cast, treatment: Treatment
) -> None:
    _save(client, treatment)
    with time_machine.travel(ENDED, tick=False):
        client.post(reverse("treatments:sign", args=[treatment.pk]), _typed())
    treatment.refresh_from_db()
    assert treatment.ended_at is not None
    assert not FormDraft.objects.exists()
    client.force_login(cast.petra)
    for base in ("0", "1"):
        assert _save(client, treatment, autosave_base=base).status_code == 409
    assert not FormDraft.objects.exists()


def test_a_withdrawal_leaves_what_was_typed(
    client: Client, cast: Cast, treatment: Treatment
) -> None:
    _save(client, treatment)
    withdraw(actor=cast.actor(cast.fred), consent=treatment.consent, cause="", at=BEGAN)
    page = client.get(reverse("treatments:treat", args=[treatment.appointment_id]))
    assert page.context["form"]["notes"].value() == "half a wor"
    assert _save(client, treatment, autosave_sequence="2").status_code == 200
    nothing_done(actor=cast.actor(cast.petra), user=cast.petra, treatment=treatment, at=ENDED)
    assert not FormDraft.objects.exists()


def test_a_signed_out_page_is_sent_to_sign_in(client: Client, treatment: Treatment) -> None:
    client.logout()
    assert _save(client, treatment).status_code == 302
