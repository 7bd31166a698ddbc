"""The treatment room on a tablet: limits, start, record, stop, correction."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from clinic.audit.models import Event
from clinic.consent.models import Consent
from clinic.core.actor import CLINICAL_ROLES, Role
from clinic.treatments.actions import sign
from clinic.treatments.models import Treatment, TreatmentRecord
from tests.access import assert_access
from tests.factories import Cast
from tests.factories.treating import BEGAN, ENDED, area, done, ready, running

pytestmark = pytest.mark.django_db
READERS = {*CLINICAL_ROLES, Role.FRONT_DESK, Role.AUDITOR}
MISSING = 999_999


def _typed(**changes: Any) -> dict[str, Any]:
    """What Petra types for both areas, in the fields of the form."""
    values: dict[str, Any] = {
        "depth_all": "0.25",
        "passes_all": "2",
        "endpoints_all": ["redness"],
        "treated_cheeks": "on",
        "depth_cheeks": "0.50",
        "passes_cheeks": "3",
        "treated_forehead": "on",
        "device": "SkinPen Precision",
        "cartridge_lot": "LOT-4711",
        "cartridge_expiry": "2027-12-31",
        "reaction_seen": "no",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


@pytest.fixture
def petra(client: Client, cast: Cast) -> Client:
    client.force_login(cast.petra)
    return client


def _record(cast: Cast, **fields: Any) -> TreatmentRecord:
    petra = cast.actor(cast.petra)
    treatment = running(cast, **fields)
    return sign(actor=petra, user=cast.petra, treatment=treatment, done=done(), at=ENDED)


def test_access_to_the_treatment_page(client: Client, cast: Cast) -> None:
    booked = ready(cast)
    assert_access(
        client,
        cast,
        "treatments:treat",
        {"appointment_id": booked.pk},
        allowed_roles=CLINICAL_ROLES,
        missing={"appointment_id": MISSING},
    )


def test_access_to_starting(client: Client, cast: Cast) -> None:
    booked = ready(cast)
    with time_machine.travel(BEGAN, tick=False):
        assert_access(
            client,
            cast,
            "treatments:start",
            {"appointment_id": booked.pk},
            allowed_roles=CLINICAL_ROLES,
            method="post",
            missing={"appointment_id": MISSING},
            wrong_method="get",
        )


def test_access_to_signing(client: Client, cast: Cast) -> None:
    treatment = running(cast)
    assert_access(
        client,
        cast,
        "treatments:sign",
        {"treatment_id": treatment.pk},
        allowed_roles=CLINICAL_ROLES,
        method="post",
        data=_typed(),
        missing={"treatment_id": MISSING},
        wrong_method="get",
    )


def test_access_to_the_record(client: Client, cast: Cast) -> None:
    record = _record(cast)
    assert_access(
        client,
        cast,
        "treatments:record",
        {"treatment_id": record.treatment_id},
        allowed_roles=READERS,
        missing={"treatment_id": MISSING},
    )


def test_access_to_correcting(client: Client, cast: Cast) -> None:
    record = _record(cast)
    assert_access(
        client,
        cast,
        "treatments:correct",
        {"record_id": record.pk},
        allowed_roles=CLINICAL_ROLES,
        missing={"record_id": MISSING},
    )


def test_another_sites_treatment_is_as_missing(client: Client, cast: Cast) -> None:
    record = _record(cast)
    booked = record.treatment.appointment
    client.force_login(cast.hana)
    for name, pk in [
        ("treat", booked.pk),
        ("record", record.treatment_id),
        ("correct", record.pk),
    ]:
        assert client.get(reverse(f"treatments:{name}", args=[pk])).status_code == 404
    for name, pk in [("start", booked.pk), ("sign", record.treatment_id)]:
        assert client.post(reverse(f"treatments:{name}", args=[pk])).status_code == 404


def test_the_limits_are_in_view_in_words(petra: Client, cast: Cast) -> None:
    booked = ready(cast, flags=["do_not_stop_medicine", "no_topical_anaesthetic"])
    with time_machine.travel(BEGAN, tick=False):
        page = petra.get(reverse("treatments:treat", args=[booked.pk]))
    assertContains(page, "at most 0.5 mm")
    assertContains(page, "Forehead, cheeks")
    assertContains(page, "Do not stop medicine")
    assertContains(page, "No numbing cream")
    assertContains(page, "Start the treatment")
    assert Event.objects.get(verb="treatment.read").client_id == booked.client_id


def test_what_is_missing_is_said_with_what_to_do(petra: Client, cast: Cast) -> None:
    booked = ready(cast)
    Consent.objects.update(
        ended_at=BEGAN, ended_by="Maya Lind", ended_cause="Changed her mind", end_kind="WITHDRAWN"
    )
    with time_machine.travel(BEGAN, tick=False):
        page = petra.get(reverse("treatments:treat", args=[booked.pk]))
        assertContains(page, "Maya Lind has taken the consent back")
        assertNotContains(page, "Start the treatment")
        pressed = petra.post(reverse("treatments:start", args=[booked.pk]))
    assertContains(pressed, "This treatment cannot start now", status_code=409)
    assert not Treatment.objects.exists()


def test_the_second_to_press_start_is_told_who_was_first(client: Client, cast: Cast) -> None:
    booked = ready(cast)
    with time_machine.travel(BEGAN, tick=False):
        for person in (cast.petra, cast.rosa):
            client.force_login(person)
            page = client.post(reverse("treatments:start", args=[booked.pk]))
    assertContains(page, "Petra Novak began this treatment at 10:05", status_code=409)
    assertNotContains(page, "Sign the record", status_code=409)


def test_from_start_to_signed_record(petra: Client, cast: Cast) -> None:
    booked = ready(cast)
    address = reverse("treatments:treat", args=[booked.pk])
    with time_machine.travel(BEGAN, tick=False):
        assertRedirects(petra.post(reverse("treatments:start", args=[booked.pk])), address)
        treatment = Treatment.objects.get()
        assertContains(petra.get(address), "Sign the record")
    with time_machine.travel(ENDED, tick=False):
        signed = petra.post(reverse("treatments:sign", args=[treatment.pk]), _typed())
    record_page = reverse("treatments:record", args=[treatment.pk])
    assertRedirects(signed, record_page, fetch_redirect_response=False)
    record = TreatmentRecord.objects.get()
    assert [
        (a.area, str(a.depth_mm), a.passes, a.endpoints) for a in record.areas.order_by("area")
    ] == [
        ("cheeks", "0.50", 3, ["redness"]),
        ("forehead", "0.25", 2, ["redness"]),
    ]
    assert (record.anaesthetic, record.finished_at, record.signed_by) == (None, ENDED, cast.petra)


def test_nothing_clinical_is_chosen_beforehand(petra: Client, cast: Cast) -> None:
    treatment = running(cast, anaesthetic_planned=True)
    page = petra.get(reverse("treatments:treat", args=[treatment.appointment_id]))
    form = page.context["form"]
    chosen = {name for name, field in form.fields.items() if field.initial not in (None, "", [])}
    assert chosen == {"treated_cheeks", "treated_forehead"}
    assert len(re.findall(r"<input[^>]* checked", page.content.decode())) == 2


def _problems(petra: Client, treatment: Treatment, **changes: Any) -> dict[str, list[str]]:
    with time_machine.travel(ENDED, tick=False):
        page = petra.post(reverse("treatments:sign", args=[treatment.pk]), _typed(**changes))
    assert page.status_code == 200
    form = page.context["form"]
    for name, value in _typed(**changes).items():
        assert form[name].value() in (value, value == "on"), f"{name} was lost"
    assert not TreatmentRecord.objects.exists()
    return {name: list(errors) for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"depth_cheeks": "0.75"}, "depth_cheeks", "deeper than what was cleared"),
        ({"depth_cheeks": "abc"}, "depth_cheeks", "Please give a number"),
        ({"depth_all": None}, "depth_forehead", "Please fill this in"),
        ({"passes_cheeks": "99"}, "passes_cheeks", "from 1 to 20"),
        ({"endpoints_all": None}, "endpoints_cheeks", "Please choose"),
        ({"endpoints_all": ["none", "redness"]}, "endpoints_cheeks", "alone"),
        ({"device": ""}, "device", "Please fill this in"),
        ({"cartridge_lot": " "}, "cartridge_lot", "Please fill this in"),
        ({"cartridge_expiry": "2026-06-15"}, "cartridge_expiry", "out of date"),
        ({"cartridge_expiry": "soon"}, "cartridge_expiry", "real date"),
        ({"reaction_seen": None}, "reaction_seen", "Please choose"),
        ({"reaction_seen": "yes"}, "reactions", "Please fill this in"),
        ({"topical_1_name": "Saline"}, "topical_1_lot", "Please fill this in"),
        ({"product_2_how_often": "daily"}, "product_2_name", "Please fill this in"),
        ({"finished_at": "09:00"}, "finished_at", "before the treatment began"),
        ({"finished_at": "11:30"}, "finished_at", "later than now"),
        ({"treated_cheeks": None, "treated_forehead": None}, "__all__", "at least one"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    petra: Client, cast: Cast, changes: dict[str, Any], field: str, words: str
) -> None:
    errors = _problems(petra, running(cast), **changes)
    assert words in " ".join(errors[field])


def test_numbing_asks_for_product_strength_grams_and_minutes(petra: Client, cast: Cast) -> None:
    treatment = running(cast, anaesthetic_planned=True)
    assert set(_problems(petra, treatment)) == {"numbing_used"}
    errors = _problems(petra, treatment, numbing_used="yes")
    parts = ("product", "strength", "grams", "minutes", "removed")
    assert set(errors) == {f"numbing_{part}" for part in parts}


def test_strong_numbing_cream_is_signed_and_said(petra: Client, cast: Cast) -> None:
    treatment = running(cast, anaesthetic_planned=True)
    numbing = {
        "numbing_used": "yes",
        "numbing_product": "EMLA",
        "numbing_strength": "5",
        "numbing_grams": "2.5",
        "numbing_minutes": "40",
        "numbing_removed": "yes",
    }
    with time_machine.travel(ENDED, tick=False):
        page = petra.post(
            reverse("treatments:sign", args=[treatment.pk]), _typed(**numbing), follow=True
        )
    assertContains(page, "stronger than 4 % lidocaine")
    assertContains(page, "EMLA, 5 %, 2.5 g, 40 minutes, wiped off before needling")


def test_a_client_with_an_allergy_gets_the_question_for_each_product(
    petra: Client, cast: Cast
) -> None:
    treatment = running(cast, flags=["latex_free", "avoid_iodine"])
    given = {"product_1_name": "Mask", "product_1_how_often": "once"}
    errors = _problems(petra, treatment, **given)
    assert set(errors) == {"product_1_contains"}
    with time_machine.travel(ENDED, tick=False):
        petra.post(
            reverse("treatments:sign", args=[treatment.pk]),
            _typed(**given, product_1_contains="not_sure"),
        )
    product = TreatmentRecord.objects.get().products_given[0]
    assert product["contains"] == ["latex", "iodine"]


def test_flagged_spots_must_be_named(petra: Client, cast: Cast) -> None:
    treatment = running(cast, flags=["exclude_zone"])
    assert set(_problems(petra, treatment)) == {"excluded_zones"}


def test_a_stop_before_any_needle_asks_nothing_of_the_record(petra: Client, cast: Cast) -> None:
    treatment = running(cast)
    sent = {"stop": "1", "stop_reason": "client", "stop_words": "Felt faint.", "needled": "no"}
    with time_machine.travel(ENDED, tick=False):
        page = petra.post(reverse("treatments:sign", args=[treatment.pk]), sent, follow=True)
    assertContains(page, "The client asked to stop. Felt faint.")
    assertContains(page, "Nothing was needled")
    treatment.refresh_from_db()
    treatment.appointment.refresh_from_db()
    assert (treatment.ended_at, treatment.appointment.status) == (ENDED, "CANCELLED")


def test_a_stop_says_why_and_whether_skin_was_needled(petra: Client, cast: Cast) -> None:
    treatment = running(cast)
    with time_machine.travel(ENDED, tick=False):
        page = petra.post(reverse("treatments:sign", args=[treatment.pk]), _typed() | {"stop": "1"})
    assert set(page.context["form"].errors) == {"stop_reason", "stop_words", "needled"}


def test_a_stop_half_way_is_signed_with_what_was_done(petra: Client, cast: Cast) -> None:
    treatment = running(cast)
    stop = {"stop": "1", "stop_reason": "reaction", "stop_words": "Wheals.", "needled": "yes"}
    sent = _typed(treated_forehead=None, reaction_seen="yes", reactions="Wheals on one cheek")
    with time_machine.travel(ENDED, tick=False):
        petra.post(reverse("treatments:sign", args=[treatment.pk]), sent | stop)
    record = TreatmentRecord.objects.get()
    assert [a.area for a in record.areas.all()] == ["cheeks"]
    treatment.appointment.refresh_from_db()
    assert treatment.appointment.status == "DONE"


def test_a_correction_begins_with_what_was_signed(petra: Client, cast: Cast) -> None:
    record = _record(cast)
    address = reverse("treatments:correct", args=[record.pk])
    form = petra.get(address).context["form"]
    sent = {
        name: value
        for name in form.fields
        if (value := form[name].value()) not in (None, "", [], False)
    }
    sent |= {"cartridge_lot": "LOT-4712", "correction_reason": "Wrong lot"}
    with time_machine.travel(ENDED + timedelta(hours=1), tick=False):
        page = petra.post(address, sent, follow=True)
    new = TreatmentRecord.objects.latest("pk")
    assert (new.supersedes, new.cartridge_lot) == (record, "LOT-4712")
    assert new.finished_at == record.finished_at
    assert [(a.area, a.depth_mm) for a in new.areas.all()] == [
        (a.area, a.depth_mm) for a in record.areas.all()
    ]
    assertContains(page, "Reason: Wrong lot")
    assertContains(page, "LOT-4711")


def test_somebody_who_may_not_sign_sees_who_does(client: Client, cast: Cast) -> None:
    treatment = running(cast)
    client.force_login(cast.rosa)
    page = client.get(reverse("treatments:treat", args=[treatment.appointment_id]))
    assertContains(page, "Petra Novak began this treatment")
    assertNotContains(page, "Sign the record")


def test_an_ended_treatment_leads_to_its_record(petra: Client, cast: Cast) -> None:
    record = _record(cast)
    page = petra.get(reverse("treatments:treat", args=[record.treatment.appointment_id]))
    assertRedirects(page, reverse("treatments:record", args=[record.treatment_id]))


def test_no_more_queries_for_more_areas(
    petra: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    treatment = running(cast, areas=["cheeks", "forehead", "nose", "chin_jaw", "perioral"])
    with django_assert_max_num_queries(14):
        page = petra.get(reverse("treatments:treat", args=[treatment.appointment_id]))
    assert len(page.content) < 50_000
    what = done(areas=(area("cheeks"), area("forehead"), area("nose"), area("perioral")))
    sign(actor=cast.actor(cast.petra), user=cast.petra, treatment=treatment, done=what, at=ENDED)
    with django_assert_max_num_queries(14):
        petra.get(reverse("treatments:record", args=[treatment.pk]))


def test_signing_what_a_colleague_has_signed_meanwhile_loses_nothing(
    petra: Client, cast: Cast
) -> None:
    record = _record(cast)
    with time_machine.travel(ENDED, tick=False):
        page = petra.post(
            reverse("treatments:sign", args=[record.treatment_id]), _typed(notes="Went well.")
        )
    assertContains(page, "This treatment has already ended")
    assertContains(page, "Open the record that was signed")
    assertContains(page, "Went well.")
    assert TreatmentRecord.objects.get() == record


def test_a_reaction_leads_to_reporting_it(petra: Client, cast: Cast) -> None:
    treatment = running(cast)
    who = cast.actor(cast.petra)
    what = done(reactions="Wheals on one cheek")
    sign(actor=who, user=cast.petra, treatment=treatment, done=what, at=ENDED)
    page = petra.get(reverse("treatments:record", args=[treatment.pk]))
    assertContains(page, reverse("clients:report_event", args=[treatment.client_id]))
