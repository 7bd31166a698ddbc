"""Names brought to one plain form, for finding and for sorting. Pure."""

import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ə": "e",
    }
)
LONGEST_KEY = 170
"""Length of `Client.name_key`."""
APOSTROPHES = frozenset("'’‘‛`´′＇ꞌ")
"""Signs that stand inside a word: "O'Rourke" is one word, "Lind-Smith" two."""
LETTERS_AND_NUMBERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Mc"})


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes, any other sign a space: "O’Néill-Å" is
    "oneill a"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    return " ".join("".join(_folded(sign) for sign in apart).split())


def _folded(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Cf") or sign in APOSTROPHES or "\u02b0" <= sign <= "\u02ff":
        return ""  # an accent, a hint for writing direction, an apostrophe that counts as a letter
    return sign if kind in LETTERS_AND_NUMBERS else " "


def plain(text: str) -> str:
    """`fold` without its spaces: "Lind-Smith" gives "lindsmith"."""
    return fold(text).replace(" ", "")


def sort_key(*, first_name: str, last_name: str) -> str:
    """What a list by name sorts by, sign by sign: last name, then first, particles as written.

    The tab between them sorts before every letter and space, so "Berg, Zoe" stands before
    "Berg Olsen, Ada". Who has one name only sorts by it.
    """
    return "\t".join(filter(None, (fold(last_name), fold(first_name))))[:LONGEST_KEY]
