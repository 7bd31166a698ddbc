"""Questions whose truth moves with time: "in the last 7 days", "now", "will you be".

What was true of them when it was told says nothing of today, so that no earlier answer stands for
them. The pack marks them. A date stays true, however long ago it was told; the question that it
follows from is asked again, and the date with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from .conditions import questions_read
from .rules import Pack


@lru_cache(maxsize=16)
def moving(pack: Pack) -> frozenset[str]:
    """The questions of a pack that move with time, and what follows from them."""
    return with_follow_ups(pack, (one.id for one in pack.questions if one.moves_with_time))


def with_follow_ups(pack: Pack, names: Iterable[str]) -> frozenset[str]:
    """These questions and all that their answers can bring up."""
    found = set(names)
    for _ in pack.questions:
        more = {
            question.id
            for question in pack.questions
            if question.show_when is not None and questions_read(question.show_when) & found
        }
        if more <= found:
            break
        found |= more
    return frozenset(found)
