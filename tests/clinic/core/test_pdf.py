"""The shared renderer fetches nothing, tags everything, and repeats itself to the byte."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from clinic.core import fonts, pdf

CSS = "@page { size: A4 } body { font: 11pt var(--letters) }"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.css"
    path.write_text(CSS)
    return path


def made(html: str, paper: Path, **assets: bytes) -> bytes:
    named = {name.replace("_", "."): data for name, data in assets.items()}
    return pdf.render_pdf(html, css=[paper], title="Consent", lang="en-GB", assets=named)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<img src="https://example.org/a.png">',
        '<img src="file:///etc/hostname">',
        '<img src="data:image/svg+xml,<svg/>">',
        '<img src="../static/img/logo.svg">',
        '<img src="cleared:other.svg">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<style>@import "http://127.0.0.1:9/a.css";</style>',
        '<p style="background: url(ftp://127.0.0.1/a)">x</p>',
        '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<style>@font-face { font-family: X; src: url("file:///etc/hostname") }</style>',
    ],
)
def test_nothing_may_be_fetched(html: str, paper: Path) -> None:
    with pytest.raises(pdf.RenderError, match="may not fetch") as caught:
        made(html, paper)
    assert "hostname" not in str(caught.value)


def test_after_a_refusal_the_next_document_is_made(paper: Path) -> None:
    with pytest.raises(pdf.RenderError):
        made('<img src="file:///etc/hostname">', paper)
    assert made("<h1>Consent</h1>", paper).startswith(b"%PDF-1.7")


def test_an_image_given_as_bytes_is_drawn(paper: Path) -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    with_mark = made('<p>x <img src="cleared:mark.svg" alt="mark"></p>', paper, mark_svg=svg)
    assert len(with_mark) > len(made("<p>x </p>", paper))


def test_an_svg_given_as_bytes_fetches_nothing_either(paper: Path) -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<image href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    with pytest.raises(pdf.RenderError):
        made('<img src="cleared:mark.svg" alt="mark">', paper, mark_svg=svg)


def test_an_image_that_cannot_be_drawn_is_an_error_not_a_gap(paper: Path) -> None:
    with pytest.raises(pdf.RenderError, match="could not be drawn"):
        made('<img src="cleared:mark.png" alt="mark">', paper, mark_png=b"not a picture")


@contextmanager
def silenced(how: str) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    before = (logger.disabled, logger.level, logger.handlers[:], logging.root.manager.disable)
    match how:
        case "the logger is switched off":
            logger.disabled = True
        case "its level is higher":
            logger.setLevel(logging.CRITICAL + 1)
        case "it has no handlers":
            logger.handlers.clear()
        case "all logging is switched off":
            logging.disable()
    try:
        yield
    finally:
        logger.disabled, level, logger.handlers[:], off = before
        logger.setLevel(level)
        logging.disable(off)


@pytest.mark.parametrize(
    "how",
    [
        "the logger is switched off",
        "its level is higher",
        "it has no handlers",
        "all logging is switched off",
    ],
)
def test_a_missing_part_is_an_error_whatever_is_logged(how: str, paper: Path) -> None:
    with silenced(how), pytest.raises(pdf.RenderError, match="could not be drawn"):
        made('<img src="cleared:mark.png" alt="mark">', paper, mark_png=b"not a picture")
    assert made("<h1>Consent</h1>", paper).startswith(b"%PDF-1.7")


def test_it_is_tagged_and_titled(paper: Path) -> None:
    document = PdfReader(BytesIO(made("<h1>Consent</h1>", paper)))
    catalog: Any = document.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/Lang"] == "en-GB"
    assert document.metadata is not None
    assert document.metadata.title == "Consent"
    assert document.metadata.creation_date is None  # a clock would change the bytes


@pytest.mark.parametrize(("title", "lang"), [("", "en"), ("Consent", " ")])
def test_a_document_without_title_or_language_is_refused(
    title: str, lang: str, paper: Path
) -> None:
    with pytest.raises(ValueError, match="needs a title and a language"):
        pdf.render_pdf("<p>x</p>", css=[paper], title=title, lang=lang)


def test_a_title_is_text(paper: Path) -> None:
    data = pdf.render_pdf("<p>x</p>", css=[paper], title="A </title><b> & C", lang="en")
    metadata = PdfReader(BytesIO(data)).metadata
    assert metadata is not None
    assert metadata.title == "A </title><b> & C"


def test_the_same_bytes_from_many_threads(paper: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: made("<h1>Łukasz, Zoë</h1>", paper), range(8)))
    assert len(set(found)) == 1


def test_the_letters_are_those_of_the_pinned_package(paper: Path) -> None:
    names = {
        str(font["/BaseFont"])
        for font in _fonts(made("<p>Łukasz, Ελένη, Zoë: <b>38 °C</b></p>", paper))
    }
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+Cleared-Sans\S*", name) for name in names)


def _fonts(data: bytes) -> Iterator[Any]:
    for page in PdfReader(BytesIO(data)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            yield font.get_object()


def test_without_the_fonts_nothing_is_drawn_in_other_letters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "FONT_FOLDER", tmp_path)
    with pytest.raises(fonts.FontsMissing, match="bin/setup"):
        fonts.font_files.__wrapped__()
    with pytest.raises(fonts.FontsMissing, match="bin/setup"):
        fonts.characters_of.__wrapped__(fonts.FAMILIES[0])


def test_a_changed_style_sheet_is_read_again(paper: Path) -> None:
    before = made("<h1>Consent</h1>", paper)
    paper.write_text(CSS.replace("A4", "A5 landscape"))
    assert made("<h1>Consent</h1>", paper) != before
