"""Questions that look back a shorter time than a rule waits. Pure.

Who used a product eight days ago truly answers "no" to "in the last 7 days", and a wait of ten
days never begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from clinic.packs.editing.names import Names, Table, text
from clinic.packs.editing.reads import leaves
from clinic.packs.editing.words import window_in_words

_ASKED = re.compile(r"\bin the last (\d{1,4}) (days|weeks|months)\b", re.ASCII | re.IGNORECASE)
_LONGEST = {"days": 1, "weeks": 7, "months": 31}
_USUAL = {"days": 1, "months": 30}


def asked_too_short(
    outcome: Table, windows: Sequence[object], names: Names
) -> Iterator[tuple[str, str]]:
    """(question id, what to look at) for each question that an outcome with a wait rests on."""
    for question in dict.fromkeys(str(leaf.get("q", "")) for leaf in leaves(outcome.get("when"))):
        asked = _ASKED.search(text(names.questions.get(question, {}), "text"))
        if asked is None:
            continue
        seen = int(asked[1]) * _LONGEST[asked[2].lower()]
        for window in windows:
            if _days(window) > seen:
                said = _("waits %(wait)s, but “%(question)s” asks about a shorter time.")
                words = {"wait": window_in_words(window), "question": names.question(question)}
                yield question, said % words


def _days(window: object) -> int:
    if not isinstance(window, Mapping):
        return 0
    return sum(
        number * _USUAL[unit]
        for unit, number in window.items()
        if unit in _USUAL and isinstance(number, int)
    )
