"""Chinese, Japanese and Korean letters: a small face with just the characters of one paper.

The four ways of writing share one file of 45,000 characters, in which each is a face. The reader's
language picks the face, since the same character is drawn differently in Beijing and in Tokyo.
"""

import re
import unicodedata
from functools import cache
from io import BytesIO
from typing import Any

import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from noto_cjk_sans_otc import FONT_PATH

from clinic.core.fonts import drawn_by_faces

JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL, HONG_KONG = range(5)
"""The place of each face in the file."""
_BY_LANGUAGE = {
    "ja": JAPANESE,
    "ko": KOREAN,
    "zh": SIMPLIFIED,
    "zh-hans": SIMPLIFIED,
    "zh-cn": SIMPLIFIED,
    "zh-sg": SIMPLIFIED,
    "zh-hant": TRADITIONAL,
    "zh-tw": TRADITIONAL,
    "zh-hk": HONG_KONG,
    "zh-mo": HONG_KONG,
}
# Scripts that only one of the languages is written in.
_BY_SCRIPT = (
    (re.compile("[\u3041-\u30ff\uff66-\uff9d]"), JAPANESE),
    (re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]"), KOREAN),
    (re.compile("[\u3105-\u312f\u31a0-\u31bf]"), TRADITIONAL),
)
# Parts of a syllable typed one by one, which the fonts know only as a whole.
_IN_PARTS = re.compile("[\u3041-\u30ff][\u3099\u309a]|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+")
_SPACES = " \u00a0\u2002\u2003\u2009\u202f"
_EM = 1000
_LARGEST_ERROR = 0.5
"""Units of the em that a curve may be off when it is written in TrueType's kind."""


def composed(text: str) -> str:
    """The same text with kana and hangul that were typed in parts put together."""
    return _IN_PARTS.sub(lambda part: unicodedata.normalize("NFC", part[0]), text)


def beyond_faces(text: str) -> str:
    """The characters of `text` that only the CJK file can draw, each once, in order.

    Where there are any, the spaces between them come from the same file.
    """
    others = {c for c in set(text) if ord(c) not in drawn_by_faces() and ord(c) in cjk_characters()}
    spaces = {c for c in _SPACES if c in text} if others else set()
    return "".join(sorted(others | spaces))


def face_index(language: str, text: str) -> int:
    """The face for a language tag; without one the script decides, and else Simplified."""
    if (known := _BY_LANGUAGE.get(language.lower())) is not None:
        return known
    return next((face for script, face in _BY_SCRIPT if script.search(text)), SIMPLIFIED)


@cache
def cjk_characters() -> frozenset[int]:
    """The code points of the file; every face has them all."""
    return frozenset(hb.Face(_file(), SIMPLIFIED).unicodes)


def face_with(characters: str, index: int) -> bytes:
    """A TrueType font with these characters of one face. The same input gives the same bytes."""
    font = hb.Font(hb.Face(_file(), index))
    names = {ord(c): f"u{ord(c):X}" for c in characters}
    glyphs: dict[str, Any] = {".notdef": TTGlyphPen(None).glyph()}
    widths: dict[str, int] = {".notdef": _EM}
    for code, name in names.items():
        glyph = font.get_nominal_glyph(code)
        pen = TTGlyphPen(None)
        font.draw_glyph_with_pen(glyph, Cu2QuPen(pen, _LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
        widths[name] = font.get_glyph_h_advance(glyph)
    return _built(names, glyphs, widths)


def _built(names: dict[int, str], glyphs: dict[str, Any], widths: dict[str, int]) -> bytes:
    builder = FontBuilder(_EM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.updateHead(created=0, modified=0)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs, calcGlyphBounds=True)
    # A renderer moves each glyph so that its left edge lies where these say.
    left = {name: getattr(builder.font["glyf"][name], "xMin", 0) for name in glyphs}
    builder.setupHorizontalMetrics({name: (wide, left[name]) for name, wide in widths.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Cleared CJK", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    written = BytesIO()
    builder.save(written)
    return written.getvalue()


@cache
def _file() -> hb.Blob:
    # Mapped, not read: only the pages that are looked at come into memory.
    return hb.Blob.from_file_path(str(FONT_PATH))
