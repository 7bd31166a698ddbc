"""A whole pack as one SELECT: what each row's level is on its planned day, and until when it waits.

The form by which the conditions are tested against the engine, and the way to look over a whole
clinic under a pack that nothing was screened by yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from screening.engine import Level, Pack

from .logic import Test, first_of, sql
from .reading import Reader, Sure
from .saying import Said, said_by
from .slots import Slots
from .unread import unread
from .waits import LAST

UNTOLD = 99
"""The level of a row that only the engine can judge."""


def levels_select(pack: Pack, slots: Slots, table: str, *, filled: Pack | None = None) -> str:
    """``SELECT screening_id, level, defer_until`` for each row of a table.

    Only numbers, names of columns and ``table`` are written into it, nothing of a pack's words.
    ``level`` is NULL where the engine itself has to be asked: rows that are not whole, or not
    under this pack. ``filled`` is the pack that the rows were filled under.
    """
    reader = Reader(pack=pack, slots=slots, filled=filled or pack)
    levels = {rule.code: f"l{number}" for number, rule in enumerate(pack.all_rules)}

    def hits(code: str, least: Level, sure: Sure) -> Test:
        return f"({levels[code]} >= {int(least):d})"

    plain = [said_by(rule, reader) for rule in pack.rules]
    together = [said_by(rule, reader, hits) for rule in pack.combinations]
    untold = sql(first_of([("(NOT whole)", "TRUE"), (unread(reader), "TRUE")]))
    inner = [f"{_level(said)} AS l{n}" for n, said in enumerate(plain)]
    inner += [f"{_until(said)} AS u{n}" for n, said in enumerate(plain) if _waits(said)]
    worst = [*levels.values()][: len(plain)] + [_level(said) for said in together]
    until = [f"u{n}" for n, said in enumerate(plain) if _waits(said)]
    until += [_until(said) for said in together if _waits(said)]
    latest = f"LEAST({LAST}, GREATEST({', '.join(until)}))" if until else "NULL::date"
    judged = f"(SELECT *, {', '.join(inner)} FROM {table} OFFSET 0) AS judged"  # noqa: S608
    worst_of_all = f"GREATEST({', '.join(worst)}, {_untold(untold)})"
    told = f"{worst_of_all} AS worst, {latest} AS until, {_some(until)} AS waits"
    return (
        f"SELECT screening_id, NULLIF(worst, {UNTOLD}) AS level, "  # noqa: S608
        f"CASE WHEN waits THEN until END AS defer_until "
        f"FROM (SELECT screening_id, {told} FROM {judged} OFFSET 0) AS told"
    )


def _untold(test: str) -> str:
    return f"CASE WHEN {test} THEN {UNTOLD} ELSE 0 END"


def _some(until: Sequence[str]) -> str:
    return f"(COALESCE({', '.join(until)}) IS NOT NULL)" if until else "FALSE"


def _waits(said: Sequence[Said]) -> bool:
    return any(one.wait is not None for one in said)


def _level(said: Sequence[Said]) -> str:
    return _case([(one.when, _level_of(one)) for one in said], "0")


def _level_of(said: Said) -> str:
    if said.wait is None:
        return f"{int(said.level):d}"
    waits = sql(said.wait.after("planned_on"))
    known = f"CASE WHEN {waits} THEN {int(said.level):d} ELSE {int(said.after):d} END"
    unknown = sql(said.wait.unknown)
    return known if unknown == "FALSE" else f"CASE WHEN {unknown} THEN {UNTOLD} ELSE {known} END"


def _until(said: Sequence[Said]) -> str:
    return _case([(one.when, _until_of(one)) for one in said], "NULL::date")


def _until_of(said: Said) -> str:
    if said.wait is None:
        return "NULL::date"
    return f"CASE WHEN {sql(said.wait.after('planned_on'))} THEN {said.wait.end} END"


def _case(branches: Sequence[tuple[Test, str]], otherwise: str) -> str:
    if not branches:
        return otherwise
    written = " ".join(f"WHEN {sql(when)} THEN {then}" for when, then in branches)
    return f"CASE {written} ELSE {otherwise} END"
