"""Every operator in three values: true, false, unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.engine.answers import Known
from screening.engine.case import Case
from screening.engine.compile import compile_condition
from screening.engine.conditions import ConditionError, parse_condition
from screening.engine.context import PlanValue
from screening.engine.levels import UNKNOWN, Level

TRUE = {"q": "yes", "op": "eq", "value": "yes"}
FALSE = {"q": "no", "op": "eq", "value": "yes"}
NOT_KNOWN = {"q": "lost", "op": "eq", "value": "yes"}

ANSWERS: dict[str, Known] = {
    "yes": "yes",
    "no": "no",
    "lost": UNKNOWN,
    "hidden": None,
    "list": frozenset({"a", "b"}),
    "nothing": frozenset(),
    "dated": {"a": date(2026, 1, 1), "c": None},
    "text": "Vitamin D",
    "none": " None. ",
    "day": date(2026, 5, 31),
    "planned": date(2026, 6, 1),
}
PLAN: dict[str, PlanValue] = {
    "modality": "RF_MN",
    "depth_mm": 1.5,
    "areas": frozenset({"neck", "cheeks"}),
    "anaesthetic_planned": UNKNOWN,
    "test_patch_ok": False,
    "age": 18,
    "last_session.date": None,
    "last_session.depth_mm": None,
}


def truth(raw: dict[str, Any]) -> bool | None:
    case = Case(
        answers=ANSWERS,
        plan=PLAN,
        assessment_date=date(2026, 6, 1),
        planned_date=date(2026, 6, 1),
        levels={"bad": Level.DEFER, "mild": Level.ADVISE},
        undecided={"open", "mild"},
        said=frozenset({"text"}),
        unread=frozenset({"text"}),
    )
    return compile_condition(parse_condition(raw))(case)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (TRUE, True),
        (FALSE, False),
        (NOT_KNOWN, None),
        ({"q": "hidden", "op": "eq", "value": "yes"}, False),
        ({"q": "yes", "op": "in", "value": ["yes", "not_sure"]}, True),
        ({"q": "no", "op": "in", "value": ["yes", "not_sure"]}, False),
        ({"q": "lost", "op": "in", "value": ["yes", "not_sure"]}, None),
        ({"q": "hidden", "op": "in", "value": ["yes"]}, False),
        ({"q": "list", "op": "contains_any", "value": ["b", "z"]}, True),
        ({"q": "list", "op": "contains_any", "value": ["z"]}, False),
        ({"q": "dated", "op": "contains_any", "value": ["c"]}, True),
        ({"q": "lost", "op": "contains_any", "value": ["a"]}, None),
        ({"q": "hidden", "op": "contains_any", "value": ["a"]}, False),
        ({"q": "list", "op": "not_empty"}, True),
        ({"q": "dated", "op": "not_empty"}, True),
        ({"q": "nothing", "op": "not_empty"}, False),
        ({"q": "hidden", "op": "not_empty"}, False),
        ({"q": "lost", "op": "not_empty"}, None),
        ({"q": "list", "op": "count_gte", "value": 2}, True),
        ({"q": "list", "op": "count_gte", "value": 3}, False),
        ({"q": "list", "op": "count_gte", "value": 2, "exclude": ["a"]}, False),
        ({"q": "dated", "op": "count_gte", "value": 2, "exclude": []}, True),
        ({"q": "lost", "op": "count_gte", "value": 1}, None),
        ({"q": "text", "op": "text_present"}, True),
        ({"q": "none", "op": "text_present"}, False),
        ({"q": "lost", "op": "text_present"}, None),
        ({"ctx": "modality", "op": "eq", "value": "RF_MN"}, True),
        ({"ctx": "modality", "op": "in", "value": ["MN_PEN", "MN_ROLLER"]}, False),
        ({"ctx": "test_patch_ok", "op": "eq", "value": True}, False),
        ({"ctx": "anaesthetic_planned", "op": "eq", "value": True}, None),
        ({"ctx": "age", "op": "lt", "value": 18}, False),
        ({"ctx": "age", "op": "lt", "value": 19}, True),
        ({"ctx": "depth_mm", "op": "gt", "value": 1.5}, False),
        ({"ctx": "depth_mm", "op": "gt", "value": 1.4}, True),
        ({"ctx": "depth_mm", "op": "gte", "value": 1.5}, True),
        ({"ctx": "depth_mm", "op": "gte", "value": 1.6}, False),
        ({"ctx": "last_session.depth_mm", "op": "gte", "value": 0}, False),
        ({"ctx": "areas", "op": "intersects", "value": ["neck", "back"]}, True),
        ({"ctx": "areas", "op": "intersects", "value": ["back"]}, False),
        ({"ctx": "last_session.date", "op": "exists", "value": True}, False),
        ({"ctx": "last_session.date", "op": "exists", "value": False}, True),
        ({"ctx": "anaesthetic_planned", "op": "exists", "value": True}, False),
        ({"ctx": "depth_mm", "op": "lte", "value": 1.5}, True),
        ({"ctx": "depth_mm", "op": "lte", "value": 1.4}, False),
        ({"ctx": "areas", "op": "count_in_gte", "value": 2, "among": ["neck", "cheeks"]}, True),
        ({"ctx": "areas", "op": "count_in_gte", "value": 2, "among": ["neck", "back"]}, False),
        ({"q": "day", "op": "before_ctx", "value": "planned_date"}, True),
        ({"q": "planned", "op": "before_ctx", "value": "planned_date"}, False),
        ({"q": "lost", "op": "before_ctx", "value": "planned_date"}, None),
        ({"q": "hidden", "op": "before_ctx", "value": "planned_date"}, False),
        ({"q": "text", "op": "text_needs_reader"}, True),
        ({"q": "none", "op": "text_needs_reader"}, False),
        ({"q": "lost", "op": "text_needs_reader"}, None),
        ({"not": TRUE}, False),
        ({"not": FALSE}, True),
        ({"not": NOT_KNOWN}, None),
        ({"all": [TRUE, TRUE]}, True),
        ({"all": [TRUE, NOT_KNOWN]}, None),
        ({"all": [NOT_KNOWN, FALSE]}, False),
        ({"any": [FALSE, FALSE]}, False),
        ({"any": [FALSE, NOT_KNOWN]}, None),
        ({"any": [NOT_KNOWN, TRUE]}, True),
        ({"not": {"any": [FALSE, NOT_KNOWN]}}, None),
        ({"hit": "bad", "min_level": "REVIEW"}, True),
        ({"hit": "bad", "min_level": "CONTRAINDICATED"}, False),
        ({"hit": "open", "min_level": "ADVISE"}, False),
        ({"hit": "mild", "min_level": "ADVISE"}, True),
        ({"hit": "mild", "min_level": "REVIEW"}, False),
        ({"hit": "quiet", "min_level": "ADVISE"}, False),
    ],
    ids=str,
)
def test_operator(condition: dict[str, Any], *, expected: bool | None) -> None:
    assert truth(condition) is expected


@pytest.mark.parametrize(
    ("groups", "least", "expected"),
    [
        ([["bad"], ["quiet"]], 1, True),
        ([["bad"], ["quiet"]], 2, False),
        ([["bad"], ["quiet", "open"]], 2, False),
        ([["quiet", "bad"], ["bad"]], 2, True),
        ([["bad", "open"], ["quiet"]], 2, False),
    ],
)
def test_groups_of_hits(groups: list[list[str]], least: int, *, expected: bool | None) -> None:
    ask = {"groups": groups, "min_level": "REVIEW", "min": least}
    assert truth({"count_hit_groups": ask}) is expected


@pytest.mark.parametrize(
    "raw",
    [
        "yes",
        {},
        {"q": "a", "op": "eq"},
        {"q": "a", "op": "in", "value": "b"},
        {"q": "a", "op": "in", "value": []},
        {"q": "a", "op": "eq", "value": 3},
        {"q": "", "op": "not_empty"},
        {"q": "a", "op": "not_empty", "value": 1},
        {"q": "a", "op": "count_gte", "value": 0},
        {"q": "a", "op": "count_gte", "value": True},
        {"ctx": "age", "op": "lt", "value": [1]},
        {"ctx": "age", "op": "lt"},
        {"not": "a"},
        {"hit": "a"},
        {"hit": "a", "min_level": "CLEAR"},
        {"count_hit_groups": 3},
        {"count_hit_groups": {"groups": [["a"]], "min_level": "REVIEW", "min": 2}},
    ],
    ids=str,
)
def test_a_condition_of_the_wrong_shape_is_refused(raw: object) -> None:
    with pytest.raises(ConditionError):
        parse_condition(raw)
