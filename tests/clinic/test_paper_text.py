"""What no letter of ours can draw is refused beside its field; nothing typed is lost."""

from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinic.accounts.forms import StaffForm
from clinic.clients.forms import ClientForm
from clinic.consent.forms import CauseForm, SignatureForm
from clinic.core.drawable import undrawable
from clinic.core.forms import PaperText
from clinic.procedures.forms import ProcedureForm
from clinic.treatments.deviations import Kind
from clinic.treatments.forms import fields
from tests.factories import Cast

ON_PAPER: list[tuple[type[forms.Form], str]] = [
    (ClientForm, "first_name"),
    (ClientForm, "last_name"),
    (StaffForm, "name"),
    (StaffForm, "job_title"),
    (StaffForm, "registration"),
    (ProcedureForm, "name"),
    (SignatureForm, "printed_name"),
    (SignatureForm, "typed"),
    (CauseForm, "cause"),
]


@pytest.mark.parametrize(("form", "name"), ON_PAPER)
def test_text_that_stands_on_a_paper_is_checked_where_it_is_typed(
    form: type[forms.Form], name: str
) -> None:
    assert isinstance(form.base_fields[name], PaperText)


def test_so_is_what_a_treatment_used_left_out_and_gave_home() -> None:
    found = {
        **fields.area_fields(["cheeks"], Decimal(1), radiofrequency=True),
        **fields.device_fields(radiofrequency=True),
        **fields.numbing_fields(cleared=True),
        **fields.topical_fields(),
        **fields.product_fields(""),
        **fields.closing_fields(zones_left_out=True),
        **fields.stop_fields(),
        **fields.correction_fields(),
        **{key: one for kind in Kind for key, one in fields.deviation_fields(kind).items()},
    }
    text = {name for name, field in found.items() if isinstance(field, forms.CharField)}
    checked = {name for name, field in found.items() if isinstance(field, PaperText)}
    assert text == checked
    assert {"device", "cartridge_lot", "product_1_name", "excluded_zones", "reactions"} <= checked


PUBLISHED = sorted(
    text
    for room in ("clinic/consent", "aftercare")
    for text in (settings.BASE_DIR / room).rglob("*.toml")
)


@pytest.mark.parametrize("text", PUBLISHED, ids=lambda path: path.name)
def test_every_letter_of_a_published_text_can_be_drawn(text: Path) -> None:
    assert undrawable(text.read_text(encoding="utf-8")) == ""


@pytest.mark.django_db
def test_the_page_says_it_beside_the_name_and_keeps_what_was_typed(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.fred)
    typed = {
        "first_name": "Maya \U0001f600",
        "last_name": "\u017b\u00f3\u0142\u0107",
        "date_of_birth": "12/04/1990",
        "phone": "07700 900123",
    }
    page = browser.post(reverse("clients:new"), typed)
    assert page.status_code == 200
    assert "This cannot be printed" in page.context["form"].errors["first_name"][0]
    assert list(page.context["form"].errors) == ["first_name"]
    assert "\u017b\u00f3\u0142\u0107" in page.content.decode()
