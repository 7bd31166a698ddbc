"""Every number of a pack that is a choice: typed, with its bounds, its source and its mirrors.

``policy.toml`` holds a ``policy`` each. ``min`` and ``max`` bound what a clinic may set without a
new clinical revision; a ``fixed`` one has only one value. ``mirrors`` names the places of the
rules (``rules/<code>/<outcome>/<what>``) and of the texts (``content/…``, which are checked with
those texts) that hold the same number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .tables import PackError, Table

TYPES = ("integer", "number")
UNITS = ("days", "hours", "minutes", "months", "years", "mm", "areas")
EVIDENCE = ("source", "source+policy", "policy", "background")
GREATEST = 100_000
MIRROR_PLACES = ("rules", "content")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One number. ``value`` is whole where ``type`` is ``integer``."""

    id: str
    type: str
    value: float
    unit: str
    min: float
    max: float
    title: str
    evidence: str
    sources: tuple[str, ...]
    mirrors: tuple[str, ...] = ()
    fixed: bool = False

    @property
    def text(self) -> str:
        """The value as sentences write it: ``28``, ``1.5``."""
        return f"{self.value:g}"


def policy_from(table: Table) -> dict[str, Policy]:
    """Every number of ``policy.toml`` by its id. PackError."""
    found: dict[str, Policy] = {}
    for one in table.tables("policy"):
        built = _policy(one)
        if built.id in found:
            raise one.error("is there twice")
        found[built.id] = built
    table.finish()
    return found


def check_policy(policy: Iterable[Policy], *, sources: Collection[str]) -> None:
    """PackError for a number out of its bounds or without a source that is known."""
    for one in policy:
        where = f"policy.toml: {one.id!r}"
        if not one.min <= one.value <= one.max:
            raise PackError(f"{where}: is {one.text}, not from {one.min:g} to {one.max:g}")
        if one.fixed and one.min != one.max:
            raise PackError(f"{where}: is fixed, yet 'min' and 'max' differ")
        for source in one.sources:
            if source not in sources:
                raise PackError(f"{where}: unknown source {source!r}")


def values_of(policy: Mapping[str, Policy]) -> dict[str, str]:
    """What sentences may hold: ``policy.<id>`` to the number as text."""
    return {f"policy.{name}": one.text for name, one in policy.items()}


def _policy(table: Table) -> Policy:
    kind = table.one_of("type", TYPES)
    built = Policy(
        id=table.text("id"),
        type=kind,
        value=_number(table, "value", kind),
        unit=table.one_of("unit", UNITS),
        min=_number(table, "min", kind),
        max=_number(table, "max", kind),
        title=table.text("title"),
        evidence=table.one_of("evidence", EVIDENCE),
        sources=table.texts("sources"),
        mirrors=table.texts("mirrors", needed=False),
        fixed=table.flag("fixed"),
    )
    table.finish()
    if not built.sources:
        raise table.error("has no source")
    for mirror in built.mirrors:
        if mirror.split("/")[0] not in MIRROR_PLACES:
            raise table.error(f"mirrors {mirror!r}, which is neither in the rules nor in a text")
    return built


def _number(table: Table, key: str, kind: str) -> float:
    if kind == "integer":
        return table.number(key, least=0)
    return table.real(key, least=0, most=GREATEST)
