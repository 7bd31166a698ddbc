"""A pack turned into two plain Python functions, which read and judge a complete form.

``evaluate`` uses them in place of the compiled conditions, for speed alone. They never decide
what is doubtful: as soon as an answer does not count, or anything is unknown, they return
``None``, and the plain evaluator judges the case from its beginning. Their text is made here
from the shape of the pack; see ``express`` for what its values may become.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from .answers import Problem, Value, read_answer
from .canonical import canonical_json
from .conditions import DepthAbove, Plan, rules_read, walk
from .context import FIELDS, PlanValue
from .dates import age_on
from .express import Scope, expression
from .express_doubt import possibly, surely
from .findings import Hit, deferred
from .generate_read import exact_day, indented, reading
from .levels import Level
from .plan import DEPTHS
from .program import OutcomeStep, RuleStep, UnsureStep, compile_pack, open_to_doubt
from .reader import says_something
from .rules import Defer, Pack, Rule
from .waiting import NoDate, end_from, end_of_options

Values = tuple[Value, ...]
"""Every answer that was read, in the order of asking; ``None`` where it is not shown."""

Judged = tuple[int, list[Hit], dict[str, None], date | None, bool, date, list[date]]
"""The worst level; the hits; the flags; the last date of a DEFER; whether something above
ADVISE stays whatever the planned date; the first day, from that of the answers on, on which no
wait is left that the planned date cannot undo; the days on which any other wait ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A complete form as it is judged: the values, the plan, and what texts say (``sheet.py``)."""

    values: Values
    plan: Mapping[str, PlanValue]
    said: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Generated:
    """``read(answers, given)`` gives the values and the canonical JSON of the answers (``None``
    where some belong to no question that is shown); ``judge(form, given, planned, confirmed)``
    what the rules say. ``None`` from either leaves the case to the plain evaluator.

    ``pack`` is its name and version, ``source`` their text, ``order`` the questions by their place
    in the values, ``texts`` the places of texts, ``born`` that of the date of birth, ``ages`` and
    ``answer_ages`` those at which something may change, ``says`` whether a text says something.
    """

    read: Callable[[Mapping[str, object], date], tuple[Values, str | None] | None]
    judge: Callable[[Form, date, date, bool], Judged | None]
    says: Callable[[Value], bool]
    order: tuple[str, ...]
    texts: tuple[int, ...]
    born: int
    ages: tuple[int, ...]
    answer_ages: tuple[int, ...]
    pack: str
    source: str


@lru_cache(maxsize=64)
def generate(pack: Pack) -> Generated:
    """The functions of a pack; the same pack object is generated once."""
    program = compile_pack(pack)
    order = tuple(step.question.id for step in program.asks)
    read_by_combinations = {
        code for rule in pack.all_rules for c in rule.conditions() for code in rules_read(c)
    }

    def says(text: Value) -> bool:
        return isinstance(text, str) and says_something(text, pack)

    scope = Scope(
        answers={name: f"q{number}" for number, name in enumerate(order)},
        plan={name: f"p{number}" for number, name in enumerate(sorted(_fields(pack)))},
        levels={code: f"l{number}" for number, code in enumerate(sorted(read_by_combinations))},
        limits=pack.depth_limits,
        bound={
            "NoDate": NoDate,
            "ONE_DAY": timedelta(days=1),
            "Problem": Problem,
            "says": says,
            "age_on": age_on,
            "canonical_json": canonical_json,
            "exact_day": exact_day,
            "quoted": encode_basestring,
            "date": date,
            "deferred": deferred,
            "end_from": end_from,
            "end_of_options": end_of_options,
            "read_answer": read_answer,
        },
    )
    questions = [step.question for step in program.asks]
    born = order.index(program.born) if program.born else -1
    rules = tuple(zip(program.rules, pack.all_rules, strict=True))
    judging = _Judging(pack=pack, scope=scope, born=born, oldest=program.oldest).lines(rules)
    source = "\n".join([*reading(questions, replace(scope, reading=True)), *judging, ""])
    names: dict[str, Any] = dict(scope.bound)
    exec(compile(source, f"<{pack.id}>", "exec"), names)  # noqa: S102 - text made above, see express
    return Generated(
        read=names["read"],
        judge=names["judge"],
        says=says,
        order=order,
        texts=tuple(order.index(name) for name in program.texts),
        born=born,
        ages=program.ages,
        answer_ages=program.answer_ages,
        pack=pack.id,
        source=source,
    )


def _fields(pack: Pack) -> set[str]:
    """The context fields that the rules read."""
    conditions = [c for rule in pack.all_rules for c in rule.conditions()]
    waits = [o.defer for rule in pack.all_rules for o in rule.outcomes if o.defer]
    parts = [part for c in conditions for part in walk(c)]
    read = {part.field for part in parts if isinstance(part, Plan)}
    read |= {"modality" for part in parts if isinstance(part, DepthAbove)}
    return read | {wait.field for wait in waits if wait.field}


# --- judging ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Judging:
    """Writes ``judge``."""

    pack: Pack
    scope: Scope
    born: int
    oldest: int

    def lines(self, rules: tuple[tuple[RuleStep, Rule], ...]) -> Iterator[str]:
        scope = self.scope
        yield "def judge(form, given, planned, confirmed):"
        yield f"    {''.join(f'{name}, ' for name in scope.answers.values())} = form.values"
        yield f"    plan = form.plan; depths = plan[{scope.constant(DEPTHS)}]"
        yield "    said = form.said; unread = form.unread"
        yield from indented(self._plan())
        yield f"    {''.join(f'{name} = ' for name in scope.levels.values())}top = 0"
        yield "    until = None; stays = False; free = given; hits = []; flags = {}; ends = []"
        for step, rule in rules:
            yield from indented(self._rule(step, rule))
        yield "    return top, hits, flags, until, stays, free, ends"

    def _plan(self) -> Iterator[str]:
        scope = self.scope
        birth = f"q{self.born}" if self.born >= 0 else "None"
        yield f"if {birth}.__class__ is not date: return None"
        yield f"age = age_on(planned, born={birth})"
        yield f"if age > {self.oldest:d}: return None"
        for field, name in scope.plan.items():
            if field == "age":
                yield f"{name} = age"
            elif field == "answers_age_days":
                yield f"{name} = 0 if confirmed else (planned - given).days"
            else:
                yield f"{name} = plan[{scope.constant(field)}]"
                if FIELDS[field] == "number":
                    kinds = (f"{name}.__class__ is not {kind}" for kind in ("float", "int"))
                    yield f"if {name} is not None and {' and '.join(kinds)}: return None"

    def _rule(self, step: RuleStep, rule: Rule) -> Iterator[str]:
        moves = any(outcome.moves for outcome in step.outcomes)
        if moves:
            yield from self._other_days(step, rule)
        doubtful = step.combines and any(
            open_to_doubt(self.pack, outcome.when) for outcome in rule.outcomes
        )
        yield from (self._doubtful if doubtful else self._certain)(step, rule, moves=moves)
        for entry in rule.flag_when:
            yield f"if {expression(entry.when, self.scope)}:"
            yield from indented(_flags(entry.flags, self.scope))

    def _other_days(self, step: RuleStep, rule: Rule) -> Iterator[str]:
        """Another outcome may match on another day, so all its days count."""
        for outcome in rule.outcomes:
            if outcome.defer:
                yield f"end = {_end(outcome.defer, self.scope)}"
                yield "if isinstance(end, date): ends.append(end)"
        for name in dict.fromkeys(name for made in step.outcomes for name in made.before):
            day = self.scope.answers[name]
            yield f"if {day} is not None and {day} < date.max: ends.append({day} + ONE_DAY)"

    def _certain(self, step: RuleStep, rule: Rule, *, moves: bool) -> Iterator[str]:
        word = "if"
        for made, outcome in zip(step.outcomes, rule.outcomes, strict=True):
            yield f"{word} {self._holds(expression(outcome.when, self.scope), outcome.defer)}:"
            yield from indented(self._matched(step.code, made, outcome.defer, moves=moves))
            word = "elif"
        if step.unsure and step.unsure_questions:
            names = [self.scope.answers[name] for name in step.unsure_questions]
            tests = " or ".join(f"{name} == 'not_sure'" for name in names)
            yield f"elif {tests}:"
            yield from indented(self._unsure(step.code, step.unsure, moves=moves))

    def _doubtful(self, step: RuleStep, rule: Rule, *, moves: bool) -> Iterator[str]:
        """A combination: ``doubt`` is the number of the first outcome that may hold."""
        questions = self.pack.question_by_id
        yield "doubt = -1"
        yield "while True:"
        for number, (made, outcome) in enumerate(zip(step.outcomes, rule.outcomes, strict=True)):
            sure = surely(outcome.when, questions, self.scope)
            yield f"    if {self._holds(sure, outcome.defer)}:"
            lowest = outcome.after_window_level if outcome.defer else outcome.level
            if number and not lowest.blocks_booking:
                yield "        if doubt >= 0: return None"
            yield from indented(self._matched(step.code, made, outcome.defer, moves=moves), 2)
            yield "        doubt = -1; break"
            may = possibly(outcome.when, questions, self.scope)
            yield f"    if doubt < 0 and not ({sure}) and {may}: doubt = {number:d}"
        yield "    break"
        for number, made in enumerate(step.outcomes):
            yield f"if doubt == {number:d}:"
            yield from indented(self._unsure(step.code, made.doubt, moves=moves))

    def _holds(self, condition: str, defer: Defer | None) -> str:
        """A wait that nothing ticked has does not count."""
        if defer is None:
            return condition
        return f"{condition} and (end := {_end(defer, self.scope)}) is not None"

    def _matched(
        self, code: str, made: OutcomeStep, defer: Defer | None, *, moves: bool
    ) -> Iterator[str]:
        if defer is None:
            yield from self._hit(code, made.hit, moves=moves)
            return
        yield "if end.__class__ is NoDate: return None"
        if not moves:
            yield "if free < end: free = end"
        yield "if planned < end:"
        later = made.after.level if made.after else Level.CLEAR
        waiting = replace(made.hit, after_level=later)
        yield from indented(self._hit(code, waiting, moves=True, waits=True))
        yield "    if until is None or until < end: until = end"
        if made.after is not None:
            yield "else:"
            yield from indented(self._hit(code, made.after, moves=True))
            if made.after.level.blocks_booking and not moves:
                yield "stays = True"

    def _unsure(self, code: str, steps: tuple[UnsureStep, ...], *, moves: bool) -> Iterator[str]:
        word = "if"
        for one in steps:
            yield f"{word} {expression(one.when, self.scope) if one.when else True}:"
            yield from indented(self._hit(code, one.hit, moves=moves))
            word = "elif"

    def _hit(self, code: str, hit: Hit, *, moves: bool, waits: bool = False) -> Iterator[str]:
        found = self.scope.bind(hit)
        yield f"hits.append({f'deferred({found}, end)' if waits else found})"
        yield f"if top < {int(hit.level):d}: top = {int(hit.level):d}"
        if hit.level.blocks_booking and not moves:
            yield "stays = True"
        if code in self.scope.levels:
            yield f"{self.scope.levels[code]} = {int(hit.level):d}"
        yield from _flags(hit.flags, self.scope)


def _end(defer: Defer, scope: Scope) -> str:
    if defer.basis == "option_dates":
        windows = scope.bind(dict(defer.windows))
        return f"end_of_options({scope.answers[defer.question]}, {windows})"
    basis = {"answer": scope.answers.get(defer.question), "ctx": scope.plan.get(defer.field)}
    return f"end_from({basis.get(defer.basis, 'given')}, {scope.bind(defer.window)})"


def _flags(flags: tuple[str, ...], scope: Scope) -> Iterator[str]:
    return (f"flags[{scope.constant(flag)}] = None" for flag in flags)
