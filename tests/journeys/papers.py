"""What a paper says to whoever reads it."""

import io
from pathlib import Path

import pypdfium2
from pypdf import PdfReader

from tests.clinic.core.letters import (
    by_pdfium,
    by_poppler,
    by_the_face,
    likeness,
    missing_glyphs,
    wrong_patch,
)

TREATED_ON_THURSDAY = (
    "Aftercare for Maya Lind",
    "Pen microneedling on Thursday 4 June 2026, cheeks and forehead, up to 0.5 mm",
    "by Petra Novak",
    # Needled until 10:30; times are rounded up to the next quarter, never down.
    "Fri 5 June, 10:45 24 hours Do not touch the skin with unwashed hands",
    "Sat 6 June, 10:45 48 hours No sport, sweating or heavy work",
    "Sun 7 June 3 days No sauna",
    "Thu 11 June 7 days No waxing",
    "Next session: not before Thursday 2 July 2026 That is 28 days after this one.",
    "020 7946 0911",
)
"""Half a millimetre by pen, ended at half past ten on Thursday 4 June 2026."""


def text_of(pdf: bytes) -> str:
    """The words of every page, with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def assert_says(pdf: bytes, *passages: str) -> None:
    text = text_of(pdf)
    missing = [passage for passage in passages if passage not in text]
    assert not missing, f"{missing} not in: {text}"


SHARP = 4
"""Pixels a point, as both renderers draw."""
HAIR = 0.25
"""Points around a word; more, and the comma after it is in the picture."""
LIKE_ENOUGH, AN_ACCENT = 0.9, 200


def assert_draws(pdf: bytes, word: str, face: bytes, folder: Path) -> None:
    """Two renderers draw the word, where the paper first says it, in the letters of this face."""
    own = by_the_face(word, face)
    where = _place(pdf, word)
    for page in (by_pdfium(pdf, 0), by_poppler(pdf, 0, folder)):
        drawn = page.crop(where)
        assert likeness(drawn, own) > LIKE_ENOUGH, word
        assert wrong_patch(drawn, own) < AN_ACCENT, word


def assert_is_named(pdf: bytes, name: str) -> None:
    """Every page names the client, in words that can be read and with a glyph for each letter."""
    assert missing_glyphs(pdf) == []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert name in " ".join(page.extract_text().split())


def _place(pdf: bytes, word: str) -> tuple[int, int, int, int]:
    """The box of the first time the first page says it, in pixels from the top left."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        found = text.search(word).get_next()
        assert found, word
        boxes = [text.get_charbox(found[0] + at) for at in range(found[1])]
        left, bottom = (min(box[side] for box in boxes) - HAIR for side in (0, 1))
        right, top = (max(box[side] for box in boxes) + HAIR for side in (2, 3))
        high = page.get_height()
        edges = (left, high - top, right, high - bottom)
        return tuple(round(edge * SHARP) for edge in edges)
