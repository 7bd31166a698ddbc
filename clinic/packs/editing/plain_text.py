"""Text that a person typed: tidied, or refused with the reason in words."""

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class BadText(ValueError):
    """A text that cannot be kept; the message says why."""


def tidy(raw: str, *, longest: int, lines: bool = False) -> str:
    """The text without space around it, one kind of line end, and composed letters (NFC).

    `longest` in characters; `lines` allows line breaks. BadText for anything that cannot be seen:
    NUL, control characters, halves of a character, marks that turn the direction of reading.
    """
    unified = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
    for character in unified:
        _check(character, lines=lines)
    text = unicodedata.normalize("NFC", unified)
    if len(text) > longest:
        raise BadText(
            ngettext(
                "This is %(more)d character too long: at most %(most)d.",
                "This is %(more)d characters too long: at most %(most)d.",
                len(text) - longest,
            )
            % {"more": len(text) - longest, "most": longest}
        )
    return text


_TURNS = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def _check(character: str, *, lines: bool) -> None:
    if character == "\n":
        if not lines:
            raise BadText(_("This should be one line."))
        return
    category = unicodedata.category(character)
    if category == "Cs":
        raise BadText(_("This holds half a character. Please type it again."))
    if category in ("Cc", "Co", "Cn") or character in _TURNS:
        raise BadText(
            _("This holds a character that cannot be seen (%(code)s). Please type it again.")
            % {"code": f"U+{ord(character):04X}"}
        )
