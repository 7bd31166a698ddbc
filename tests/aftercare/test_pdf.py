"""The paper: two tagged A4 pages with the right dates, the same bytes every time."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from aftercare.facts import Product
from aftercare.fitting import SIZES, layouts
from aftercare.pdf import AREA_NAMES, MODALITY_NAMES, sheet_pdf, sheet_rendered
from aftercare.treatmentfile import parse
from aftercare.vocabulary import AREAS, BANDS, FLAGS, MODALITIES
from tests.aftercare.treatment import IN_BAND, MAYA, sheet, written

A4_POINTS = (595, 842)
PRODUCTS = tuple(
    Product(name=name, how_often=often)
    for name, often in [
        ("Barrier repair cream", "morning and evening for two weeks"),
        ("Mineral sunscreen SPF 50", "every two hours outdoors, from the second day"),
        ("Plain petroleum jelly", "whenever the skin feels dry"),
        ("Gentle cleanser without perfume", "evenings"),
    ]
)
HEAVY: dict[str, Any] = {
    "flags": FLAGS,
    "phototype": "VI",
    "numbing_used": True,
    "products": PRODUCTS,
    "excluded_zones": ("the mole on the left cheek", "the tattoo on the neck"),
}


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def text(data: bytes) -> str:
    """All of the text, with the line breaks of the layout made spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


@pytest.mark.parametrize("session", [1, 2])
@pytest.mark.parametrize("extra", [{}, HEAVY], ids=["plain", "heavy"])
@pytest.mark.parametrize("band", BANDS)
def test_two_a4_pages_in_every_band(band: str, extra: dict[str, Any], session: int) -> None:
    pages = read(sheet_pdf(sheet(**{**IN_BAND[band], **extra, "session_number": session}))).pages
    assert len(pages) == 2
    assert [(round(p.mediabox.width), round(p.mediabox.height)) for p in pages] == [A4_POINTS] * 2


@pytest.mark.parametrize("modality", MODALITIES)
def test_two_pages_with_every_area_and_everything_else(modality: str) -> None:
    depths = {"depths_mm": dict.fromkeys(sorted(AREAS), 1.5)}
    assert len(read(sheet_pdf(sheet(modality=modality, **depths, **HEAVY))).pages) == 2


def test_a_plain_sheet_has_letters_of_ten_points_at_least() -> None:
    """With every reviewed sign of revision 2.1 on it, eleven points do not fit on two pages."""
    for plain in (sheet(session_number=2), sheet()):
        assert layouts(plain)[0].split()[0] in SIZES[:3]
        assert sheet_rendered(plain).pages == 2


def test_it_is_tagged_and_archivable() -> None:
    document = read(sheet_pdf(sheet()))
    catalog: Any = document.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/Lang"] == "en-GB"
    assert document.metadata is not None
    assert document.metadata.title == "Aftercare for Maya Lind, Tuesday 16 June 2026"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = catalog["/Metadata"].get_object().get_data()
    assert re.search(rb"pdfaid[^>]*part[^>]*3", xmp)
    assert re.search(rb"conformance[^>]*A", xmp)
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"


def roles(node: Any) -> list[str]:
    """Every structure type below a node of the tag tree, in reading order."""
    node = node.get_object()
    found = [str(node["/S"])] if "/S" in node else []
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        if hasattr(child.get_object(), "get"):
            found += roles(child)
    return found


def test_a_screen_reader_finds_one_title_headings_and_row_headers() -> None:
    found = roles(read(sheet_pdf(sheet())).root_object["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/H2") >= 6
    assert found.count("/H3") == 3
    assert found.index("/H1") < found.index("/H2") < found.index("/H3")
    assert found.count("/TH") > 20
    assert found.count("/LI") == found.count("/LBody") > 15
    assert "/Lbl" not in found


def test_it_says_whom_to_call_what_to_expect_and_until_when() -> None:
    said = text(sheet_pdf(sheet(**IN_BAND["B1_1_5"])))
    for expected in (
        "Aftercare for Maya Lind",
        "Pen microneedling on Tuesday 16 June 2026, cheeks, up to 1.25 mm, by Dr Anna Berg",
        "Today, Tuesday 16 June",
        "999",
        "07700 900123",
        "0117 496 0100",
        "Evenings and weekends: call the emergency number",
        "Wed 17 until Fri 19 June",
        "Redness to day 3; dryness, mild itch, light bruises",
        "Wed 17 June, 14:30",
        "No retinol, acids, scrubs",
        "Tue 23 June",
        "The whole course",
        "Emergency: call for help now",
        "Urgent: see a doctor today",
        "Barrier cream, morning and evening",
        "Next session: not before Tuesday 14 July 2026",
        "microneedling 1.1.0",
        "Maya Lind, born 12 April 1990 · client no. 12 · record no. 34",
        "Page 2 of 2",
        "DermaPen 4",
        "lot A123, use by 3 May 2027",
        "await clinical sign-off",
    ):
        assert expected in said, expected


def test_what_a_person_typed_is_text_not_markup() -> None:
    data = sheet_pdf(sheet(full_name='Maya <img src="http://127.0.0.1/x"> & Co'))
    assert 'Maya <img src="http://127.0.0.1/x"> & Co' in text(data)


def test_the_same_bytes_twice() -> None:
    assert sheet_pdf(sheet()) == sheet_pdf(sheet())


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    file, out = tmp_path / "maya.json", tmp_path / "maya.pdf"
    file.write_text(written())
    command = [sys.executable, "manage.py", "aftercare_sheet", str(file), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    sheet_pdf(sheet(**HEAVY))  # whatever this process has rendered before
    assert out.read_bytes() == sheet_pdf(sheet())


def test_every_area_and_modality_has_a_name_for_people() -> None:
    assert set(AREA_NAMES) == AREAS
    assert set(MODALITY_NAMES) == set(MODALITIES)


def test_the_treatment_of_these_tests_is_the_one_written_as_json() -> None:
    assert parse(written()) == MAYA
