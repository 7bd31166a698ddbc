"""Reading a published advice file: every mistake in it is an error that names the entry."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from aftercare.checking import AdviceError, check_whole, condition
from aftercare.content import (
    EVIDENCE,
    LEVELS,
    Advice,
    Expectation,
    NextSession,
    Personalisation,
    ProductRule,
    RednessLimit,
    Restriction,
    Seen,
    Statement,
    WarningSign,
)
from aftercare.vocabulary import BANDS

FOLDER = Path(__file__).resolve().parent / "advice"
CURRENT = "microneedling-1.1.0"
Table = Mapping[str, Any]


@cache
def current() -> Advice:
    """The advice in force, read once per process. Raises ``AdviceError``."""
    path = FOLDER / f"{CURRENT}.toml"
    return parse(path.read_bytes(), expected_sha256=published_hashes()[path.name])


def published_hashes() -> dict[str, str]:
    """SHA-256 in hex by file name, as it was when published."""
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="ascii").split("\n")
    return {name: digest for digest, _, name in (x.partition("  ") for x in lines if x)}


def parse(raw: bytes, *, expected_sha256: str | None = None) -> Advice:
    """The advice in the bytes of one TOML file. Raises ``AdviceError`` naming the entry."""
    digest = hashlib.sha256(raw).hexdigest()
    if expected_sha256 not in (None, digest):
        raise AdviceError("the advice file differs from the one that was published")
    data = tomllib.loads(raw.decode())
    try:
        advice = _advice(data, digest)
    except KeyError as error:
        raise AdviceError(f"an entry lacks {error}") from error
    check_whole(advice)
    return advice


def _advice(data: Table, digest: str) -> Advice:
    limit, gap = data["redness_limit"], data["next_session"]
    return Advice(
        name=data["name"],
        version=data["version"],
        language=data["language"],
        sha256=digest,
        bands={band["code"]: band["label"] for band in data["depth_bands"]},
        redness_limit=RednessLimit(days=_by_band(limit["days"], "redness_limit"), **_basis(limit)),
        next_session=NextSession(
            days=gap["days"],
            days_after_deep=gap["days_after_deep"],
            deep_from_mm=gap["deep_from_mm"],
            longer_for=frozenset(gap["longer_for"]),
            **_basis(gap),
        ),
        expectations=tuple(map(_expectation, data["expectations"])),
        restrictions=(
            *(_restriction(r, _basis(r)) for r in data["avoid_until"]),
            *(_restriction({**r, "keep": True}, _basis(r)) for r in data["keep_doing"]),
        ),
        product_rules=tuple(
            ProductRule(after=r["after"], words=tuple(r["words"]), **_basis(r))
            for r in data["product_rules"]
        ),
        seen=tuple(map(_seen, data["reaction_seen"])),
        do=tuple(map(_statement, data["do"])),
        dont=tuple(map(_statement, data["dont"])),
        warning_signs=tuple(_sign(s, _basis(s)) for s in data["warning_signs"]),
        personalisation=tuple(map(_personalisation, data["personalisation"])),
    )


def _basis(entry: Table) -> dict[str, Any]:
    sources, evidence = tuple(entry.get("sources", ())), entry.get("evidence", "")
    if not sources or evidence not in EVIDENCE:
        raise AdviceError(f"{_name(entry)}: needs its sources and evidence, one of {EVIDENCE}")
    return {"sources": sources, "evidence": evidence}


def _name(entry: Table) -> str:
    return str(entry.get("id") or entry.get("after") or "an entry")


def _by_band(table: Table, name: str) -> Mapping[str, Any]:
    if tuple(table) != BANDS:
        raise AdviceError(f"{name}: must name every depth band, in order")
    return table


def _expectation(entry: Table) -> Expectation:
    text = _by_band(entry["text"], entry["id"])
    return Expectation(
        id=entry["id"],
        phase=entry["phase"],
        label=entry["label"],
        from_hours=entry["from_hours"],
        to_hours=entry["to_hours"],
        text=text,
        sheet={**text, **entry.get("sheet", {})},
        by_flag=entry.get("by_flag", {}),
        **_basis(entry),
    )


def _restriction(entry: Table, basis: dict[str, Any]) -> Restriction:
    hours = entry.get("hours")
    if isinstance(hours, int):
        hours = dict.fromkeys(BANDS, hours)
    if hours is None and entry.get("whole_course") is not True:
        raise AdviceError(f"{entry['id']}: needs hours, or whole_course = true")
    return Restriction(
        id=entry["id"],
        text=entry["text"],
        hours=None if hours is None else _by_band(hours, entry["id"]),
        condition=condition(entry),
        keep=entry.get("keep", False),
        from_hours=entry.get("from_hours", 0),
        within=entry.get("within", ""),
        text_if=entry.get("text_if", ""),
        text_if_answer=frozenset(entry.get("text_if_answer", ())),
        with_products=entry.get("with_products", ""),
        without_products=entry.get("without_products", ""),
        **basis,
    )


def _statement(entry: Table) -> Statement:
    return Statement(
        id=entry["id"],
        text=entry["text"],
        sheet=entry.get("sheet", entry["text"]),
        with_products=entry.get("with_products", ""),
        covered_by=tuple(entry.get("covered_by", ())),
        removed_by=frozenset(entry.get("removed_by", ())),
        **_basis(entry),
    )


def _seen(entry: Table) -> Seen:
    return Seen(
        id=entry["id"],
        text=entry["text"],
        sheet=entry.get("sheet", entry["text"]),
        words=tuple(entry.get("words", ())),
        with_event=entry.get("with_event", False),
        **_basis(entry),
    )


def _sign(entry: Table, basis: dict[str, Any]) -> WarningSign:
    if entry["level"] not in LEVELS:
        raise AdviceError(f"{entry['id']}: level must be one of {LEVELS}")
    return WarningSign(
        id=entry["id"],
        level=entry["level"],
        text=entry["text"],
        sheet=entry.get("sheet", entry["text"]),
        period=entry["period"],
        period_sheet=entry.get("period_sheet", entry["period"]),
        action=entry["action"],
        condition=condition(entry),
        instead_of=frozenset(entry.get("instead_of", ())),
        **basis,
    )


def _personalisation(entry: Table) -> Personalisation:
    basis = _basis(entry)
    conditional = entry.keys() & {"when_any", "when_all", "none_of"}
    return Personalisation(
        id=entry["id"],
        input=entry["input"],
        effect=entry["effect"],
        condition=condition(entry) if conditional else None,
        floors=entry.get("floors", {}),
        until=tuple(_restriction(r, basis) for r in entry.get("until", ())),
        phase_lines=entry.get("phase_lines", {}),
        notes=tuple(entry.get("notes", ())),
        redness_days=entry.get("redness_days"),
        **basis,
    )
