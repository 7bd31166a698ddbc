"""What a laid-out paper looks like: where its letters stand, and what each page says."""

from io import BytesIO

import pypdfium2
from pypdf import PdfReader

POINTS = 72 / 25.4


def squeezed(text: str) -> str:
    """Without any white space: line ends and hyphenation of a layout do not matter."""
    return "".join(text.split())


def page_texts(data: bytes) -> list[str]:
    """The squeezed text of each page."""
    return [squeezed(page.extract_text()) for page in PdfReader(BytesIO(data)).pages]


def outside(data: bytes, *, side_mm: float, foot_mm: float) -> list[tuple[int, str]]:
    """Page and character of every letter that reaches into the margins. A4 is assumed."""
    found = []
    left, right = side_mm * POINTS - 1, (210 - side_mm) * POINTS + 1
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            whole = text.get_text_range()
            for index in range(text.count_chars()):
                box = text.get_charbox(index)
                if box[2] > box[0] and (
                    box[0] < left or box[2] > right or box[1] < foot_mm * POINTS - 1
                ):
                    found.append((number, whole[index : index + 1]))
    return found
