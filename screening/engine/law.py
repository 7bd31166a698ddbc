"""What the law of a place says of a plan: advice for staff beside the result, never a level.

``jurisdictions.toml`` holds a ``jurisdiction`` each, with its ``law`` entries; what its ``parent``
has holds as well. Where the law is stricter than the rules, a rule has to be written: nothing
here raises or lowers anything. See ``law_of.py`` for what holds of one case.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from .conditions import Condition, parse_condition
from .dates import parse_iso
from .tables import PackError, Table

STATUSES = ("in_force", "enacted", "proposed", "guidance", "not_covering")
BINDING = ("in_force", "enacted")
LONGEST_LAW = 36
"""With `law:` before it, it is one of the flags that a screening keeps."""


@dataclass(frozen=True, kw_only=True)
class Law:
    """One entry. ``effective_from`` is ``None`` where the day is not known or there is none.

    ``requires`` names what somebody has to record or show; ``binds`` whom it binds, where that is
    not everybody. ``applies_when`` is ``None`` where it always applies.
    """

    id: str
    title: str
    text: str
    status: str
    sources: tuple[str, ...]
    requires: tuple[str, ...] = ()
    effective_from: date | None = None
    applies_when: Condition | None = None
    binds: str = ""
    commencement: str = ""
    royal_assent: str = ""
    classification: str = ""

    def binding_on(self, day: date) -> bool:
        """Whether it binds on that day."""
        begun = self.effective_from is not None and day >= self.effective_from
        return begun and self.status in BINDING


@dataclass(frozen=True, kw_only=True)
class Jurisdiction:
    """A country, or a part of one. ``age_min`` is its youngest client in years."""

    id: str
    name: str
    parent: str
    age_min: int
    age_min_evidence: str
    law: tuple[Law, ...] = ()
    id_evidence: tuple[str, ...] = ()
    id_evidence_sources: tuple[str, ...] = ()
    label_age_from: int | None = None
    label_age_sources: tuple[str, ...] = ()


def jurisdictions_from(table: Table) -> dict[str, Jurisdiction]:
    """Every jurisdiction of ``jurisdictions.toml`` by its id. PackError."""
    found: dict[str, Jurisdiction] = {}
    for one in table.tables("jurisdiction"):
        built = _jurisdiction(one)
        if built.id in found:
            raise one.error("is there twice")
        found[built.id] = built
    table.finish()
    return found


def check_jurisdictions(known: Mapping[str, Jurisdiction], *, sources: Collection[str]) -> None:
    """PackError for an unknown parent or source, a circle of parents, or an entry there twice."""
    seen: set[str] = set()
    for one in known.values():
        where = f"jurisdictions.toml: jurisdiction {one.id!r}"
        if one.parent and one.parent not in known:
            raise PackError(f"{where}: unknown parent {one.parent!r}")
        lineage(known, one.id)
        named = (*one.id_evidence_sources, *one.label_age_sources)
        for source in (*named, *(name for law in one.law for name in law.sources)):
            if source not in sources:
                raise PackError(f"{where}: unknown source {source!r}")
        for law in one.law:
            if law.id in seen:
                raise PackError(f"{where}: law {law.id!r} is there twice")
            seen.add(law.id)


def lineage(known: Mapping[str, Jurisdiction], name: str | None) -> tuple[Jurisdiction, ...]:
    """A jurisdiction and its parents, from the whole to the part; none where it is unknown."""
    found: list[Jurisdiction] = []
    while name and name in known:
        if known[name] in found:
            raise PackError(f"jurisdictions.toml: the parents of {name!r} go in a circle")
        found.append(known[name])
        name = known[name].parent
    return tuple(reversed(found))


def _jurisdiction(table: Table) -> Jurisdiction:
    built = Jurisdiction(
        id=table.text("id"),
        name=table.text("name"),
        parent=table.text("parent", ""),
        age_min=table.number("age_min", least=0),
        age_min_evidence=table.one_of("age_min_evidence", ("source", "policy")),
        law=tuple(_law(one) for one in table.tables("law", needed=False)),
        id_evidence=table.texts("id_evidence", needed=False),
        id_evidence_sources=table.texts("id_evidence_sources", needed=False),
        label_age_from=table.number("label_age_from", least=0)
        if table.has("label_age_from")
        else None,
        label_age_sources=table.texts("label_age_sources", needed=False),
    )
    table.finish()
    return built


def _law(table: Table) -> Law:
    built = Law(
        id=table.text("id"),
        title=table.text("title"),
        text=table.text("text"),
        status=table.one_of("status", STATUSES),
        sources=table.texts("sources"),
        requires=table.texts("requires", needed=False),
        effective_from=table.parsed("effective_from", _day)
        if table.has("effective_from")
        else None,
        applies_when=table.parsed("applies_when", parse_condition)
        if table.has("applies_when")
        else None,
        binds=table.text("binds", ""),
        commencement=table.text("commencement", ""),
        royal_assent=table.text("royal_assent", ""),
        classification=table.text("classification", ""),
    )
    table.finish()
    if not built.sources:
        raise table.error("has no source")
    if len(built.id) > LONGEST_LAW:
        raise table.error(f"its id is longer than {LONGEST_LAW} characters")
    return built


def _day(raw: object) -> date:
    day = parse_iso(raw)
    if day is None:
        raise ValueError("should be a date as YYYY-MM-DD")
    return day
