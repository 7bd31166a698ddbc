"""What a paper says to whoever reads it."""

import io

from pypdf import PdfReader


def text_of(pdf: bytes) -> str:
    """The words of every page, with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
