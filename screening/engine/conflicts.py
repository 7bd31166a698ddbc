"""Where sources contradict each other, what was decided, and on which rules it bears."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .tables import PackError, Table


class BearsOn(StrEnum):
    """What a disagreement matters for."""

    SCREENING = "screening"
    CONSENT = "consent"
    AFTERCARE = "aftercare"
    PRACTICE = "practice"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two claims that cannot both be right, and how this pack settles them.

    ``sources`` are the ids of the sources that the texts name, ``rules`` the codes of the rules
    and combinations on whose findings it bears; none where it bears on other things alone.
    """

    id: str
    topic: str
    claim_a: str
    claim_b: str
    resolution: str
    reason: str
    sources: tuple[str, ...]
    rules: tuple[str, ...]
    bears_on: tuple[BearsOn, ...]


def conflicts_from(table: Table) -> tuple[Conflict, ...]:
    """Every conflict of ``conflicts.toml``. PackError."""
    found = tuple(_conflict(one) for one in table.tables("conflict"))
    table.finish()
    return found


def check_conflicts(
    conflicts: Iterable[Conflict], *, sources: Collection[str], rules: Collection[str]
) -> None:
    """PackError for a conflict that is there twice or names a source or rule nobody knows."""
    seen: set[str] = set()
    for conflict in conflicts:
        where = f"conflicts.toml: conflict {conflict.id!r}"
        if conflict.id in seen:
            raise PackError(f"{where} is there twice")
        seen.add(conflict.id)
        for source in conflict.sources:
            if source not in sources:
                raise PackError(f"{where}: unknown source {source!r}")
        for code in conflict.rules:
            if code not in rules:
                raise PackError(f"{where}: unknown rule {code!r}")
        if not conflict.sources:
            raise PackError(f"{where}: has no source")
        if bool(conflict.rules) != (BearsOn.SCREENING in conflict.bears_on):
            raise PackError(f"{where}: 'screening' goes with naming rules")


def _conflict(table: Table) -> Conflict:
    built = Conflict(
        id=table.text("id"),
        topic=table.text("topic"),
        claim_a=table.text("claim_a"),
        claim_b=table.text("claim_b"),
        resolution=table.text("resolution"),
        reason=table.text("reason"),
        sources=table.texts("sources"),
        rules=table.texts("rules"),
        bears_on=tuple(_area(table, name) for name in table.texts("bears_on")),
    )
    table.finish()
    if not built.bears_on:
        raise table.error("'bears_on' should name something")
    return built


def _area(table: Table, name: str) -> BearsOn:
    try:
        return BearsOn(name)
    except ValueError:
        known = [one.value for one in BearsOn]
        raise table.error(f"'bears_on' has {name!r}, not one of {known}") from None
