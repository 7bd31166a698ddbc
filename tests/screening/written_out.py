"""A pack of any rules written out as the plain tables that the second evaluator reads."""

from __future__ import annotations

from typing import Any

from screening.engine import Outcome, Pack, Rule
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    DepthAbove,
    HitGroups,
    Not,
    Plan,
    RuleHit,
)
from screening.engine.dates import Window
from screening.engine.rules import Defer, UnsureOverride
from tests.screening.cases import tables

Raw = dict[str, Any]
AS_THEY_ARE = ("questions", "depth_limits", "jurisdictions", "lexicon")


def tables_of(pack: Pack) -> Raw:
    """The tables of a pack that asks the questions of the newest one."""
    return {
        **{name: tables()[name] for name in AS_THEY_ARE},
        "rules": {
            "rule": [_rule(rule) for rule in pack.rules],
            "combination": [_rule(rule) for rule in pack.combinations],
        },
    }


def _rule(rule: Rule) -> Raw:
    # Combinations say nothing of "not sure"; the questions they rest on are worked out.
    asked = {} if rule.unsure_level is None else {"unsure_level": rule.unsure_level.name}
    return {
        **asked,
        "code": rule.code,
        "question_ids": list(rule.question_ids) if asked else [],
        "outcome": [_outcome(outcome) for outcome in rule.outcomes],
        "flag_when": [{"when": condition(e.when), "flags": e.flags} for e in rule.flag_when],
        "unsure_override": [_who(entry) for entry in rule.unsure_override],
    }


def _who(entry: UnsureOverride) -> Raw:
    when = {"when": condition(entry.when)} if entry.when else {}
    return {**when, "by": entry.override.by}


def _outcome(outcome: Outcome) -> Raw:
    written: Raw = {
        "override": {"by": outcome.override.by},
        "id": outcome.id,
        "level": outcome.level.name,
        "when": condition(outcome.when),
        "flags": outcome.flags,
    }
    if outcome.defer:
        written["defer"] = _defer(outcome.defer)
        written["after_window_level"] = outcome.after_window_level.name
    return written


def _defer(defer: Defer) -> Raw:
    return {
        "basis": defer.basis,
        "question": defer.question,
        "field": defer.field,
        "window": _window(defer.window) if defer.window else None,
        "window_by_option": {option: _window(window) for option, window in defer.windows.items()},
    }


def _window(window: Window) -> Raw:
    return {"days": window.days} if window.days else {"months": window.months}


def condition(found: Condition) -> Raw:
    """A condition as its table."""
    match found:
        case AllOf(parts=parts):
            return {"all": [condition(part) for part in parts]}
        case AnyOf(parts=parts):
            return {"any": [condition(part) for part in parts]}
        case Not(part=part):
            return {"not": condition(part)}
        case RuleHit(code=code, min_level=least):
            return {"hit": code, "min_level": least.name}
        case HitGroups(groups=groups, min_level=least, least=count):
            inner = {"groups": [*map(list, groups)], "min_level": least.name, "min": count}
            return {"count_hit_groups": inner}
        case Ask():
            return _ask(found)
        case DepthAbove(group=group, line=line):
            return {"depth": {"modality": group, "line": line}}
        case Plan(op="count_in_gte"):
            among = _value(found.values, many=True)
            return {"ctx": found.field, "op": found.op, "value": found.count, "among": among}
        case Plan():
            many = found.op in ("in", "intersects")
            return {"ctx": found.field, "op": found.op, "value": _value(found.values, many=many)}


def _ask(ask: Ask) -> Raw:
    written: Raw = {"q": ask.question, "op": ask.op}
    if ask.op == "count_gte":
        return {**written, "value": ask.count, "exclude": sorted(ask.values)}
    if ask.values:
        written["value"] = _value(ask.values, many=ask.op not in ("eq", "before_ctx"))
    return written


def _value(values: frozenset[Any], *, many: bool) -> Any:
    return sorted(values, key=repr) if many else next(iter(values))
