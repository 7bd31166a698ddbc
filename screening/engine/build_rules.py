"""Building rules and combinations from their tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from .conditions import parse_condition
from .dates import Window
from .levels import Kind, Level
from .rules import (
    Basis,
    Defer,
    FlagWhen,
    Outcome,
    Override,
    OverrideBy,
    Rule,
    UnsureOverride,
)
from .tables import Table

_BASES: Final[Mapping[str, Basis]] = {basis: basis for basis in get_args(Basis)}
_MAY: Final[Mapping[str, OverrideBy]] = {role: role for role in get_args(OverrideBy)}
LONGEST_WINDOW: Final = {"days": 36_525, "months": 1_200}


def rule_from(table: Table) -> Rule:
    """A rule: it rests on questions, and knows what "not sure" means for them."""
    built = Rule(
        code=table.text("code"),
        title=table.text("title"),
        outcomes=_outcomes(table),
        rationale=table.text("rationale"),
        sources=table.texts("sources"),
        evidence=table.text("evidence"),
        question_ids=table.texts("question_ids"),
        category=table.text("category"),
        unsure_level=table.choice("unsure_level", Level),
        practitioner_check=table.text("practitioner_check"),
        evidence_note=table.text("evidence_note", ""),
        time_window=table.text("time_window", ""),
        area_specific=table.flag("area_specific"),
        modality=table.text("modality"),
        min_depth_mm=table.text("min_depth_mm", ""),
        flag_when=tuple(_flag_when(entry) for entry in table.tables("flag_when", needed=False)),
        client_topic=table.text("client_topic", ""),
        unsure_message=table.text("unsure_message", ""),
        unsure_override=_unsure_overrides(table),
    )
    table.finish()
    return built


def combination_from(table: Table) -> Rule:
    """A combination: it judges the rules that it involves together."""
    built = Rule(
        code=table.text("code"),
        title=table.text("title"),
        outcomes=_outcomes(table),
        rationale=table.text("rationale"),
        sources=table.texts("sources"),
        evidence=table.text("evidence"),
        involves=table.texts("involves"),
        question_ids=(),
        evidence_note=table.text("evidence_note", ""),
        client_topic=table.text("client_topic", ""),
        unsure_message=table.text("unsure_message", ""),
        unsure_override=_unsure_overrides(table),
    )
    table.finish()
    return built


def _outcomes(table: Table) -> tuple[Outcome, ...]:
    return tuple(_outcome(outcome) for outcome in table.tables("outcome"))


def _outcome(table: Table) -> Outcome:
    level = table.choice("level", Level)
    deferred = level is Level.DEFER
    built = Outcome(
        id=table.text("id"),
        when=table.parsed("when", parse_condition),
        level=level,
        message=table.text("message"),
        override=_override(table.table("override")),
        flags=table.texts("flags", needed=False),
        kind=table.choice("kind", Kind) if table.has("kind") else None,
        defer=_defer(table.table("defer")) if table.has("defer") else None,
        after_window_level=table.choice("after_window_level", Level) if deferred else Level.CLEAR,
    )
    table.finish()
    return built


def _unsure_overrides(table: Table) -> tuple[UnsureOverride, ...]:
    return tuple(
        UnsureOverride(
            when=one.parsed("when", parse_condition) if one.has("when") else None,
            override=_override(one),
        )
        for one in table.tables("unsure_override", needed=False)
    )


def _override(table: Table) -> Override:
    by = table.text("by", "")
    if by and by not in _MAY:
        raise table.error(f"'by' is {by!r}, not one of {sorted(_MAY)}")
    built = Override(
        allowed=table.flag("allowed"),
        by=_MAY.get(by),
        reason_required=table.flag("reason_required"),
    )
    table.finish()
    return built


def _defer(table: Table) -> Defer:
    basis = table.text("basis")
    if basis not in _BASES:
        raise table.error(f"'basis' is {basis!r}, not one of {sorted(_BASES)}")
    named = table.table("window_by_option") if table.has("window_by_option") else None
    built = Defer(
        basis=_BASES[basis],
        window=table.parsed("window", _window) if table.has("window") else None,
        windows={name: named.parsed(name, _window) for name in named.raw} if named else {},
        question=table.text("question", ""),
        field=table.text("field", ""),
    )
    table.finish()
    return built


def _window(raw: object) -> Window:
    if not isinstance(raw, dict) or not set(raw) <= {"days", "months"}:
        raise ValueError("should be { days = … } or { months = … }")
    if not all(type(number) is int for number in raw.values()):
        raise ValueError("should count in whole numbers")
    if any(number > LONGEST_WINDOW[unit] for unit, number in raw.items()):
        raise ValueError("should not be longer than a hundred years")
    return Window(**raw)


def _flag_when(table: Table) -> FlagWhen:
    built = FlagWhen(when=table.parsed("when", parse_condition), flags=table.texts("flags"))
    table.finish()
    return built
