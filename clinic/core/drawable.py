"""Which text the papers' letters can draw. Asked where it is typed, not when it is sealed."""

import unicodedata
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinic.core.cjk_face import cjk_characters, composed
from clinic.core.fonts import drawn_by_faces

_LINE_ENDS = frozenset("\r\n\t")
_JOINERS = frozenset("\u200c\u200d")
"""They draw nothing, and tell Persian and Hindi letters how to join."""
_MOST_MARKS = 4
"""Accents on one letter; more would run into the lines above and below."""


def undrawable(text: str) -> str:
    """The characters of `text` that no face draws, each once, in the order typed; "" when none.

    Beside what has no glyph: control characters, those that turn the direction of writing, what
    picks a variant or joins emoji, private and unassigned ones, and accents piled up on a letter.
    """
    found = [c for c in composed(text) if not _is_drawn(c)]
    return "".join(dict.fromkeys([*found, *_piled_up(text)]))


def validate_drawable(text: str) -> None:
    """For a form field. Raises ValidationError that shows the characters."""
    if found := undrawable(text):
        names = ", ".join(_named(c) for c in found[:5])
        raise ValidationError(
            _("This cannot be printed: %(characters)s. Please write it with other letters."),
            code="undrawable",
            params={"characters": names},
        )


def _is_drawn(character: str) -> bool:
    if character in _LINE_ENDS or character in _JOINERS:
        return True
    category = unicodedata.category(character)
    # Cc, Cf, Cs, Co, Cn; variation selectors are marks that change another character.
    if category.startswith("C") or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return False
    if category in ("Zl", "Zp"):
        return False
    return ord(character) in drawn_by_faces() or ord(character) in cjk_characters()


def _piled_up(text: str) -> list[str]:
    runs = groupby(text, key=lambda c: unicodedata.category(c) in ("Mn", "Me"))
    return [c for marks, run in runs if marks for c in list(run)[_MOST_MARKS:]]


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if unicodedata.category(character)[0] in "CZM":
        return unicodedata.name(character, code).lower() if character.isprintable() else code
    return f"“{character}”"
