"""How near screening comes to one hand-made function for the level alone.

The floor is generated here from the pack: a single Python function with every condition
written out, for a form already read and complete. It gives the level and nothing else; the
engine also reads and checks the answers, keeps reasons, flags and dates, and hashes the form.
Both run in turn in this process; the ratio is the median over the rounds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from screening.case_context import read_context
from screening.engine import Level, evaluate
from screening.engine.conditions import AllOf, AnyOf, Ask, Condition, HitGroups, Not, Plan, RuleHit
from screening.engine.context import plan_values
from screening.engine.dates import add_months, age_on
from screening.engine.evaluate import answers_hash, read_sheet
from screening.engine.judge import judge, open_case
from screening.engine.program import compile_pack
from screening.engine.rules import Defer, Outcome, Rule
from screening.packs import latest

ROUNDS, LOOPS = 15, 400
CASES = Path(__file__).resolve().parents[1] / "tests" / "screening" / "vignettes.json"


def expression(condition: Condition) -> str:
    """A condition as Python over ``a`` (answers), ``c`` (context) and ``h`` (levels)."""
    match condition:
        case AllOf(parts=parts):
            return "(" + " and ".join(map(expression, parts)) + ")"
        case AnyOf(parts=parts):
            return "(" + " or ".join(map(expression, parts)) + ")"
        case Not(part=part):
            return f"(not {expression(part)})"
        case RuleHit(code=code, min_level=least):
            return f"(h_{code} >= {int(least)})"
        case HitGroups(groups=groups, min_level=least, least=count):
            each = (
                "(" + " or ".join(f"h_{code} >= {int(least)}" for code in group) + ")"
                for group in groups
            )
            return f"({' + '.join(each)} >= {count})"
        case Ask():
            return ask(condition)
        case Plan():
            return plan(condition)


def ask(part: Ask) -> str:
    found, values = f"a[{part.question!r}]", sorted(part.values)
    if part.op in ("eq", "in"):
        return f"({found} in {tuple(values)!r})"
    if part.op == "contains_any":
        return "(" + " or ".join(f"{value!r} in {found}" for value in values) + ")"
    if part.op == "count_gte":
        return f"(len({found}) >= {part.count})"
    if part.op == "text_present":
        return f"({found}.strip().rstrip('.').strip().casefold() not in NO_TEXT)"
    return f"bool({found})"


def plan(part: Plan) -> str:
    found, values = f"c[{part.field!r}]", sorted(part.values, key=str)
    if part.op == "intersects":
        return "(" + " or ".join(f"{value!r} in {found}" for value in values) + ")"
    if part.op == "exists":
        return f"({found} is not None)"
    if part.op in ("lt", "gt", "gte"):
        sign = {"lt": "<", "gt": ">", "gte": ">="}[part.op]
        return f"({found} is not None and {found} {sign} {part.value!r})"
    return f"({found} in {tuple(values)!r})"


def wait(defer: Defer) -> str:
    if defer.basis == "option_dates":
        ends = [
            f"([after(a[{defer.question!r}][{o!r}], {w.days}, {w.months})]"
            f" if {o!r} in a[{defer.question!r}] else [])"
            for o, w in defer.windows.items()
        ]
        return f"max({' + '.join(ends)})"
    assert defer.window is not None
    basis = {"answer": f"a[{defer.question!r}]", "ctx": f"c[{defer.field!r}]"}.get(
        defer.basis, "given"
    )
    return f"after({basis}, {defer.window.days}, {defer.window.months})"


def outcome_level(outcome: Outcome) -> str:
    if outcome.defer is None:
        return str(int(outcome.level))
    return f"3 if planned < {wait(outcome.defer)} else {int(outcome.after_window_level)}"


def floor_source(rules: tuple[Rule, ...]) -> str:
    """One function ``floor(a, c, given, planned) -> level`` for all rules."""
    lines = ["def floor(a, c, given, planned):", "    top = 0"]
    for rule in rules:
        name = f"h_{rule.code}"
        for number, outcome in enumerate(rule.outcomes):
            lines.append(f"    {'elif' if number else 'if'} {expression(outcome.when)}:")
            lines.append(f"        {name} = {outcome_level(outcome)}")
        unsure = [q for q in rule.question_ids if "not_sure" in PACK.question_by_id[q].values]
        if unsure and rule.unsure_level is not None:
            tests = " or ".join(f"a[{q!r}] == 'not_sure'" for q in unsure)
            lines += [f"    elif {tests}:", f"        {name} = {int(rule.unsure_level)}"]
        lines += ["    else:", f"        {name} = 0"]
        lines.append(f"    if {name} > top: top = {name}")
    return "\n".join([*lines, "    return top"])


def after(basis: date, days: int | None, months: int | None) -> date:
    return basis + timedelta(days) if days else add_months(basis, months or 0)


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    for _ in range(LOOPS):
        work()
    return (time.perf_counter() - start) / LOOPS * 1e6


PACK = latest()


def measure(context_raw: dict[str, Any], answers: dict[str, Any]) -> tuple[list[float], Level]:
    """Median microseconds of floor, judging and the whole of evaluate, and their ratios."""
    names: dict[str, Any] = {"after": after, "NO_TEXT": {"none", "no", "nothing", "n/a"}}
    exec(floor_source(PACK.all_rules), names)
    floor = names["floor"]
    context = read_context(context_raw, PACK)
    given, planned = context.assessment_date, context.planned_on
    program = compile_pack(PACK)
    values = read_sheet(PACK, answers, given_on=given).values
    plan = plan_values(context)
    known = {name: () if value is None else value for name, value in values.items()}
    asked = {**plan, "age": age_on(planned, born=date.fromisoformat(answers["dob"]))}

    def judged() -> Level:
        case = open_case(
            program, answers=values, plan=plan, assessment_date=given, planned_date=planned
        )
        return judge(program, case).level

    level = evaluate(PACK, context, answers).level
    assert floor(known, asked, given, planned) == judged() == level
    rounds = [
        (
            timed(lambda: floor(known, asked, given, planned)),
            timed(judged),
            timed(lambda: evaluate(PACK, context, answers)),
            timed(lambda: answers_hash(answers)),
        )
        for _ in range(ROUNDS)
    ]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    ratios = [statistics.median(r[n] / r[0] for r in rounds) for n in (1, 2)]
    return medians + ratios, level


def main() -> None:
    """Print one row per complete vignette."""
    told = json.loads(CASES.read_text(encoding="utf-8"))
    heads = ("floor µs", "judge µs", "evaluate µs", "hash µs", "judge ×", "evaluate ×")
    print(f"{PACK.id}: {len(PACK.all_rules)} rules, {len(PACK.questions)} questions")
    print(f"{'vignette':<26}" + "".join(f"{head:>13}" for head in heads))
    for one in told["vignettes"]:
        if one["expected"]["complete"]:
            context = {**told["baseline_context"], **one["context"]}
            answers = {**told["baseline_answers"], **one["answers"]}
            numbers, level = measure(context, answers)
            name = f"{one['id']} {level.name}"
            print(f"{name:<26}" + "".join(f"{number:>13.1f}" for number in numbers))


if __name__ == "__main__":
    main()
