"""Re-screening a whole clinic by the database: who would be judged differently under new rules.

`ours` is the statement of `screening.facts.differences` on narrow rows of facts: findings that
differ on any day. The product runs it in windows of ids, then judges those found and keeps their
differences; that is not measured here. The `floor` is one statement written as if by hand on a
table with a typed column for each question (see `_typed`), which computes the level and the last
wait of every row and logs those that are not what is stored. Both log what they find. `level of
all` computes every rule by the rows of facts, as for a pack by which nobody was screened yet.

First it is asserted that they are right: every row of ours, and a sample of others, by the Python
engine; the floor by the engine as well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg

from benchmarks._changes import changes
from benchmarks._goals import Goals
from benchmarks._judged import CHUNK, PACK, PEOPLE, each, wrong
from benchmarks._typed import Typed
from clinic.core import embedded
from screening.engine import Pack, evaluate
from screening.facts.differences import differs
from screening.facts.logic import sql
from screening.facts.row import COLUMNS, facts_of
from screening.facts.slots import BITS, DATES, NONE, WORD
from screening.facts.whole import levels_select

ROUNDS, SAMPLE = 9, 10_000
HASTY = (("fsync", "off"), ("synchronous_commit", "off"), ("autovacuum", "off"))
SLOTS = NONE.with_room_for(PACK)
TYPED = Typed(PACK)
FIXED = [name for name in COLUMNS if not name[1:].isdigit() and name != "whole"]
# As in the migration: what is widest first, so that nothing is lost between columns.
LAYOUT = [
    *FIXED,
    *(f"b{number}" for number in range(BITS // WORD)),
    "whole",
    *(f"d{number}" for number in range(DATES)),
]


def kind(name: str) -> str:
    if name.endswith("_on"):
        return "date NOT NULL"
    if name == "whole":
        return "boolean NOT NULL"
    if name[1:].isdigit():
        return "date" if name[0] == "d" else "bigint NOT NULL"
    return "smallint NOT NULL"


def tables() -> str:
    facts = ", ".join(f"{name} {kind(name)}" for name in LAYOUT)
    typed = ", ".join(f'"{name}" {of}' for name, of in TYPED.columns().items())
    return f"""
        CREATE TABLE facts (screening_id bigint, pack_id bigint NOT NULL, {facts});
        CREATE TABLE typed (id bigint, {typed});
        CREATE UNLOGGED TABLE found (id bigint);
        CREATE UNLOGGED TABLE logged (id bigint, level smallint, until date);
    """


def fill(host: str, first: int, last: int) -> int:
    """Load some of the people into both tables."""
    order = [COLUMNS.index(name) for name in LAYOUT]
    rows = []
    with connected(host) as one, one.cursor() as cursor:
        with cursor.copy("COPY facts FROM STDIN") as copy:
            for number, context, answers in PEOPLE.everybody(first, last):
                values = facts_of(PACK, SLOTS, context, answers).values()
                copy.write_row([number, 1, *(values[place] for place in order)])
                rows.append([number, *TYPED.row(context, answers)])
        with cursor.copy("COPY typed FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    return last - first


def connected(host: str) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=host, user=embedded.OWNER, dbname=embedded.DATABASE, autocommit=True
    )


def load(host: str, pool: Pool, count: int) -> None:
    """All people, by as many processes as there are cores; then keys, and the old results."""
    parts = [(host, n, min(n + CHUNK, count + 1)) for n in range(1, count + 1, CHUNK)]
    pool.starmap(fill, parts, chunksize=1)
    with connected(host) as db:
        db.execute("ALTER TABLE facts ADD PRIMARY KEY (screening_id)")
        db.execute("ALTER TABLE typed ADD PRIMARY KEY (id)")
        db.execute(f"CREATE TABLE results AS {TYPED.select('typed')}")
        db.execute("ALTER TABLE results ADD PRIMARY KEY (id)")
        for table in ("facts", "typed", "results"):
            db.execute(f"VACUUM ANALYZE {table}")


# --- the statements ---------------------------------------------------------------------------


def ours(new: Pack) -> str:
    test = sql(differs(PACK, new, SLOTS.with_room_for(new)))
    return (
        "INSERT INTO found SELECT screening_id FROM facts"
        f" WHERE pack_id = 1 AND (NOT whole OR {test})"
    )


def floor(new: Pack) -> str:
    return (
        "INSERT INTO logged SELECT n.id, n.level, n.until"
        f" FROM ({Typed(new).select('typed')}) AS n JOIN results AS o ON o.id = n.id"
        " WHERE n.level <> o.level OR n.until IS DISTINCT FROM o.until"
    )


def whole(new: Pack) -> str:
    select = levels_select(new, SLOTS, "facts")
    return (
        "INSERT INTO logged SELECT n.screening_id, n.level, n.defer_until"
        f" FROM ({select}) AS n JOIN results AS o ON o.id = n.screening_id"
        " WHERE n.level IS DISTINCT FROM o.level OR n.defer_until IS DISTINCT FROM o.until"
    )


def timed(db: psycopg.Connection[Any], statement: str) -> float:
    """Seconds; what was written is taken back."""
    with db.transaction(force_rollback=True):
        start = time.perf_counter()
        db.execute(statement)
        return time.perf_counter() - start


def found(db: psycopg.Connection[Any], statement: str, table: str) -> dict[int, tuple[Any, ...]]:
    """What a statement logs, by row."""
    with db.transaction(force_rollback=True):
        db.execute(statement)
        return {row[0]: row[1:] for row in db.execute(f"SELECT * FROM {table}").fetchall()}


# --- whether they are right -------------------------------------------------------------------


def check(
    db: psycopg.Connection[Any], pool: Pool, changed: str, new: Pack, count: int
) -> tuple[int, int]:
    """Assert that the right rows are found; how many were, and how many were looked at."""
    rng = random.Random(7)
    ids = set(found(db, ours(new), "found"))
    log, all_log = found(db, floor(new), "logged"), found(db, whole(new), "logged")
    assert log == all_log, "the floor and the rows of facts say the same levels"
    assert set(log) <= ids, "whoever has another level is found"
    rest = sorted(set(range(1, count + 1)) - ids)
    others = rng.sample(rest, min(SAMPLE, len(rest)))
    assert not each(pool, partial(wrong, changed, found=True), sorted(ids)), "found for nothing"
    assert not each(pool, partial(wrong, changed, found=False), others), "missed"
    for number in rng.sample(sorted(log), min(len(log), SAMPLE // 10)):
        context, answers = PEOPLE.submission(number)
        result = evaluate(new, context, answers)
        assert log[number] == (result.level, result.defer_until), f"{number} has another level"
    return len(ids), len(ids) + len(others)


# --- what they cost ---------------------------------------------------------------------------


def measure(db: psycopg.Connection[Any], new: Pack, rounds: int) -> dict[str, list[float]]:
    """Seconds by name, round by round, one after the other."""
    statements = {"floor": floor(new), "ours": ours(new), "level of all": whole(new)}
    times: dict[str, list[float]] = {name: [] for name in statements}
    for _ in range(rounds + 1):
        for name, statement in statements.items():
            times[name].append(timed(db, statement))
    return {name: seconds[1:] for name, seconds in times.items()}


def ratio(times: dict[str, list[float]], of: str) -> float:
    return statistics.median(a / b for a, b in zip(times[of], times["floor"], strict=True))


def width(db: psycopg.Connection[Any], table: str, count: int) -> str:
    row = db.execute(
        "SELECT pg_relation_size(%s), avg(pg_column_size(t)) FROM "
        f"(SELECT * FROM {table} LIMIT 100000) AS t",
        [table],
    ).fetchone()
    assert row is not None
    return f"{table}: {row[0] / count:.0f} bytes a row on disk ({row[1]:.0f} of them the row)"


def server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="cleared-bench-"))
    try:
        yield embedded.attach(folder / "postgresql", HASTY)
    finally:
        embedded.stop(folder / "postgresql")
        shutil.rmtree(folder, ignore_errors=True)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    size = int(os.environ.get("RESCREEN_ROWS", "1000000"))
    parser.add_argument("--rows", type=int, default=size)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


def main() -> None:
    """Load, assert, measure, and print a table."""
    wanted = options()
    for host in server():
        with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
            started = time.perf_counter()
            with connected(host) as db:
                db.execute(tables())
            load(host, pool, wanted.rows)
            loaded = time.perf_counter() - started
            with connected(host) as db:
                report(db, pool, wanted.rows, wanted.rounds, loaded)


def report(db: psycopg.Connection[Any], pool: Pool, rows: int, rounds: int, loaded: float) -> None:
    version = db.execute("SHOW server_version").fetchone()
    assert version is not None
    print(f"{PACK.id}, {rows:,} submissions, PostgreSQL {version[0]}, loaded in {loaded:.0f} s  ")
    print(f"{width(db, 'facts', rows)}; {width(db, 'typed', rows)}\n")
    print("| changed | found | checked | floor s | ours s | ours / floor | levels of all / floor |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    ratios = {}
    for name, new in changes(PACK).items():
        number, looked = check(db, pool, name, new, rows)
        times = measure(db, new, rounds)
        ratios[name] = ratio(times, "ours")
        middle: Callable[[str], float] = lambda of: statistics.median(times[of])  # noqa: B023, E731
        print(
            f"| {name} | {number:,} | {looked:,} | {middle('floor'):.2f} | {middle('ours'):.2f} "
            f"| {ratios[name]:.2f} | {ratio(times, 'level of all'):.2f} |",
            flush=True,
        )
    print()
    goals = Goals()
    for name, found in ratios.items():
        goals.at_most(f"ours / floor, {name}", found, 1.5)
    goals.end()


if __name__ == "__main__":
    main()
