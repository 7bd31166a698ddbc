"""The floor of re-screening: a table with a typed column for each question, and one statement.

As somebody would write it by hand for one pack: choices are small numbers, lists are bits of one
integer, dates are dates; one CASE for each rule; the worst level and the last wait of each row
are compared with those stored before, and what changed is written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from screening.engine import Context, Pack, Question, QuestionType, Rule
from screening.engine.answers import text_is_present
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    HitGroups,
    Not,
    Plan,
    RuleHit,
    rules_read,
)
from screening.engine.dates import Window, age_on
from screening.engine.generate import generate
from screening.engine.program import compile_pack
from screening.engine.rules import Defer, Outcome

PLAN = {
    "assessed": "date NOT NULL",
    "planned": "date NOT NULL",
    "age": "smallint NOT NULL",
    "modality": "smallint NOT NULL",
    "depth_mm": "smallint NOT NULL",
    "areas": "integer NOT NULL",
    "anaesthetic_planned": "boolean NOT NULL",
    "test_patch_ok": "boolean NOT NULL",
    "parental_consent": "boolean NOT NULL",
    "last_session_date": "date",
    "last_session_modality": "smallint",
    "last_session_depth_mm": "smallint",
}
CHOICES = (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE)
LISTS = (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)


class Typed:
    """The table and the statements of a pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.read = {
            code for rule in pack.combinations for c in rule.conditions() for code in rules_read(c)
        }
        self.level_of = {rule.code: f"l_{rule.code}" for rule in pack.rules}

    # --- the table ---------------------------------------------------------------------------

    def columns(self) -> dict[str, str]:
        """Types by column: those that are never NULL first."""
        asked = dict(column for q in self.pack.questions for column in self.of(q))
        every = PLAN | asked
        return dict(sorted(every.items(), key=lambda column: "NOT NULL" not in column[1]))

    def of(self, question: Question) -> Iterator[tuple[str, str]]:
        name = f"q_{question.id}"
        if question.type in CHOICES:
            yield name, "smallint NOT NULL"
        elif question.type is QuestionType.DATE:
            yield name, "date"
        elif question.type is QuestionType.TEXT:
            yield name, "boolean NOT NULL"
        else:
            yield name, "integer NOT NULL"
            if question.type is QuestionType.MULTI_CHOICE_DATED:
                yield from ((f"{name}_{option.value}", "date") for option in question.options)

    def row(self, context: Context, answers: dict[str, Any]) -> list[Any]:
        """The values of one submission, in the order of the columns."""
        read = generate(self.pack).read(answers, context.assessment_date)
        assert read is not None
        asked = (step.question.id for step in compile_pack(self.pack).asks)
        sheet = dict(zip(asked, read[0], strict=True))
        last, modalities = context.last_session, self.pack.modalities
        born = sheet["dob"]
        assert isinstance(born, date)
        found: dict[str, Any] = {
            "assessed": context.assessment_date,
            "planned": context.planned_on,
            "age": age_on(context.planned_on, born=born),
            "modality": modalities.index(context.modality or ""),
            "depth_mm": round((context.depth_mm or 0) * 100),
            "areas": sum(1 << self.pack.areas.index(area) for area in context.areas or ()),
            "anaesthetic_planned": context.anaesthetic_planned,
            "test_patch_ok": context.test_patch_ok,
            "parental_consent": context.parental_consent,
            "last_session_date": last and last.date,
            "last_session_modality": last and modalities.index(last.modality or ""),
            "last_session_depth_mm": last and round((last.depth_mm or 0) * 100),
        }
        for question in self.pack.questions:
            found |= self.values(question, sheet[question.id])
        return [found.get(name) for name in self.columns_once]

    @property
    def columns_once(self) -> list[str]:
        if not hasattr(self, "_columns"):
            self._columns = list(self.columns())
        return self._columns

    def values(self, question: Question, value: Any) -> dict[str, Any]:
        name, options = f"q_{question.id}", [option.value for option in question.options]
        if question.type in CHOICES:
            return {name: 0 if value is None else 1 + options.index(value)}
        if question.type is QuestionType.TEXT:
            return {name: value is not None and text_is_present(value)}
        if question.type is QuestionType.DATE:
            return {name: value}
        ticked = {name: sum(1 << options.index(option) for option in value or ())}
        days = value if isinstance(value, dict) else {}
        return ticked | {f"{name}_{option}": day for option, day in days.items()}

    # --- the statement -----------------------------------------------------------------------

    def select(self, table: str) -> str:
        """``SELECT id, level, until`` of every row."""
        levels = [f"{self.level(rule)} AS {self.level_of[rule.code]}" for rule in self.hit()]
        worst = [self.level_of.get(rule.code, "") for rule in self.hit()]
        worst += [self.level(rule) for rule in self.pack.all_rules if rule.code not in self.read]
        ends = [self.until(r) for r in self.pack.all_rules if any(o.defer for o in r.outcomes)]
        return (
            f"SELECT id, GREATEST({', '.join(worst)}) AS level, "
            f"GREATEST({', '.join(ends)}) AS until "
            f"FROM (SELECT *, {', '.join(levels)} FROM {table} OFFSET 0) AS t"
        )

    def hit(self) -> list[Rule]:
        return [rule for rule in self.pack.rules if rule.code in self.read]

    def level(self, rule: Rule) -> str:
        branches = [f"WHEN {self.when(o.when)} THEN {self.said(o)}" for o in rule.outcomes]
        branches += self.unsure(rule)
        return f"CASE {' '.join(branches)} ELSE 0 END"

    def until(self, rule: Rule) -> str:
        branches = []
        for outcome in rule.outcomes:
            end = self.end(outcome.defer) if outcome.defer else "NULL"
            waits = f"CASE WHEN planned < {end} THEN {end} END" if outcome.defer else "NULL::date"
            branches.append(f"WHEN {self.when(outcome.when)} THEN {waits}")
        return f"CASE {' '.join(branches)} END"

    def unsure(self, rule: Rule) -> list[str]:
        tests = []
        for name in rule.question_ids:
            options = [option.value for option in self.pack.question_by_id[name].options]
            if "not_sure" in options:
                tests.append(f"q_{name} = {1 + options.index('not_sure')}")
        if not tests or not rule.unsure_level:
            return []
        return [f"WHEN {' OR '.join(tests)} THEN {int(rule.unsure_level)}"]

    def said(self, outcome: Outcome) -> str:
        if outcome.defer is None:
            return str(int(outcome.level))
        later = int(outcome.after_window_level)
        return f"CASE WHEN planned < {self.end(outcome.defer)} THEN 3 ELSE {later} END"

    def end(self, defer: Defer) -> str:
        if defer.basis == "option_dates":
            name = f"q_{defer.question}"
            ends = [plus(f"{name}_{option}", window) for option, window in defer.windows.items()]
            return f"GREATEST({', '.join(ends)})"
        assert defer.window is not None
        basis = {"answer": f"q_{defer.question}", "ctx": "last_session_date"}
        return plus(basis.get(defer.basis, "assessed"), defer.window)

    def when(self, condition: Condition) -> str:
        match condition:
            case AllOf(parts=parts):
                return "(" + " AND ".join(map(self.when, parts)) + ")"
            case AnyOf(parts=parts):
                return "(" + " OR ".join(map(self.when, parts)) + ")"
            case Not(part=part):
                return f"(NOT {self.when(part)})"
            case RuleHit(code=code, min_level=least):
                return f"({self.level_of[code]} >= {int(least)})"
            case HitGroups(groups=groups, min_level=least, least=count):
                each = (
                    " OR ".join(f"{self.level_of[code]} >= {int(least)}" for code in group)
                    for group in groups
                )
                return f"({' + '.join(f'({one})::int' for one in each)} >= {count})"
            case Ask():
                return f"({self.ask(condition)})"
            case Plan():
                return f"({self.plan(condition)})"

    def ask(self, part: Ask) -> str:
        name, question = f"q_{part.question}", self.pack.question_by_id[part.question]
        options = [option.value for option in question.options]
        if part.op in ("eq", "in"):
            return among(name, [1 + options.index(value) for value in sorted(part.values)])
        if part.op == "contains_any":
            return f"{name} & {sum(1 << options.index(value) for value in part.values)} <> 0"
        if part.op == "count_gte":
            counted = [n for n, value in enumerate(options) if value not in part.values]
            return f"{' + '.join(f'({name} >> {n} & 1)' for n in counted)} >= {part.count}"
        return name if part.op == "text_present" else f"{name} <> 0"

    def plan(self, part: Plan) -> str:
        name = part.field.replace(".", "_")
        if part.op == "exists":
            return f"{name} IS {'NOT ' if part.value else ''}NULL"
        if part.op == "intersects":
            return f"areas & {sum(1 << self.pack.areas.index(str(a)) for a in part.values)} <> 0"
        if part.op in ("lt", "gt", "gte"):
            sign = {"lt": "<", "gt": ">", "gte": ">="}[part.op]
            limit = float(part.value) * (1 if name == "age" else 100)
            return f"COALESCE({name} {sign} {round(limit)}, FALSE)"
        if name.endswith("modality"):
            numbers = [self.pack.modalities.index(str(value)) for value in part.values]
            return f"COALESCE({among(name, numbers)}, FALSE)"
        return name if part.value else f"NOT {name}"


def among(name: str, numbers: list[int]) -> str:
    """One number is compared, several are looked up."""
    if len(numbers) == 1:
        return f"{name} = {numbers[0]}"
    return f"{name} IN ({', '.join(map(str, numbers))})"


def plus(day: str, window: Window) -> str:
    if window.days:
        return f"{day} + {window.days}"
    return f"({day} + INTERVAL '{window.months} months')::date"
