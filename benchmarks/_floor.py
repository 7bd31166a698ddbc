"""The floor of screening: one function written out by hand, or rather by this script.

It gets the answers of a complete form read and typed, in the order of the questions, and the
age worked out, and gives the level and the hits. No flags, nothing unknown, no other day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from screening.engine import Pack
from screening.engine.conditions import AllOf, AnyOf, Ask, Condition, HitGroups, Not, Plan, RuleHit
from screening.engine.dates import add_months
from screening.engine.rules import Defer, Outcome, Rule

Found = tuple[int, list[tuple[str, str, int, date | None]]]
NO_TEXT = frozenset({"none", "no", "nothing", "n/a"})


class Floor:
    """Writes the function of a pack."""

    def __init__(self, pack: Pack, plan: Mapping[str, object]) -> None:
        self.pack = pack
        self.q = {question.id: f"q{n}" for n, question in enumerate(pack.questions)}
        self.c = {field: f"c{n}" for n, field in enumerate(plan)}
        self.h = {rule.code: f"h{n}" for n, rule in enumerate(pack.rules)}

    def function(self) -> Callable[..., Found]:
        """``floor(answers, plan, given, planned) -> (level, hits)``."""
        lines = [
            "def floor(answers, plan, given, planned):",
            f"    {', '.join(self.q.values())} = answers",
            f"    {', '.join(self.c.values())} = plan",
            f"    top = {' = '.join(self.h.values())} = 0",
            "    hits = []",
        ]
        for rule in self.pack.all_rules:
            lines += self.rule(rule)
        names: dict[str, Any] = {"after": after, "NO_TEXT": NO_TEXT}
        exec("\n".join([*lines, "    return top, hits"]), names)
        function: Callable[..., Found] = names["floor"]
        return function

    def rule(self, rule: Rule) -> list[str]:
        lines = []
        for number, outcome in enumerate(rule.outcomes):
            lines.append(f"    {'elif' if number else 'if'} {self.when(outcome.when)}:")
            lines += self.outcome(rule, outcome)
        unsure = [q for q in rule.question_ids if "not_sure" in self.pack.question_by_id[q].values]
        if unsure and rule.unsure_level is not None:
            tests = " or ".join(f"{self.q[q]} == 'not_sure'" for q in unsure)
            lines += [f"    elif {tests}:", *self.hit(rule, "unsure", int(rule.unsure_level))]
        return lines

    def outcome(self, rule: Rule, outcome: Outcome) -> list[str]:
        later = int(outcome.after_window_level)
        if outcome.defer is None:
            return self.hit(rule, outcome.id, int(outcome.level))
        lines = [f"        end = {self.end(outcome.defer)}", "        if planned < end:"]
        lines += ["    " + line for line in self.hit(rule, outcome.id, 3, "end")]
        if later:
            lines += ["        else:"]
            lines += ["    " + line for line in self.hit(rule, outcome.id, later)]
        return lines

    def hit(self, rule: Rule, outcome: str, level: int, end: str = "None") -> list[str]:
        lines = [
            f"        hits.append(({rule.code!r}, {outcome!r}, {level}, {end}))",
            f"        if top < {level}: top = {level}",
        ]
        return [*lines, f"        {self.h[rule.code]} = {level}"] if rule.code in self.h else lines

    def when(self, condition: Condition) -> str:
        match condition:
            case AllOf(parts=parts):
                return "(" + " and ".join(map(self.when, parts)) + ")"
            case AnyOf(parts=parts):
                return "(" + " or ".join(map(self.when, parts)) + ")"
            case Not(part=part):
                return f"(not {self.when(part)})"
            case RuleHit(code=code, min_level=least):
                return f"({self.h[code]} >= {int(least)})"
            case HitGroups(groups=groups, min_level=least, least=count):
                each = (
                    "(" + " or ".join(f"{self.h[code]} >= {int(least)}" for code in group) + ")"
                    for group in groups
                )
                return f"({' + '.join(each)} >= {count})"
            case Ask():
                return f"({self.ask(condition)})"
            case Plan():
                return f"({self.plan(condition)})"

    def ask(self, part: Ask) -> str:
        found, values = self.q[part.question], sorted(part.values)
        if part.op in ("eq", "in"):
            return f"{found} == {values[0]!r}" if len(values) == 1 else f"{found} in {(*values,)!r}"
        if part.op == "contains_any":
            return f"{found} and (" + " or ".join(f"{value!r} in {found}" for value in values) + ")"
        if part.op == "count_gte":
            others = "".join(f" - ({value!r} in {found})" for value in values)
            return f"len({found}){others} >= {part.count}"
        if part.op == "text_present":
            return f"{found}.strip().rstrip('.').strip().casefold() not in NO_TEXT"
        return found

    def plan(self, part: Plan) -> str:
        found, values = self.c[part.field], sorted(part.values, key=str)
        if part.op == "intersects":
            return " or ".join(f"{value!r} in {found}" for value in values)
        if part.op == "exists":
            return f"{found} is not None"
        if part.op in ("lt", "gt", "gte"):
            sign = {"lt": "<", "gt": ">", "gte": ">="}[part.op]
            return f"{found} is not None and {found} {sign} {part.value!r}"
        return f"{found} == {values[0]!r}" if len(values) == 1 else f"{found} in {(*values,)!r}"

    def end(self, defer: Defer) -> str:
        if defer.basis == "option_dates":
            found = self.q[defer.question]
            ends = [
                f"after({found}[{o!r}], {w.days}, {w.months}) if {o!r} in {found} else given"
                for o, w in defer.windows.items()
            ]
            return f"max(given, {', '.join(ends)})"
        assert defer.window is not None
        basis = {"answer": self.q.get(defer.question), "ctx": self.c.get(defer.field)}
        found = basis.get(defer.basis) or "given"
        return f"after({found}, {defer.window.days}, {defer.window.months})"


def after(basis: date, days: int | None, months: int | None) -> date:
    return basis + timedelta(days) if days else add_months(basis, months or 0)
