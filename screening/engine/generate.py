"""A pack turned into two plain Python functions, which read and judge a complete form.

``evaluate`` uses them in place of the compiled conditions, for speed alone. They never decide
what is doubtful: as soon as an answer does not count, or anything is unknown, they return
``None``, and the plain evaluator judges the case from its beginning. Their text is made here
from the shape of the pack; see ``express`` for what its values may become.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from .answers import Problem, Value, read_answer
from .canonical import canonical_json
from .compile import end_from, end_of_options
from .conditions import Plan, rules_read, walk
from .context import FIELDS, PlanValue
from .dates import age_on
from .express import Scope, expression
from .findings import Hit, deferred
from .generate_read import exact_day, indented, reading
from .levels import UNKNOWN, Level
from .program import OutcomeStep, RuleStep, compile_pack
from .rules import Defer, Pack, Rule

Values = tuple[Value, ...]
"""Every answer that was read, in the order of asking; ``None`` where it is not shown."""

Judged = tuple[int, list[Hit], dict[str, None], date | None, bool, date, list[date]]
"""The worst level; the hits; the flags; the last date of a DEFER; whether something above
ADVISE stays whatever the planned date; the first day, from that of the answers on, on which no
wait is left that the planned date cannot undo; the days on which any other wait ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Generated:
    """``read(answers, given)`` gives the values and the canonical JSON of the answers (``None``
    where some belong to no question that is shown); ``judge(values, plan, given, planned)`` what
    the rules say. ``None`` from either leaves the case to the plain evaluator.

    ``pack`` is its name and version, ``source`` their text, ``born`` the place of the date of
    birth in the values, ``ages`` those at which something may change.
    """

    read: Callable[[Mapping[str, object], date], tuple[Values, str | None] | None]
    judge: Callable[[Values, Mapping[str, PlanValue], date, date], Judged | None]
    born: int
    ages: tuple[int, ...]
    pack: str
    source: str


@lru_cache(maxsize=64)
def generate(pack: Pack) -> Generated:
    """The functions of a pack; the same pack object is generated once."""
    program = compile_pack(pack)
    order = [step.question.id for step in program.asks]
    read_by_combinations = {
        code for rule in pack.all_rules for c in rule.conditions() for code in rules_read(c)
    }
    scope = Scope(
        answers={name: f"q{number}" for number, name in enumerate(order)},
        plan={name: f"p{number}" for number, name in enumerate(sorted(_fields(pack)))},
        levels={code: f"l{number}" for number, code in enumerate(sorted(read_by_combinations))},
        bound={
            "UNKNOWN": UNKNOWN,
            "Problem": Problem,
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
    judging = _judge(tuple(zip(program.rules, pack.all_rules, strict=True)), scope, born)
    source = "\n".join([*reading(questions, scope), *judging, ""])
    names: dict[str, Any] = dict(scope.bound)
    exec(compile(source, f"<{pack.id}>", "exec"), names)  # noqa: S102 - text made above, see express
    return Generated(
        read=names["read"],
        judge=names["judge"],
        born=born,
        ages=program.ages,
        pack=pack.id,
        source=source,
    )


def _fields(pack: Pack) -> set[str]:
    """The context fields that the rules read."""
    conditions = [c for rule in pack.all_rules for c in rule.conditions()]
    waits = [o.defer for rule in pack.all_rules for o in rule.outcomes if o.defer]
    return {part.field for c in conditions for part in walk(c) if isinstance(part, Plan)} | {
        wait.field for wait in waits if wait.field
    }


# --- judging ---------------------------------------------------------------------------------


def _judge(rules: tuple[tuple[RuleStep, Rule], ...], scope: Scope, born: int) -> Iterator[str]:
    yield "def judge(values, plan, given, planned):"
    yield f"    {''.join(f'{name}, ' for name in scope.answers.values())} = values"
    yield from indented(_plan(scope, born))
    yield f"    {''.join(f'{name} = ' for name in scope.levels.values())}top = 0"
    yield "    until = None; stays = False; free = given; hits = []; flags = {}; ends = []"
    for step, rule in rules:
        yield from indented(_rule(step, rule, scope))
    yield "    return top, hits, flags, until, stays, free, ends"


def _plan(scope: Scope, born: int) -> Iterator[str]:
    for field, name in scope.plan.items():
        if field == "age":
            birth = f"q{born}" if born >= 0 else "None"
            yield f"if {birth}.__class__ is not date: return None"
            yield f"{name} = age_on(planned, born={birth})"
            continue
        yield f"{name} = plan[{scope.constant(field)}]"
        if FIELDS[field] == "number":
            kinds = (f"{name}.__class__ is not {kind}" for kind in ("float", "int"))
            yield f"if {name} is not None and {' and '.join(kinds)}: return None"


def _rule(step: RuleStep, rule: Rule, scope: Scope) -> Iterator[str]:
    moves = any(outcome.moves for outcome in step.outcomes)
    outcomes = list(zip(step.outcomes, rule.outcomes, strict=True))
    if moves:
        # Another outcome may match on another day, so all its waits count.
        for defer in (outcome.defer for _, outcome in outcomes if outcome.defer):
            yield f"end = {_end(defer, scope)}"
            yield "if isinstance(end, date): ends.append(end)"
    word = "if"
    for made, outcome in outcomes:
        yield f"{word} {expression(outcome.when, scope)}:"
        yield from indented(_matched(step.code, made, outcome.defer, scope, moves=moves))
        word = "elif"
    if step.unsure is not None and step.unsure_questions:
        tests = " or ".join(
            f"{scope.answers[name]} == 'not_sure'" for name in step.unsure_questions
        )
        yield f"elif {tests}:"
        yield from indented(_hit(step.code, step.unsure, scope, moves=moves))
    for entry in rule.flag_when:
        yield f"if {expression(entry.when, scope)}:"
        yield from indented(_flags(entry.flags, scope))


def _matched(
    code: str, made: OutcomeStep, defer: Defer | None, scope: Scope, *, moves: bool
) -> Iterator[str]:
    if defer is None:
        yield from _hit(code, made.hit, scope, moves=moves)
        return
    yield f"end = {_end(defer, scope)}"
    yield "if end is UNKNOWN: return None"
    if not moves:
        yield "if end is not None and free < end: free = end"
    yield "if end is not None and planned < end:"
    later = made.after.level if made.after else Level.CLEAR
    waiting = replace(made.hit, after_level=later)
    yield from indented(_hit(code, waiting, scope, moves=True, waits=True))
    yield "    if until is None or until < end: until = end"
    if made.after is not None:
        yield "else:"
        yield from indented(_hit(code, made.after, scope, moves=True))
        if made.after.level.blocks_booking and not moves:
            yield "stays = True"


def _end(defer: Defer, scope: Scope) -> str:
    if defer.basis == "option_dates":
        windows = scope.bind(dict(defer.windows))
        return f"end_of_options({scope.answers[defer.question]}, {windows})"
    basis = {"answer": scope.answers.get(defer.question), "ctx": scope.plan.get(defer.field)}
    return f"end_from({basis.get(defer.basis, 'given')}, {scope.bind(defer.window)})"


def _hit(code: str, hit: Hit, scope: Scope, *, moves: bool, waits: bool = False) -> Iterator[str]:
    found = scope.bind(hit)
    yield f"hits.append({f'deferred({found}, end)' if waits else found})"
    yield f"if top < {int(hit.level):d}: top = {int(hit.level):d}"
    if hit.level.blocks_booking and not moves:
        yield "stays = True"
    if code in scope.levels:
        yield f"{scope.levels[code]} = {int(hit.level):d}"
    yield from _flags(hit.flags, scope)


def _flags(flags: tuple[str, ...], scope: Scope) -> Iterator[str]:
    return (f"flags[{scope.constant(flag)}] = None" for flag in flags)
