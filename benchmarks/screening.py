"""What screening one submission costs, beside one function made by hand and two rule engines.

Like for like with the floor (see ``_floor``) and the peers (see ``_peers``), which begin at answers
that are read, checked and typed: `judging`, the generated function; it gives flags and the ends of
waits as well, the peers the level alone. `evaluate` is the whole of it and does what none of them
does: it begins at the JSON answers, checks them, hashes the form, judges, and finds the earliest
date. It is held to the peers' goals all the same. `at least` is the floor and that hash.

All run in turn in this process, and say the same before they are timed; a ratio is the median
over the rounds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import _floor, _peers
from benchmarks._goals import Goals
from screening.case_context import read_context
from screening.engine import answers_hash, evaluate
from screening.engine.context import plan_values
from screening.engine.evaluate import evaluate_plain, read_sheet
from screening.engine.generate import generate
from screening.engine.judge import open_case
from screening.engine.program import compile_pack
from screening.packs import latest

ROUNDS, SECONDS = 11, 0.004
MOST = {("judging", "floor"): 1.5}
MOST |= {(way, "zen-engine"): 1.0 for way in ("judging", "evaluate")}
MOST |= {(way, "json-logic"): 1 / 40 for way in ("judging", "evaluate")}
CASES = Path(__file__).resolve().parents[1] / "tests" / "screening" / "vignettes.json"
PACK = latest()
PEERS: dict[str, Callable[[dict[str, Any]], int]] = {}
if find_spec("zen"):
    PEERS["zen-engine"] = _peers.zen_level(PACK)
if find_spec("json_logic"):
    PEERS["json-logic"] = _peers.json_logic_level(PACK)


def ways(context_raw: dict[str, Any], answers: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """What is timed, by name, for one submission; asserted to say the same."""
    context = read_context(context_raw, PACK)
    given, planned = context.assessment_date, context.planned_on
    made, plan = generate(PACK), plan_values(context)
    sheet = read_sheet(PACK, answers, given_on=given).values
    case = open_case(
        compile_pack(PACK),
        answers=sheet,
        plan=plan,
        assessment_date=given,
        planned_date=planned,
    )
    floor = _floor.Floor(PACK, case.plan).function()
    # A question that is not shown is an empty list to the floor, which asks only what is in it.
    typed = tuple(() if sheet[q.id] is None else sheet[q.id] for q in PACK.questions)
    asked = tuple(case.plan.values())
    read = made.read(answers, given)
    assert read is not None
    values, data = read[0], _peers.data_of(PACK, case)

    result = evaluate(PACK, context, answers)
    judged = made.judge(values, plan, given, planned)
    assert result == evaluate_plain(PACK, context, answers)
    assert judged
    assert (judged[0], judged[1]) == (result.level, list(result.hits))
    hits = [(hit.code, hit.outcome, int(hit.level), hit.defer_until) for hit in result.hits]
    assert floor(typed, asked, given, planned) == (result.level, hits)
    for name, level in PEERS.items():
        assert level(data) == result.level, name

    found: dict[str, Callable[[], object]] = {
        "floor": lambda: floor(typed, asked, given, planned),
        "judging": lambda: made.judge(values, plan, given, planned),
        "at least": lambda: (floor(typed, asked, given, planned), answers_hash(answers)),
        "evaluate": lambda: evaluate(PACK, context, answers),
        "plain": lambda: evaluate_plain(PACK, context, answers),
    }
    for name, level in PEERS.items():
        found[name] = lambda level=level: level(data)
    return found


def timed(work: Callable[[], object], loops: int) -> float:
    """Microseconds of processor time of one: what other programs do meanwhile hardly counts."""
    start = time.process_time()
    for _ in range(loops):
        work()
    return (time.process_time() - start) / loops * 1e6


def measure(works: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """Microseconds by name, round by round."""
    loops = {name: max(5, int(SECONDS * 1e6 / timed(work, 20))) for name, work in works.items()}
    rounds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            rounds[name].append(timed(work, loops[name]))
    return rounds


def ratio(rounds: dict[str, list[float]], of: str, to: str) -> float:
    return statistics.median(a / b for a, b in zip(rounds[of], rounds[to], strict=True))


def row(name: str, numbers: list[float]) -> str:
    return f"{name:<22}" + "".join(f"{number:>12.2f}" for number in numbers)


def submissions() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The complete vignettes: context and answers, as they come from JSON."""
    told = json.loads(CASES.read_text(encoding="utf-8"))
    return {
        f"{one['id']} {one['expected']['level']}": (
            {**told["baseline_context"], **one["context"]},
            json.loads(json.dumps({**told["baseline_answers"], **one["answers"]})),
        )
        for one in told["vignettes"]
        if one["expected"]["complete"]
    }


def main() -> None:
    """Print microseconds, then the ratios that are goals."""
    found = {name: measure(ways(*one)) for name, one in submissions().items()}
    names = list(next(iter(found.values())))
    pairs = [("judging", "floor"), ("evaluate", "floor"), ("evaluate", "at least")]
    pairs += [(way, peer) for peer in PEERS for way in ("judging", "evaluate")]
    print(f"{PACK.id}: {len(PACK.all_rules)} rules, {len(PACK.questions)} questions\n")
    print(f"{'median µs':<22}" + "".join(f"{name:>12}" for name in names))
    for vignette, rounds in found.items():
        print(row(vignette, [statistics.median(rounds[name]) for name in names]))
    print("\nmedian of ratios over all vignettes, then the best and the worst of them")
    middles = {}
    for of, to in pairs:
        ratios = sorted(ratio(rounds, of, to) for rounds in found.values())
        low, middle, high = ratios[0], statistics.median(ratios), ratios[-1]
        middles[of, to] = middle
        print(row(f"{of} / {to}", [middle, low, high]) + f"   (1/{1 / middle:.1f})")
    print()
    goals = Goals()
    for (of, to), middle in middles.items():
        if (most := MOST.get((of, to))) is not None:
            goals.at_most(f"{of} / {to}", middle, most)
    for peer in {"zen-engine", "json-logic"} - set(PEERS):
        print(f"{peer} is not installed: see requirements-bench.in")
    goals.end()


if __name__ == "__main__":
    main()
