"""How long names and titles may be: no longer than a finding can keep them.

A longer one would pass every check, and then fail for each client whom the rule concerns.
"""

from __future__ import annotations

from collections.abc import Iterator

from .rules import Pack
from .tables import PackError

LONGEST_NAME = 60
LONGEST_TITLE = 200
LONGEST_SOURCE = 10


def check_lengths(pack: Pack) -> None:
    """PackError for the first name or title that is too long."""
    for where, what, text, most in _kept(pack):
        if len(text) > most:
            raise PackError(f"{where} {text[:40]!r}: {what} is longer than {most} characters")


def _kept(pack: Pack) -> Iterator[tuple[str, str, str, int]]:
    for name in pack.sources:
        yield "sources.toml: source", "its id", name, LONGEST_SOURCE
    for question in pack.questions:
        yield "questions.toml: question", "its id", question.id, LONGEST_NAME
    for rule in pack.all_rules:
        yield "rules.toml: rule", "its code", rule.code, LONGEST_NAME
        yield "rules.toml: rule", "its title", rule.title, LONGEST_TITLE
        for outcome in rule.outcomes:
            at = f"rules.toml: rule {rule.code!r}: outcome"
            yield at, "its id", outcome.id, LONGEST_NAME
    for title in _titles_beside(pack):
        yield "a finding beside the rules", "its title", title, LONGEST_TITLE


def _titles_beside(pack: Pack) -> Iterator[str]:
    if pack.lexicon is not None:
        yield pack.lexicon.wording.title
    if pack.checks is not None:
        checks = pack.checks
        yield from (one.wording.title for one in checks.contradictions)
        dated = (checks.before_birth, checks.outside_period)
        yield from (wording.title for wording in dated if wording is not None)
        if checks.haste is not None:
            yield checks.haste.wording.title
