"""Whether every place in a message has something to stand for."""

from __future__ import annotations

from .filling import places_of
from .findings import words_for
from .rules import Pack, Rule
from .tables import PackError


def check_messages(pack: Pack, rule: Rule, where: str) -> None:
    """PackError for a place that is neither the length of the outcome's own wait nor a number of
    the policy, or a sentence that is "not sure" of a wait."""
    for outcome in rule.outcomes:
        known = frozenset(words_for(pack, outcome.defer))
        _known(outcome.message, known, f"{where}: outcome {outcome.id!r}")
    _known(rule.unsure_message, frozenset(words_for(pack, None)), f"{where}: unsure_message")


def _known(sentence: str, known: frozenset[str], where: str) -> None:
    if lost := sorted(places_of(sentence) - known):
        raise PackError(f"{where}: nothing stands for {{{lost[0]}}} in its message")
