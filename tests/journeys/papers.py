"""What a paper says to whoever reads it."""

import io

from pypdf import PdfReader

TREATED_ON_THURSDAY = (
    "Aftercare for Maya Lind",
    "Pen microneedling on Thursday 4 June 2026, cheeks and forehead, up to 0.5 mm",
    "by Petra Novak",
    # Needled until 10:30; times are rounded up to the next quarter, never down.
    "Fri 5 June, 10:45 24 hours Do not touch the skin with unwashed hands",
    "Sat 6 June, 10:45 48 hours No sport, sweating or heavy work",
    "Sun 7 June 3 days No sauna",
    "Thu 11 June 7 days No waxing",
    "Come to your check after 4 weeks, about Thu 2 July",
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
