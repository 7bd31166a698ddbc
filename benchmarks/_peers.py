"""The same rules for zen-engine and json-logic: what each of them does best.

Both get the answers read and typed, with every wait (is it over on the planned day?) and every
free text (does it say something?) worked out beforehand, and give the level alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from screening.engine import Pack
from screening.engine.answers import text_is_present
from screening.engine.compile import Case, compile_wait
from screening.engine.conditions import AllOf, AnyOf, Ask, Condition, HitGroups, Not, Plan, RuleHit
from screening.engine.rules import Outcome, Rule


def data_of(pack: Pack, case: Case) -> dict[str, Any]:
    """A case as plain data, by names that both take: ``q_…``, ``c_…``, ``w_<rule>_<outcome>``."""
    data: dict[str, Any] = {}
    for name, value in case.answers.items():
        if isinstance(value, str) and not pack.question_by_id[name].options:
            data[f"q_{name}"] = text_is_present(value)
        elif pack.question_by_id[name].type.startswith("multi"):
            data[f"q_{name}"] = sorted(value) if isinstance(value, Mapping | frozenset) else []
        elif isinstance(value, str) or value is None:
            data[f"q_{name}"] = value
    for field, found in case.plan.items():
        plain = sorted(found) if isinstance(found, frozenset) else found
        data[f"c_{field.replace('.', '_')}"] = str(plain) if isinstance(plain, date) else plain
    for rule in pack.all_rules:
        for outcome in rule.outcomes:
            if outcome.defer is not None:
                end = compile_wait(outcome.defer)(case)
                waits = isinstance(end, date) and case.planned_date < end
                data[f"w_{rule.code}_{outcome.id}"] = waits
    return data


def levels_of(pack: Pack, rule: Rule) -> list[tuple[Condition | str, Outcome | int]]:
    """What a rule tries one after the other: its outcomes, then "not sure"."""
    tried: list[tuple[Condition | str, Outcome | int]] = [(o.when, o) for o in rule.outcomes]
    if rule.unsure_level is not None:
        tried += [
            (name, int(rule.unsure_level))
            for name in rule.question_ids
            if "not_sure" in pack.question_by_id[name].values
        ]
    return tried


# --- zen-engine: one expression, compiled once -------------------------------------------------


def zen_level(pack: Pack) -> Callable[[dict[str, Any]], int]:
    """``level(data)``: far quicker than its decision tables and graphs."""
    import zen

    rules = {rule.code: rule for rule in pack.all_rules}

    def level(rule: Rule) -> str:
        text = "0"
        for when, said in reversed(levels_of(pack, rule)):
            test = f"q_{when} == 'not_sure'" if isinstance(when, str) else expression(when)
            text = f"({test} ? {zen_said(rule, said)} : {text})"
        return text

    def expression(part: Condition) -> str:
        match part:
            case AllOf(parts=parts):
                return "(" + " and ".join(map(expression, parts)) + ")"
            case AnyOf(parts=parts):
                return "(" + " or ".join(map(expression, parts)) + ")"
            case Not(part=inner):
                return f"(not {expression(inner)})"
            case RuleHit(code=code, min_level=least):
                return f"({level(rules[code])} >= {int(least)})"
            case HitGroups(groups=groups, min_level=least, least=count):
                each = [
                    "(("
                    + " or ".join(f"{level(rules[code])} >= {int(least)}" for code in group)
                    + ") ? 1 : 0)"
                    for group in groups
                ]
                return f"({' + '.join(each)} >= {count})"
        return f"({zen_atom(part)})"

    compiled = zen.compile_expression(f"max([{', '.join(map(level, pack.all_rules))}])")
    return lambda data: int(compiled.evaluate(data))


def zen_said(rule: Rule, said: Outcome | int) -> str:
    if isinstance(said, int):
        return str(said)
    if said.defer is None:
        return str(int(said.level))
    return f"(w_{rule.code}_{said.id} ? 3 : {int(said.after_window_level)})"


def zen_atom(part: Ask | Plan) -> str:
    name = f"q_{part.question}" if isinstance(part, Ask) else f"c_{part.field.replace('.', '_')}"
    values = [json.dumps(value) for value in sorted(part.values, key=str)]
    if part.op in ("contains_any", "intersects"):
        return " or ".join(f"{value} in {name}" for value in values)
    if isinstance(part, Ask) and part.op == "count_gte":
        return (
            f"len({name}){''.join(f' - ({v} in {name} ? 1 : 0)' for v in values)} >= {part.count}"
        )
    if part.op == "not_empty":
        return f"len({name}) > 0"
    if part.op == "text_present":
        return f"{name} == true"
    if part.op == "exists":
        return f"{name} != null"
    if part.op in ("lt", "gt", "gte"):
        sign = {"lt": "<", "gt": ">", "gte": ">="}[part.op]
        return f"{name} != null and {name} {sign} {values[0]}"
    return f"{name} == {values[0]}" if len(values) == 1 else f"{name} in [{', '.join(values)}]"


# --- json-logic: all rules, then the combinations over their levels ----------------------------


def json_logic_level(pack: Pack) -> Callable[[dict[str, Any]], int]:
    """``level(data)``."""
    from json_logic import jsonLogic

    rules = [logic_rule(pack, rule) for rule in pack.rules]
    names = [f"h_{rule.code}" for rule in pack.rules]
    combinations = {"max": [logic_rule(pack, rule) for rule in pack.combinations]}

    def level(data: dict[str, Any]) -> int:
        levels = jsonLogic(rules, data)
        together = jsonLogic(combinations, {**data, **dict(zip(names, levels, strict=True))})
        return int(max(*levels, together))

    return level


def logic_rule(pack: Pack, rule: Rule) -> dict[str, Any]:
    steps: list[Any] = []
    for when, said in levels_of(pack, rule):
        unsure = isinstance(when, str)
        steps.append({"==": [{"var": f"q_{when}"}, "not_sure"]} if unsure else logic(when))
        if isinstance(said, int):
            steps.append(said)
        elif said.defer is None:
            steps.append(int(said.level))
        else:
            waits = {"var": f"w_{rule.code}_{said.id}"}
            steps.append({"if": [waits, 3, int(said.after_window_level)]})
    return {"if": [*steps, 0]}


def logic(part: Any) -> dict[str, Any]:
    match part:
        case AllOf(parts=parts):
            return {"and": [logic(one) for one in parts]}
        case AnyOf(parts=parts):
            return {"or": [logic(one) for one in parts]}
        case Not(part=inner):
            return {"!": [logic(inner)]}
        case RuleHit(code=code, min_level=least):
            return {">=": [{"var": f"h_{code}"}, int(least)]}
        case HitGroups(groups=groups, min_level=least, least=count):
            each = [
                {"or": [{">=": [{"var": f"h_{code}"}, int(least)]} for code in group]}
                for group in groups
            ]
            return {">=": [{"+": [{"if": [one, 1, 0]} for one in each]}, count]}
    return logic_atom(part)


def logic_atom(part: Ask | Plan) -> dict[str, Any]:
    name = f"q_{part.question}" if isinstance(part, Ask) else f"c_{part.field.replace('.', '_')}"
    found, values = {"var": name}, sorted(part.values, key=str)
    if part.op in ("contains_any", "intersects"):
        return {"or": [{"in": [value, found]} for value in values]}
    if isinstance(part, Ask) and part.op == "count_gte":
        left = {"none": [found, {"!": [{"in": [{"var": ""}, values]}]}]}
        kept = {"filter": [found, {"!": [{"in": [{"var": ""}, values]}]}]}
        counted = {"reduce": [kept, {"+": [{"var": "accumulator"}, 1]}, 0]}
        return {"and": [{"!": [left]}, {">=": [counted, part.count]}]}
    if part.op in ("not_empty", "text_present"):
        return {"!!": [found]}
    if part.op == "exists":
        return {"!=": [found, None]}
    if part.op in ("lt", "gt", "gte"):
        sign = {"lt": "<", "gt": ">", "gte": ">="}[part.op]
        return {"and": [{"!=": [found, None]}, {sign: [found, values[0]]}]}
    return {"==": [found, values[0]]} if len(values) == 1 else {"in": [found, values]}
