"""Reading a published consent text: every mistake in it is an error that names the statement."""

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from clinic.consent.text import (
    CHECK_IN,
    EVIDENCE,
    OWN,
    SHOWS,
    TIERS,
    Acknowledgement,
    Benefit,
    Part,
    Personal,
    Risk,
    Statement,
    Text,
    Variant,
    Wait,
)
from screening.engine import Pack, PackError
from screening.engine.check_conditions import check_condition
from screening.engine.conditions import Condition, parse_condition
from screening.engine.tables import Table
from screening.packs import load_pack
from screening.vocabulary import FLAGS

FOLDER = Path(__file__).resolve().parent / "content"
CURRENT = "microneedling-1.1.0"
LONGEST_ID = 40  # the column that keeps what was ticked
FLAG_KEYS = ("flags_any", "flags_not")


class TextError(ValueError):
    """The consent text is not what was published, or a statement in it is wrong."""


@cache
def load(name: str) -> Text:
    """The text in the file `name`.toml, read and checked once per process. Raises `TextError`."""
    sums = (FOLDER / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    published = {file: digest for digest, _, file in (line.partition("  ") for line in sums)}
    raw = _raw(name)
    if hashlib.sha256(raw).hexdigest() != published.get(f"{name}.toml"):
        raise TextError(f"{name}.toml differs from the one that was published")
    return parse(raw)


def current() -> Text:
    """The text in force in this release."""
    return load(CURRENT)


def misfit(pack: Pack) -> str:
    """What of the text in force a screening pack cannot carry, in one line; "" where all fits.

    The text reads answers and names sources: a pack without them is not for use with it.
    """
    try:
        parse(_raw(CURRENT), pack)
    except TextError as error:
        return str(error)
    return ""


def parse(raw: bytes, pack: Pack | None = None) -> Text:
    """The text in the bytes of one TOML file. Raises `TextError` naming the statement.

    It is checked against `pack`, or else against the one that it was written for.
    """
    try:
        table = Table(tomllib.loads(raw.decode()), "consent text")
        written_for = load_pack(table.text("screening_pack"))
        text = _Reader(pack or written_for).text(table, hashlib.sha256(raw).hexdigest())
    except (PackError, LookupError, tomllib.TOMLDecodeError) as error:
        raise TextError(str(error)) from error
    _check_whole(text)
    return text


def _raw(name: str) -> bytes:
    return (FOLDER / f"{name}.toml").read_bytes()


class _Reader:
    """Reads tables, checking sources and conditions against one screening pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def text(self, table: Table, sha256: str) -> Text:
        text = Text(
            name=table.text("name"),
            version=table.text("version"),
            language=table.text("language"),
            title=table.text("title"),
            sha256=sha256,
            expires_after_months=_count(table, "expires_after_months"),
            parts=tuple(map(self._part, table.tables("part"))),
            risks=tuple(map(self._risk, table.tables("risk"))),
            personal=tuple(map(self._personal, table.tables("personal"))),
            benefits_intro=self._statement(table.table("benefits_intro")),
            benefits=tuple(map(self._benefit, table.tables("benefit"))),
            alternatives=self._statements(table, "alternative"),
            acknowledgements=tuple(map(self._acknowledgement, table.tables("acknowledgement"))),
            photos=self._statements(table, "photo"),
            waits=tuple(map(self._wait, table.tables("cooling_off"))),
            process=self._statements(table, "process"),
        )
        table.finish()
        return text

    def _statements(self, table: Table, key: str) -> tuple[Statement, ...]:
        return tuple(map(self._statement, table.tables(key)))

    def _statement(self, entry: Table) -> Statement:
        statement = Statement(**self._common(entry))
        entry.finish()
        return statement

    def _personal(self, entry: Table) -> Personal:
        personal = Personal(acknowledge=entry.text("acknowledge", ""), **self._common(entry))
        if len(f"{OWN}{personal.id}") > LONGEST_ID:
            raise entry.error("its id is too long")
        entry.finish()
        return personal

    def _benefit(self, entry: Table) -> Benefit:
        benefit = Benefit(limits=entry.text("limits"), **self._common(entry))
        entry.finish()
        return benefit

    def _common(self, entry: Table) -> dict[str, Any]:
        """What every statement has."""
        evidence = entry.text("evidence")
        if evidence not in EVIDENCE:
            raise entry.error(f"'evidence' is {evidence!r}, not one of {list(EVIDENCE)}")
        sources = entry.texts("sources")
        if not sources:
            raise entry.error("names no source")
        if unknown := [key for key in sources if key not in self._pack.sources]:
            raise entry.error(f"unknown source {unknown[0]!r}")
        text = entry.text("text")
        if "%" in text or "!" in text:
            raise entry.error("holds a percentage or an exclamation mark")
        return {
            "id": entry.text("id"),
            "text": text,
            "title": entry.text("title", ""),
            "sources": sources,
            "evidence": evidence,
            **self._meant(entry),
        }

    def _meant(self, entry: Table) -> dict[str, Any]:
        """For whom a statement is."""
        flags = {name: frozenset(entry.texts(name, needed=False)) for name in FLAG_KEYS}
        if unknown := sorted(frozenset().union(*flags.values()) - FLAGS):
            raise entry.error(f"unknown flag {unknown[0]!r}")
        condition = self._condition(entry) if entry.has("show_if") else None
        return {"show_if": condition, **flags}

    def _condition(self, entry: Table) -> Condition:
        condition = entry.parsed("show_if", parse_condition)
        check_condition(self._pack, condition, entry.where)
        return condition

    def _part(self, entry: Table) -> Part:
        shows = entry.texts("shows", needed=False)
        if unknown := [name for name in shows if name not in SHOWS]:
            raise entry.error(f"unknown set {unknown[0]!r}")
        part = Part(
            id=entry.text("id"),
            title=entry.text("title"),
            lines=self._statements(entry, "line"),
            shows=shows,
        )
        entry.finish()
        return part

    def _risk(self, entry: Table) -> Risk:
        if entry.text("tier") not in TIERS:
            raise entry.error(f"'tier' is not one of {list(TIERS)}")
        risk = Risk(
            tier=entry.text("tier"),
            duration=entry.text("duration", ""),
            durations=self._variants(entry, "durations"),
            variants=self._variants(entry, "variants"),
            **self._common(entry),
        )
        entry.finish()
        return risk

    def _variants(self, entry: Table, key: str) -> tuple[Variant, ...]:
        return tuple(map(self._variant, entry.tables(key, needed=False)))

    def _variant(self, entry: Table) -> Variant:
        variant = Variant(text=entry.text("text"), **self._meant(entry))
        entry.finish()
        return variant

    def _acknowledgement(self, entry: Table) -> Acknowledgement:
        found = Acknowledgement(
            part=entry.text("part"), asked_at=entry.text("asked_at", ""), **self._common(entry)
        )
        if found.asked_at not in ("", CHECK_IN) or len(found.id) > LONGEST_ID:
            raise entry.error("is asked at a moment nobody knows, or its id is too long")
        entry.finish()
        return found

    def _wait(self, entry: Table) -> Wait:
        wait = Wait(hours=_count(entry, "hours"), **self._common(entry))
        entry.finish()
        return wait


def _count(table: Table, key: str) -> int:
    value = table.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise table.error(f"{key!r} should be a whole number of at least 1")
    return value


def _check_whole(text: Text) -> None:
    """What only the whole text can get wrong: an id used twice, a part that is not there."""
    groups = {
        "part": [part.id for part in text.parts],
        "line": [line.id for part in text.parts for line in part.lines],
        "risk": [risk.id for risk in text.risks],
        "personal": [one.id for one in text.personal],
        "acknowledgement": [ack.id for ack in text.acknowledgements],
        "photo": [photo.id for photo in text.photos],
    }
    for name, found in groups.items():
        if twice := [entry for entry in found if found.count(entry) > 1]:
            raise TextError(f"consent text: {name} {twice[0]!r} is there twice")
    parts = {part.id for part in text.parts}
    for ack in text.acknowledgements:
        if ack.part not in parts:
            raise TextError(f"consent text: acknowledgement {ack.id!r}: unknown part {ack.part!r}")
    if all(wait.show_if for wait in text.waits):
        raise TextError("consent text: cooling_off: nothing holds for everyone")
