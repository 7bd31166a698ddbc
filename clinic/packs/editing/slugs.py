"""Short names for what is new: the engine's name for a question, an answer, a rule."""

import re
import unicodedata
from collections.abc import Collection

_OTHER = re.compile(r"[^a-z0-9]+")
LONGEST = 40


def slug(words: str, taken: Collection[str]) -> str:
    """Letters, digits and underscores made of some words; with a number where it is taken.

    >>> slug("Do you smoke a pipe?", {"do_you_smoke_a_pipe"})
    'do_you_smoke_a_pipe_2'
    """
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    base = _OTHER.sub("_", plain).strip("_")[:LONGEST].strip("_") or "entry"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    return name
