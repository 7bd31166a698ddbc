"""Judging a whole clinic again by new rules, as trying, publishing and `rescreen` do.

`ours` is `clinic.packs.changes.look`, a step at a time: it reads what is frozen and what was found
then, judges each by the compiled functions of the new pack, and compares all that decides about a
booking. The `floor` reads the same frozen answers and plans in the same steps, calls the same
functions (`judge`), and compares the level and the first clear day alone. First it is asserted
that whoever the floor finds is found. Times are processor time of this process; memory is the most
that Python holds at once.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import _clinic
from benchmarks._changes import changes
from benchmarks._goals import Goals
from screening.engine import LastSession, Pack

ROWS = int(os.environ.get("RESCREEN_ROWS", "20000"))
ROUNDS, STEP = 5, 2000
MOST, MOST_MORE_MEMORY = 1.3, 1.1

READ = """
SELECT s.id, f.answers, p.modality, s.depth_mm, s.areas, s.anaesthetic_planned, s.planned_date,
    s.assessment_date, i.test_patch_ok, s.result -> 'last_session', s.level, s.clear_from
FROM intake_screening AS s
JOIN intake_submission AS f ON f.id = s.submission_id
JOIN intake_intake AS i ON i.id = f.intake_id
JOIN procedures_procedure AS p ON p.id = s.procedure_id
WHERE s.id > %s ORDER BY s.id LIMIT %s
"""


def floor(pack: Pack) -> set[int]:
    """Whose level or first clear day is another one."""
    from django.db import connection

    found, after = set[int](), 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(READ, [after, STEP])
            rows = cursor.fetchall()
            if not rows:
                return found
            found.update(row[0] for row in rows if differs(pack, row))
            after = rows[-1][0]


def differs(pack: Pack, row: tuple[Any, ...]) -> bool:
    from clinic.intake.judging import PlanChoice, judge

    _, told, modality, depth, areas, numbing, planned, given, patch, last, level, clear = row
    session = json.loads(last)
    judged = judge(
        pack,
        json.loads(told),
        PlanChoice(
            modality=modality,
            depth_mm=depth,
            areas=tuple(areas),
            anaesthetic_planned=numbing,
            planned_date=planned,
            test_patch_ok=patch,
        ),
        assessment_date=given,
        last_session=session
        and LastSession(**session | {"date": date.fromisoformat(session["date"])}),
    )
    return bool(judged.assessment.level != level or judged.clear_from != clear)


def ours(pack: Pack) -> set[int]:
    """Whom the product finds."""
    from clinic.intake.models import Screening
    from clinic.packs.changes import look

    found, after = set[int](), 0
    while (looked := look(pack, Screening.objects.all(), after=after, most=STEP)).ids:
        found |= looked.changed_ids
        after = looked.ids[-1]
    return found


def most_kept(work: Callable[[Pack], object], pack: Pack) -> int:
    """Bytes at the most."""
    tracemalloc.start()
    work(pack)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def seconds(work: Callable[[Pack], object], pack: Pack) -> float:
    start = time.process_time()
    work(pack)
    return time.process_time() - start


def main() -> None:
    """Fill, assert, measure, and print a table."""
    with _clinic.database():
        from clinic.intake.packs import pack_of

        half = ROWS // 2
        rules = pack_of(_clinic.fill(1, half))
        every = changes(rules)["every rule"]
        before = most_kept(ours, every)
        _clinic.fill(half + 1, ROWS)
        grown = most_kept(ours, every) / before
        measure(rules, grown)


def measure(rules: Pack, grown: float) -> None:
    goals = Goals()
    print(f"{rules.id}, {ROWS:,} screenings, {STEP:,} at a time\n")
    print("| changed | judged differently | floor ms each | ours ms each | ours / floor |")
    print("|---|---:|---:|---:|---:|")
    ratios = {}
    for name, new in changes(rules).items():
        found, least = ours(new), floor(new)
        assert least <= found, f"{name}: {len(least - found)} are missed"
        times = [(seconds(floor, new), seconds(ours, new)) for _ in range(ROUNDS)]
        low, own = (1000 * statistics.median(one) / ROWS for one in zip(*times, strict=True))
        ratios[name] = statistics.median(b / a for a, b in times)
        print(
            f"| {name} | {len(found):,} | {low:.3f} | {own:.3f} | {ratios[name]:.2f} |", flush=True
        )
    print()
    for name, ratio in ratios.items():
        goals.at_most(f"ours / floor, {name}", ratio, MOST)
    goals.at_most("memory for twice as many", grown, MOST_MORE_MEMORY)
    goals.end()


if __name__ == "__main__":
    main()
