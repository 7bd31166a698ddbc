"""How a finding beside the rules is worded in a pack."""

from __future__ import annotations

from dataclasses import dataclass

from .tables import Table

EVIDENCE = ("source", "source+policy", "background")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How a finding is worded. ``told`` is for the client, the rest for the reviewer."""

    title: str
    told: str
    rationale: str
    practitioner_check: str
    sources: tuple[str, ...]
    evidence: str
    evidence_note: str


def wording_from(table: Table) -> Wording:
    """Read the wording of a finding; other keys of the table are left to the caller."""
    built = Wording(
        title=table.text("title"),
        told=table.text("told"),
        rationale=table.text("rationale"),
        practitioner_check=table.text("practitioner_check"),
        sources=table.texts("sources"),
        evidence=table.text("evidence"),
        evidence_note=table.text("evidence_note"),
    )
    if not built.sources:
        raise table.error("has no source")
    check_evidence(table, built.evidence)
    return built


def check_evidence(table: Table, evidence: str) -> None:
    """PackError for a kind of evidence that nobody defined."""
    if evidence not in EVIDENCE:
        raise table.error(f"'evidence' is {evidence!r}, not one of {EVIDENCE}")
