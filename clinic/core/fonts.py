"""The one type family of screen and paper, as bytes for the PDF renderer.

The files come from the npm-pinned package ``@fontsource/noto-sans``. Where it is not installed,
``face_rules`` returns an empty string and the renderer uses what the system has.
"""

from functools import cache
from pathlib import Path

FAMILY = "Cleared Sans"
"""A name of our own, so that a system's Noto Sans of another version is never mixed in."""

FONT_FOLDER = Path(__file__).resolve().parents[2] / "node_modules/@fontsource/noto-sans/files"
WEIGHTS = (400, 600, 700)
# Scripts that names and addresses of European clinics need; others fall back to system fonts.
SUBSETS = ("latin", "latin-ext", "cyrillic", "greek", "vietnamese")


@cache
def font_files() -> dict[str, bytes]:
    """WOFF2 bytes by file name; empty where the package is not installed."""
    names = [f"noto-sans-{s}-{w}-normal.woff2" for s in SUBSETS for w in WEIGHTS]
    return {name: path.read_bytes() for name in names if (path := FONT_FOLDER / name).is_file()}


def face_rules(scheme: str) -> str:
    """The ``@font-face`` rules for the files at hand, addressed as ``scheme:name``."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{name.split("-")[-2]};'
        f'src:url("{scheme}:{name}") format("woff2")}}'
        for name in font_files()
    )
