"""A paper that no longer counts says so on every page; what was sealed stays as it was."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageChops
from pypdf import PdfReader

from clinic.core import pdf
from clinic.core.stamp import stamped
from tests.clinic.core.letters import by_pdfium, by_poppler, missing_glyphs

SENTENCE = "Łukasz Wiśniewski took it back on 3 June 2026."


@pytest.fixture
def original(tmp_path: Path) -> bytes:
    css = tmp_path / "paper.css"
    css.write_text("@page { size: A4; margin: 24mm 16mm } body { font: 11pt var(--letters) }")
    html = "<h1>Consent</h1><p style='break-after: page'>One</p><p>Two</p>"
    return pdf.render_pdf(html, css=[css], title="Consent of A & B", lang="en-GB")


def test_the_mark_stands_on_every_page_and_in_the_title(original: bytes) -> None:
    reader = PdfReader(BytesIO(stamped(original, word="WITHDRAWN", sentence=SENTENCE)))
    assert len(reader.pages) == 2
    for page in reader.pages:
        text = " ".join(page.extract_text().split())
        assert "WITHDRAWN" in text
        assert SENTENCE in text
    assert reader.metadata
    assert reader.metadata.title == "WITHDRAWN: Consent of A & B"
    catalog: Any = reader.root_object
    assert b"WITHDRAWN: Consent of A &amp; B" in catalog["/Metadata"].get_object().get_data()


def test_two_renderers_draw_it_and_leave_the_paper_as_it_was(
    original: bytes, tmp_path: Path
) -> None:
    copy = stamped(original, word="WITHDRAWN", sentence=SENTENCE)
    assert missing_glyphs(copy) == []
    for page in (0, 1):
        for draw in (by_pdfium, lambda data, page: by_poppler(data, page, tmp_path)):
            before, after = draw(original, page), draw(copy, page)
            box = ImageChops.difference(before, after).getbbox()
            assert box is not None
            assert box[3] < after.height * 18 / 297  # in the margin, above the head


def test_it_stays_tagged_and_is_the_same_every_time(original: bytes) -> None:
    one, other = (stamped(original, word="REPLACED", sentence="x") for _ in range(2))
    assert one == other
    catalog: Any = PdfReader(BytesIO(one)).root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/OutputIntents"]
    assert b"/Artifact BMC" in PdfReader(BytesIO(one)).pages[0].get_contents().get_data()  # type: ignore[union-attr]
