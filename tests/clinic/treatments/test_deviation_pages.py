"""Deviations on the tablet, the void of a record, and the clinical lead's list."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.treatments.actions import sign
from clinic.treatments.deviations import Kind
from clinic.treatments.models import Deviation, TreatmentRecord
from tests.access import assert_access
from tests.clinic.treatments.test_deviations import YESTERDAY, signed
from tests.clinic.treatments.test_pages import _typed
from tests.factories import Cast
from tests.factories.treating import ENDED, done, running

pytestmark = pytest.mark.django_db
MISSING = 999_999


def _late(cast: Cast) -> TreatmentRecord:
    return signed(cast, done(cartridge_expiry=YESTERDAY), Kind.CARTRIDGE_EXPIRED)


@pytest.mark.parametrize(
    ("name", "roles"), [("treatments:void", CLINICAL_ROLES), ("treatments:correct", CLINICAL_ROLES)]
)
def test_access_to_putting_right(client: Client, cast: Cast, name: str, roles: Any) -> None:
    record = _late(cast)
    assert_access(
        client,
        cast,
        name,
        {"record_id": record.pk},
        allowed_roles=roles,
        missing={"record_id": MISSING},
    )
    client.force_login(cast.hana)
    assert client.get(reverse(name, args=[record.pk])).status_code == 404


def test_access_to_the_list_and_the_note(client: Client, cast: Cast) -> None:
    _late(cast)
    deviation = Deviation.objects.get()
    readers = {Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR}
    assert_access(client, cast, "treatments:deviations", allowed_roles=readers)
    assert_access(
        client,
        cast,
        "treatments:acknowledge",
        {"deviation_id": deviation.pk},
        allowed_roles={Role.CLINICAL_LEAD},
        missing={"deviation_id": MISSING},
    )


def _post(client: Client, treatment: Any, **changes: Any) -> Any:
    with time_machine.travel(ENDED, tick=False):
        return client.post(
            reverse("treatments:sign", args=[treatment.pk]), _typed(**changes), follow=True
        )


DIFFERENT: list[tuple[str, dict[str, Any]]] = [
    ("TOO_DEEP", {"depth_cheeks": "1.5"}),
    (
        "OTHER_AREA",
        {
            "area_other_1": "neck",
            "depth_other_1": "0.3",
            "passes_other_1": "2",
            "endpoints_other_1": ["redness"],
        },
    ),
    ("CARTRIDGE_EXPIRED", {"cartridge_expiry": "2026-06-15"}),
    ("CARTRIDGE_EXPIRED", {"cartridge_2_lot": "X", "cartridge_2_expiry": "2026-06-15"}),
    (
        "PRODUCT_EXPIRED",
        {"topical_1_name": "S", "topical_1_lot": "1", "topical_1_expiry": "2026-06-15"},
    ),
    (
        "NUMBING",
        {
            "numbing_used": "yes",
            "numbing_product": "LMX",
            "numbing_strength": "4",
            "numbing_grams": "1",
            "numbing_minutes": "30",
            "numbing_removed": "yes",
        },
    ),
    ("START_TIME", {"started_at": "09:40"}),
]


@pytest.mark.parametrize(("kind", "changes"), DIFFERENT)
def test_the_page_asks_why_and_then_signs(
    client: Client, cast: Cast, kind: str, changes: dict[str, Any]
) -> None:
    treatment = running(cast)
    client.force_login(cast.petra)
    asked = _post(client, treatment, **changes)
    assert "Done otherwise than cleared" in asked.content.decode()
    assert {f"why_{kind}", f"action_{kind}"} <= set(asked.context["form"].errors)
    for name, value in changes.items():
        assert asked.context["form"][name].value() == value, f"{name} was lost"
    reason = {f"why_{kind}": "It was so.", f"action_{kind}": "Told the client."}
    record = _post(client, treatment, **changes, **reason).content.decode()
    assert "It was so." in record
    assert "The clinical lead has not seen this yet." in record
    assert Deviation.objects.get().kind == kind


def test_left_and_right_are_typed_and_come_back_in_a_correction(client: Client, cast: Cast) -> None:
    treatment = running(cast)
    client.force_login(cast.petra)
    typed = {
        "side_cheeks": "DIFFER",
        "depth_cheeks_right": "0.3",
        "passes_cheeks_right": "1",
        "endpoints_cheeks_right": ["swelling"],
        "side_forehead": "LEFT",
        "cartridge_kind": "12 needles",
        "skin_preparation": "Saline",
    }
    record = _post(client, treatment, **typed).content.decode()
    assert "Cheeks, left" in record
    assert "Cheeks, right" in record
    assert "Forehead, left" in record
    assert "12 needles" in record
    with time_machine.travel(ENDED, tick=False):
        page = client.get(reverse("treatments:correct", args=[TreatmentRecord.objects.get().pk]))
    form = page.context["form"]
    assert form["side_cheeks"].value() == "DIFFER"
    assert str(form["depth_cheeks_right"].value()) == "0.30"
    assert form["side_forehead"].value() == "LEFT"
    assert "By signing you say: This corrects an earlier record" in page.content.decode()


def test_radiofrequency_asks_for_energy_pulse_and_tip(client: Client, cast: Cast) -> None:
    treatment = running(cast, procedure=cast.rf)
    client.force_login(cast.petra)
    asked = _post(client, treatment).context["form"].errors
    assert {"cartridge_kind", "energy_cheeks", "pulse_cheeks", "energy_forehead"} <= set(asked)
    rf = {"cartridge_kind": "49 pins", "energy_all": "20 mJ", "pulse_all": "50 ms"}
    record = _post(client, treatment, **rf).content.decode()
    assert "49 pins" in record
    assert "20 mJ, 50 ms" in record


def test_the_lead_sees_the_count_and_leaves_a_note(client: Client, cast: Cast) -> None:
    _late(cast)
    deviation = Deviation.objects.get()
    client.force_login(cast.lena)
    page = client.get(reverse("treatments:deviations")).content.decode()
    assert '<span class="count">1' in page
    assert deviation.why in page
    url = reverse("treatments:acknowledge", args=[deviation.pk])
    assert "Please fill this in." in client.post(url, {"note": " "}).content.decode()
    assert client.post(url, {"note": "Box thrown out."}).status_code == 302
    assert "Nothing waits for you." in client.get(reverse("treatments:deviations")).content.decode()
    every = client.get(reverse("treatments:deviations") + "?all=1").content.decode()
    assert "Box thrown out." in every
    assert client.post(url, {"note": "Again."}).status_code == 409


def test_a_record_is_voided_on_its_page(client: Client, cast: Cast) -> None:
    treatment = running(cast)
    sign(actor=cast.actor(cast.petra), user=cast.petra, treatment=treatment, done=done(), at=ENDED)
    record = TreatmentRecord.objects.get()
    client.force_login(cast.petra)
    link = reverse("treatments:void", args=[record.pk])
    assert link in client.get(reverse("treatments:correct", args=[record.pk])).content.decode()
    assert (
        "Please fill this in." in client.post(link, {"reason": "", "action": ""}).content.decode()
    )
    sent = {"reason": "Nadia was treated.", "action": "Told both."}
    page = client.post(link, sent, follow=True).content.decode()
    assert "Void: the record of another client." in page
    assert "Nadia was treated." in page
    assert "Make the aftercare sheet" not in page
