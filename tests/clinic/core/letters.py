"""Letters as pictures: what two renderers draw from a paper, and what the pinned face draws."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat
from pypdf import PdfReader
from pypdf.generic import ContentStream

HIGH = 96
"""Pixels. Both pictures are brought to this height before they are compared."""


def by_pdfium(data: bytes, page: int) -> Image.Image:
    """One page in grey, drawn by PDFium."""
    with pypdfium2.PdfDocument(data) as document:
        drawn: Image.Image = document[page].render(scale=4).to_pil()
        return drawn.convert("L")


def by_poppler(data: bytes, page: int, folder: Path) -> Image.Image:
    """The same page, drawn by poppler."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    number = str(page + 1)
    command = ["pdftoppm", "-r", "288", "-gray", "-f", number, "-l", number, str(path)]
    drawn = subprocess.run(command, check=True, capture_output=True).stdout
    return Image.open(BytesIO(drawn)).convert("L")


def by_the_face(text: str, font: bytes, index: int = 0) -> Image.Image:
    """The text in black on white from a font file's own outlines, shaped by HarfBuzz."""
    face = hb.Font(hb.Face(font, index))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(face, buffer)
    placed, x = [], 0
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append((info.codepoint, x + at.x_offset, at.y_offset))
        x += at.x_advance
    size = 300 / face.face.upem
    picture = Image.new("L", (int(x * size) + 400, 1000), 255)
    for glyph, left, up in placed:
        contours = sorted(_contours(face, glyph), key=lambda one: -abs(_area(one)))
        ink = Image.new("1", picture.size)
        for contour in contours:
            points = [(200 + (left + px) * size, 600 - (up + py) * size) for px, py in contour]
            # A contour that turns the other way than the largest is a hole in it.
            fills = (_area(contour) > 0) == (_area(contours[0]) > 0)
            ImageDraw.Draw(ink).polygon(points, fill=int(fills))
        picture.paste(0, mask=ink)
    return picture


def _contours(face: Any, glyph: int) -> Iterator[list[tuple[float, float]]]:
    pen = DecomposingRecordingPen({})
    face.draw_glyph_with_pen(glyph, pen)
    points: list[tuple[float, float]] = []
    for verb, at in pen.value:
        if verb == "moveTo":
            points = [at[0]]
        elif verb == "lineTo":
            points.append(at[0])
        elif verb in ("qCurveTo", "curveTo"):
            points += _curve([points[-1], *at])
        elif len(points) > 2:
            yield points


def _area(contour: list[tuple[float, float]]) -> float:
    around = zip(contour, [*contour[1:], contour[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in around) / 2


def _curve(control: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    for step in range(1, 9):
        points, t = control, step / 8
        while len(points) > 1:
            pairs = pairwise(points)
            points = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairs]
        yield points[0]


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink of two pictures lies in the same place, from 0 to 1."""
    a, b = _cropped(one), _cropped(other)
    if abs(a.width - b.width) > 0.04 * max(a.width, b.width) + 3:
        return 0.0
    a = a.resize(b.size)
    return 2 * _overlap(a, b) / (_overlap(a, a) + _overlap(b, b))


def wrong_patch(one: Image.Image, other: Image.Image) -> int:
    """How dark the darkest spot of difference is that is as thick as an accent, of 255.

    Edges that are off by a hair do not count.
    """
    a, b = _cropped(one), _cropped(other)
    difference = ImageChops.difference(a.resize(b.size), b)
    thick = difference.filter(ImageFilter.MinFilter(5))
    return max(value for value, pixels in enumerate(thick.histogram()) if pixels)


def _overlap(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.multiply(one, other)).sum[0]


def _cropped(picture: Image.Image) -> Image.Image:
    ink = ImageChops.invert(picture)
    box = ink.point(lambda value: 255 * (value > 96)).getbbox()
    assert box, "nothing was drawn"
    ink = ink.crop(box)
    ink = ink.resize((max(1, round(ink.width * HIGH / ink.height)), HIGH))
    return ink.filter(ImageFilter.GaussianBlur(1))


def missing_glyphs(data: bytes) -> list[str]:
    """The fonts that draw `.notdef` on some page, or hold a character without a glyph."""
    return [name for page in PdfReader(BytesIO(data)).pages for name in _missing_on(page)]


def _missing_on(page: Any) -> Iterator[str]:
    fonts = {name: font.get_object() for name, font in page["/Resources"]["/Font"].items()}
    font: Any = None
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"Tf":
            font = fonts[operands[0]]
            if font["/Encoding"] != "/Identity-H":  # it maps some of its characters to .notdef
                yield str(font["/BaseFont"])
        elif operator in (b"TJ", b"Tj"):
            shown = operands[0] if operator == b"TJ" else operands
            for text in shown:
                raw = getattr(text, "original_bytes", b"")
                if any(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2)):
                    yield str(font["/BaseFont"])
