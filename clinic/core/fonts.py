"""The letters of every paper, from pinned packages: the same on every machine.

Each face is a whole font file under a family name of its own. The renderer tells glyphs apart by
family and weight, so two files under one name would draw one file's letters with the other's
outlines. What a machine has installed is never used (see `fonts.conf`).

Chinese, Japanese and Korean share one large file; from it `clinic.core.cjk_face` takes only the
characters that a paper holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"
FONT_FOLDER = NODE_MODULES / "@expo-google-fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}


@dataclass(frozen=True, kw_only=True)
class Family:
    """One script's faces. `name` is our own, so that no system font of that name is mixed in."""

    name: str
    package: str
    file: str

    def path(self, weight: int) -> Path:
        """The TrueType file of one weight."""
        style = f"{weight}{WEIGHTS[weight]}"
        return FONT_FOLDER / self.package / style / f"{self.file}_{style}.ttf"


FAMILIES = (
    # Latin with Vietnamese, Greek, Cyrillic and Devanagari.
    Family(name="Cleared Sans", package="noto-sans", file="NotoSans"),
    Family(name="Cleared Arabic", package="noto-sans-arabic", file="NotoSansArabic"),
    Family(name="Cleared Hebrew", package="noto-sans-hebrew", file="NotoSansHebrew"),
    Family(name="Cleared Thai", package="noto-sans-thai", file="NotoSansThai"),
)
CJK_FAMILY = "Cleared CJK"
CHAIN = ", ".join(f'"{name}"' for name in [*(family.name for family in FAMILIES), CJK_FAMILY])
"""The value of `font-family` on paper."""


NOT_INSTALLED = "The fonts of papers are not installed. Run bin/setup."


class FontsMissing(Exception):
    """The packages with the letters are not installed."""


@cache
def font_files() -> dict[str, bytes]:
    """The bytes of every face by its file name, read once. Raises FontsMissing."""
    paths = [family.path(weight) for family in FAMILIES for weight in WEIGHTS]
    try:
        return {path.name: path.read_bytes() for path in paths}
    except FileNotFoundError as error:
        raise FontsMissing(NOT_INSTALLED) from error


def face_rules(scheme: str) -> str:
    """The ``@font-face`` rules of the faces, addressed as ``scheme:name``."""
    return "".join(_rules(scheme))


def _rules(scheme: str) -> Iterator[str]:
    for family in FAMILIES:
        for weight in WEIGHTS:
            url = f"{scheme}:{family.path(weight).name}"
            yield (
                f'@font-face{{font-family:"{family.name}";font-weight:{weight};'
                f'src:url("{url}") format("truetype")}}'
            )


@cache
def characters_of(family: Family) -> frozenset[int]:
    """The code points that a family has a glyph for. Raises FontsMissing."""
    path = family.path(400)
    if not path.is_file():
        raise FontsMissing(NOT_INSTALLED)
    return frozenset(hb.Face(hb.Blob.from_file_path(str(path))).unicodes)


@cache
def drawn_by_faces() -> frozenset[int]:
    """The code points that the families have a glyph for, CJK aside."""
    return frozenset().union(*map(characters_of, FAMILIES))
