"""Conditions as typed trees, and reading them from the plain tables of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .levels import Level

ASK_OPERATORS = frozenset(
    {
        *("eq", "in", "contains_any", "not_empty", "count_gte"),
        *("text_present", "text_needs_reader", "before_ctx"),
    }
)
PLAN_OPERATORS = frozenset(
    {"eq", "in", "lt", "lte", "gt", "gte", "intersects", "exists", "count_in_gte"}
)

GROUPS = ("MN", "RF")
"""The devices that depth limits tell apart: needles alone, and needles with radiofrequency."""
LINES = ("review_above_mm", "stop_above_mm")
"""The lines of a depth limit."""

Scalar = str | int | float | bool


class ConditionError(ValueError):
    """A condition that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A test of one answer. ``values`` holds what it is compared with; for ``before_ctx`` that is
    the name of a date of the context, for ``count_gte`` what is not counted."""

    question: str
    op: str
    values: frozenset[str] = frozenset()
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A test of one field of the context: the plan, the age, the last session.

    ``count`` of ``count_in_gte``: at least so many of the field's items are among ``values``.
    """

    field: str
    op: str
    values: frozenset[Scalar] = frozenset()
    count: int = 0

    @property
    def value(self) -> Scalar:
        """The one value it is compared with."""
        (value,) = self.values
        return value


@dataclass(frozen=True, kw_only=True)
class DepthAbove:
    """Whether the plan goes deeper than a line of the pack's depth limits on some planned area.

    ``group`` is that of the limits (``MN`` or ``RF``), ``line`` is ``review_above_mm`` or
    ``stop_above_mm``. See ``depth_limits.py``.
    """

    group: str
    line: str


@dataclass(frozen=True, kw_only=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Not:
    part: Condition


@dataclass(frozen=True, kw_only=True)
class RuleHit:
    """A rule hit at this level or above."""

    code: str
    min_level: Level


@dataclass(frozen=True, kw_only=True)
class HitGroups:
    """At least ``least`` of the groups hold a rule that hit at this level or above."""

    groups: tuple[tuple[str, ...], ...]
    min_level: Level
    least: int


Condition = Ask | Plan | DepthAbove | AllOf | AnyOf | Not | RuleHit | HitGroups


def parse_condition(raw: object) -> Condition:
    """Read a condition from its table. ConditionError for a shape nobody defined."""
    if not isinstance(raw, Mapping):
        raise ConditionError("a condition must be a table")
    for key, reader in _READERS.items():
        if key in raw:
            return reader(raw)
    raise ConditionError(f"unknown condition {sorted(map(str, raw))}")


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and every condition inside it."""
    yield condition
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from walk(part)
    elif isinstance(condition, Not):
        yield from walk(condition.part)


def questions_read(condition: Condition) -> frozenset[str]:
    """The ids of the questions that it reads."""
    return frozenset(part.question for part in walk(condition) if isinstance(part, Ask))


def rules_read(condition: Condition) -> frozenset[str]:
    """The codes of the rules whose hits it reads."""
    found: set[str] = set()
    for part in walk(condition):
        if isinstance(part, RuleHit):
            found.add(part.code)
        elif isinstance(part, HitGroups):
            found.update(code for group in part.groups for code in group)
    return frozenset(found)


def _keys(raw: Mapping[str, object], *allowed: str, optional: tuple[str, ...] = ()) -> None:
    if missing := set(allowed) - set(raw):
        raise ConditionError(f"a condition lacks {sorted(missing)}")
    if extra := set(raw) - set(allowed) - set(optional):
        raise ConditionError(f"a condition has unknown keys {sorted(extra)}")


def _parts(raw: object) -> tuple[Condition, ...]:
    if not isinstance(raw, list) or not raw:
        raise ConditionError("'all' and 'any' need a list that is not empty")
    return tuple(parse_condition(part) for part in raw)


def _all(raw: Mapping[str, object]) -> Condition:
    _keys(raw, "all")
    return AllOf(parts=_parts(raw["all"]))


def _any(raw: Mapping[str, object]) -> Condition:
    _keys(raw, "any")
    return AnyOf(parts=_parts(raw["any"]))


def _not(raw: Mapping[str, object]) -> Condition:
    _keys(raw, "not")
    return Not(part=parse_condition(raw["not"]))


def _ask(raw: Mapping[str, object]) -> Condition:
    op = raw.get("op")
    if not isinstance(op, str) or op not in ASK_OPERATORS:
        raise ConditionError(f"unknown operator {op!r} for a question")
    question = _text(raw["q"])
    if op in ("not_empty", "text_present", "text_needs_reader"):
        _keys(raw, "q", "op")
        return Ask(question=question, op=op)
    if op == "count_gte":
        _keys(raw, "q", "op", "value", optional=("exclude",))
        excluded = frozenset(map(_text, _list(raw.get("exclude", []))))
        return Ask(question=question, op=op, values=excluded, count=_count(raw["value"]))
    _keys(raw, "q", "op", "value")
    many = _list(raw["value"]) if op in ("in", "contains_any") else [raw["value"]]
    if not many:
        raise ConditionError(f"operator {op!r} needs at least one value")
    return Ask(question=question, op=op, values=frozenset(map(_text, many)))


def _plan(raw: Mapping[str, object]) -> Condition:
    op = raw.get("op")
    if not isinstance(op, str) or op not in PLAN_OPERATORS:
        raise ConditionError(f"unknown operator {op!r} for a context field")
    if op == "count_in_gte":
        _keys(raw, "ctx", "op", "value", "among")
        among = frozenset(map(_text, _list(raw["among"])))
        count = _count(raw["value"])
        return Plan(field=_text(raw["ctx"]), op=op, values=among, count=count)
    _keys(raw, "ctx", "op", "value")
    many = _list(raw["value"]) if op in ("in", "intersects") else [raw["value"]]
    if not many:
        raise ConditionError(f"operator {op!r} needs at least one value")
    values = frozenset(_scalar(value) for value in many)
    return Plan(field=_text(raw["ctx"]), op=op, values=values)


def _depth(raw: Mapping[str, object]) -> Condition:
    _keys(raw, "depth")
    inner = raw["depth"]
    if not isinstance(inner, Mapping):
        raise ConditionError("depth must be a table")
    _keys(inner, "modality", "line")
    group, line = _text(inner["modality"]), _text(inner["line"])
    if group not in GROUPS or line not in LINES:
        raise ConditionError(f"depth: {group!r} and {line!r} are not one of {GROUPS} and {LINES}")
    return DepthAbove(group=group, line=line)


def _rule_hit(raw: Mapping[str, object]) -> Condition:
    _keys(raw, "hit", "min_level")
    return RuleHit(code=_text(raw["hit"]), min_level=_level(raw["min_level"]))


def _hit_groups(raw: Mapping[str, object]) -> Condition:
    _keys(raw, "count_hit_groups")
    inner = raw["count_hit_groups"]
    if not isinstance(inner, Mapping):
        raise ConditionError("count_hit_groups must be a table")
    _keys(inner, "groups", "min_level", "min")
    groups = tuple(tuple(map(_text, _list(group))) for group in _list(inner["groups"]))
    least = _count(inner["min"])
    if not all(groups):
        raise ConditionError("count_hit_groups has a group without rules")
    if least > len(groups):
        raise ConditionError(f"count_hit_groups asks for {least} of {len(groups)} groups")
    return HitGroups(groups=groups, min_level=_level(inner["min_level"]), least=least)


_READERS = {
    "q": _ask,
    "ctx": _plan,
    "depth": _depth,
    "all": _all,
    "any": _any,
    "not": _not,
    "hit": _rule_hit,
    "count_hit_groups": _hit_groups,
}


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        raise ConditionError(f"{raw!r} should be a text")
    return raw


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise ConditionError(f"{raw!r} should be a list")
    return raw


def _scalar(raw: object) -> Scalar:
    if not isinstance(raw, str | int | float):
        raise ConditionError(f"{raw!r} should be a single value")
    return raw


def _count(raw: object) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or raw < 1:
        raise ConditionError(f"{raw!r} should be a whole number of at least 1")
    return raw


def _level(raw: object) -> Level:
    if not isinstance(raw, str) or raw not in Level.__members__ or raw == "CLEAR":
        raise ConditionError(f"unknown level {raw!r}")
    return Level[raw]
