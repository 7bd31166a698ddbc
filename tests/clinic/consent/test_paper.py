"""The PDF holds the exact text, every tick, both signatures; its bytes never change."""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from clinic.accounts.models import Site
from clinic.audit.models import Event
from clinic.clients.models import Client
from clinic.consent import actions
from clinic.consent.marks import mark_of
from clinic.consent.models import Consent, ConsentDocument, Signature
from clinic.consent.reading import current
from clinic.consent.saying import Beside
from clinic.consent.standing import Standing
from clinic.intake.models import Screening
from clinic.procedures.areas import AREA_WORDS, NEVER_OFFERED
from screening.vocabulary import FLAGS
from tests.clinic.consent.conftest import ANSWERS, give, sign
from tests.factories import NOW, Cast, screening


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
def signed(given: Consent, countersign: Callable[..., Signature]) -> Consent:
    sign(given)
    countersign(given)
    return given


def test_it_says_everything(signed: Consent) -> None:
    kept = signed.documents.get(signatures=2)
    text = words(bytes(kept.pdf))
    content = signed.content
    for ack in content["acknowledgements"]:
        assert ack["text"] in text, ack["id"]
    for risks in content["risks"].values():
        for risk in risks:
            assert risk["text"] in text, risk["id"]
    for one in [line for part in content["parts"] for line in part["lines"]]:
        assert one["text"] in text, one["id"]
    for needed in (
        "Maya Lind, born 12 April 1990",
        "Signature of the client",
        "Wednesday 3 June 2026, 09:00:00 BST, drawn by hand on a screen, by a private link",
        "Petra Novak, practitioner, NMC 12A3456E",
        "Wednesday 3 June 2026, 10:00:00 BST, signed by typing the name",
        "48 hours; signing from Wednesday 3 June 2026, 09:00 BST",
        f"what was shown and signed: {signed.content_sha256[:16]}.",
        f"({signed.content['text']['sha256'][:16]})",
        "awaits clinical sign-off",
    ):
        assert needed in text, needed


def test_every_page_says_whose_it_is_and_signatures_stand_with_what_they_are_for(
    signed: Consent,
) -> None:
    pages = PdfReader(BytesIO(bytes(signed.documents.get(signatures=2).pdf))).pages
    for number, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        whose = f"client no. {signed.client_id} · consent no. {signed.pk}"
        assert f"Maya Lind, born 12 April 1990 · {whose}" in text
        assert f"Page {number} of {len(pages)}" in text
        assert "Riverside" in text
    last = pages[-1].extract_text()
    assert last.index("Photos for my treatment record") < last.index("Signature of the client")
    assert "Signature of the practitioner" in last


def test_no_keys_of_sources_stand_on_it(signed: Consent) -> None:
    assert not re.search(r"\b[SR]\d{1,2}\b", words(bytes(signed.documents.get(signatures=2).pdf)))


def test_each_photo_choice_is_told(given: Consent) -> None:
    sign(given, choices={"clinical": "no", "teaching": "yes", "publicity": "no"})
    text = words(bytes(given.documents.get().pdf))
    told = text[text.index("Photos for my treatment record") :]
    parts = [told.index(title) for title in ("Photos to train", "Photos on our website")]
    assert " No " in told[: parts[0]]
    assert " Yes " in told[parts[0] : parts[1]]


def test_it_is_tagged_and_has_a_title_and_a_language(signed: Consent) -> None:
    reader = PdfReader(BytesIO(bytes(signed.documents.get(signatures=2).pdf)))
    catalog: Any = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en-GB"
    assert reader.metadata
    assert reader.metadata.title == "Consent of Maya Lind to Microneedling pen"
    assert len(reader.pages) <= 3


UNSURE = dict.fromkeys(
    ("blood_thinner", "keloid", "diabetes", "immune_weak", "phototype", "isotretinoin"), "not_sure"
)
YES = {
    "blood_thinner": "yes",
    "keloid": "family_only",
    "diabetes": "yes",
    "slow_healing": "yes",
    "immune_weak": "yes",
    "steroid_tablets": "not_sure",
    "hsv_history": "not_sure",
    "phototype": "V",
    "isotretinoin": "stopped",
    "minoxidil": "lotion_or_foam",
}
EVERYWHERE = [area for area in AREA_WORDS if area not in NEVER_OFFERED]


@pytest.mark.parametrize("answers", [YES, UNSURE], ids=["everything", "not sure of anything"])
def test_the_heaviest_consent_stays_on_three_pages(
    cast: Cast,
    maya: Client,
    published: None,
    countersign: Callable[..., Signature],
    answers: dict[str, Any],
) -> None:
    every_hope = {"goal": [one.id for one in current().benefits]}
    screened = screening(
        maya,
        cast.rf,
        answers=ANSWERS | every_hope | answers,
        flags=sorted(FLAGS),
        areas=EVERYWHERE,
        anaesthetic_planned=True,
    )
    given = give(cast, screened)
    sign(given)
    countersign(given)
    for document in given.documents.all():
        paper = bytes(document.pdf)
        text = words(paper)
        assert len(PdfReader(BytesIO(paper)).pages) <= 3
        assert len(paper) < 300_000
        for one in _everything_said(given):
            assert one["text"] in text
        assert "Life in danger 999" in text


def _everything_said(consent: Consent) -> list[dict[str, Any]]:
    sets = ("personal", "benefits", "alternatives", "acknowledgements")
    content = consent.content
    said = [one for name in sets for one in content[name]]
    return said + [risk for tier in content["risks"].values() for risk in tier]


@pytest.mark.parametrize(("country", "number"), [("GB-SCT", "999"), ("IE", "112"), ("US", "911")])
def test_one_emergency_number_that_of_the_country_when_it_was_made(
    cast: Cast, screened: Screening, published: None, country: str, number: str
) -> None:
    Site.objects.filter(pk=cast.riverside.pk).update(country=country)
    given = give(cast, Screening.objects.get(pk=screened.pk))
    Site.objects.filter(pk=cast.riverside.pk).update(country="NZ")
    sign(given)
    text = words(bytes(given.documents.get().pdf))
    assert f"Call {number} at once" in text
    assert f"Life in danger {number}" in text
    others = {"999", "112", "911"} - {number}
    assert not [other for other in others if re.search(rf"(Call|danger) .{{0,12}}{other}", text)]


def test_one_paper_per_signature_each_with_its_hash(signed: Consent) -> None:
    first, second = signed.documents.order_by("signatures")
    assert "Signature of the practitioner" not in words(bytes(first.pdf))
    for kept in (first, second):
        assert kept.sha256 == hashlib.sha256(bytes(kept.pdf)).hexdigest()
    seals = Event.objects.filter(verb="consent.seal").order_by("pk")
    assert [seal.detail["sha256"] for seal in seals] == [first.sha256, second.sha256]


def test_reprints_are_the_same_bytes_and_are_not_kept(
    client: Browser, cast: Cast, signed: Consent
) -> None:
    client.force_login(cast.fred)
    kept = bytes(signed.documents.get(signatures=2).pdf)
    cast.petra.name = "Petra Novak-Hill"  # what changes later changes no paper
    cast.petra.save()
    for _ in range(2):
        answer = client.get(reverse("consent:pdf", args=[signed.pk]))
        assert answer.content == kept
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Type"] == "application/pdf"
        assert "Lind" not in answer["Content-Disposition"]
    assert ConsentDocument.objects.count() == 2


def test_sealing_again_keeps_the_first(signed: Consent) -> None:
    again = actions.seal(consent=signed, at=NOW + timedelta(days=3))
    assert again.made_at == NOW + timedelta(hours=49)


def test_a_name_that_looks_like_markup_is_only_a_name(given: Consent) -> None:
    why = Beside(name_explained="It is written so.")
    sign(given, printed_name='<b>Maya</b> & "Lind"', beside=why)
    assert '<b>Maya</b> & "Lind"' in words(bytes(given.documents.get().pdf))


def test_a_paper_that_was_taken_back_says_so_beside_the_unchanged_original(
    client: Browser, cast: Cast, signed: Consent
) -> None:
    client.force_login(cast.fred)
    kept = bytes(signed.documents.get(signatures=2).pdf)
    later = NOW + timedelta(hours=50)
    actions.withdraw(actor=cast.actor(cast.fred), consent=signed, cause="Private", at=later)
    opened = client.get(reverse("consent:pdf", args=[signed.pk])).content
    for page in PdfReader(BytesIO(opened)).pages:
        text = " ".join(page.extract_text().split())
        assert "WITHDRAWN 3 June 2026, 11:00. The client took this consent back." in text
        assert "Nobody may be treated on it." in text
        assert "Private" not in text
    assert client.get(reverse("consent:original", args=[signed.pk])).content == kept
    shown = client.get(reverse("consent:page", args=[signed.pk])).content.decode()
    assert reverse("consent:original", args=[signed.pk]) in shown


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        (Standing.WITHDRAWN, "WITHDRAWN"),
        (Standing.REFUSED, "REFUSED"),
        (Standing.SUPERSEDED, "REPLACED"),
        (Standing.OUTDATED, "OUT OF DATE"),
        (Standing.EXPIRED, "EXPIRED"),
        (Standing.IN_FORCE, None),
        (Standing.COOLING_OFF, None),
        (Standing.PRACTITIONER_SIGNS, None),
        (Standing.CLIENT_SIGNS, None),
    ],
)
def test_each_way_of_ending_has_its_word(
    given: Consent, standing: Standing, word: str | None
) -> None:
    mark = mark_of(given, standing)
    assert (mark.word if mark else None) == word
