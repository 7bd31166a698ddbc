"""How far a finding rests on a document, and how each document was read, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from screening.engine import BearsOn, Conflict, Pack, Source

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EVIDENCE: "dict[str, _StrPromise]" = {
    "source": _("From a source"),
    "source+policy": _("From a source, and a policy of our own: needs clinical sign-off"),
    "policy": _("A policy of our own: needs clinical sign-off"),
    "background": _("Background, not from a document: needs clinical sign-off"),
}
READ_AS: "dict[str, _StrPromise]" = {
    "page": _("read on its own page"),
    "mirror": _("read in a copy"),
    "secondary": _("read in a report about it"),
    "clinic": _("a clinic’s own paper"),
    "article": _("one of the five articles this began with"),
    "background": _("not from a document"),
}


BEARS_ON: "dict[BearsOn, _StrPromise]" = {
    BearsOn.SCREENING: _("Screening"),
    BearsOn.CONSENT: _("What a client is told before"),
    BearsOn.AFTERCARE: _("What a client is told afterwards"),
    BearsOn.PRACTICE: _("What we do ourselves"),
}


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A source as a page names it."""

    id: str
    title: str
    url: str
    read_as: str


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Two claims that cannot both be right, what was decided, and what it bears on, in words."""

    conflict: Conflict
    sources: list[Cited]
    rules: list[str]
    bears_on: list[str]


def cited(sources: Iterable[Source]) -> list[Cited]:
    """Sources with how each was read, in words."""
    return [
        Cited(
            id=one.id,
            title=one.title,
            url=one.url,
            read_as=str(READ_AS.get(one.read_as, one.read_as)),
        )
        for one in sources
    ]


def disagreements(pack: Pack, conflicts: Iterable[Conflict]) -> list[Disagreement]:
    """Conflicts of a pack with their sources named and the titles of the rules they bear on."""
    return [
        Disagreement(
            conflict=one,
            sources=cited(pack.sources[key] for key in one.sources),
            rules=[pack.rule_by_code[code].title for code in one.rules],
            bears_on=[str(BEARS_ON[area]) for area in one.bears_on],
        )
        for one in conflicts
    ]


def evidence(label: str) -> str:
    """The evidence label of a rule in words; an unknown one as it stands."""
    return str(EVIDENCE.get(label, label))
