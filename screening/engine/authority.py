"""Who may decide about words that were recognised: whoever may decide about what they name."""

from __future__ import annotations

from collections.abc import Iterable

from .lexicon import Entry
from .rules import Override, Pack

BY_PRACTITIONER = Override(allowed=True, by="practitioner", reason_required=True)


def strictness(override: Override) -> int:
    """How few may decide: a practitioner 0, a prescriber 1, nobody 2."""
    if not override.allowed:
        return 2
    return 0 if override.by == "practitioner" else 1


def authority_over(pack: Pack, entries: Iterable[Entry]) -> Override:
    """The strictest of what these matters ask for; a practitioner where there are none."""
    found = (override for entry in entries for override in _of(pack, entry))
    return max(found, key=strictness, default=BY_PRACTITIONER)


def _of(pack: Pack, entry: Entry) -> list[Override]:
    """That of the outcome it comes to; of every outcome of its rule where none is named."""
    outcomes = pack.rule_by_code[entry.category].outcomes
    named = [outcome for outcome in outcomes if entry.as_outcome in ("", outcome.id)]
    return [outcome.override for outcome in named]
