"""Packs that nobody would write, as tables: any wording, any condition under which to ask."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from screening.packs import Tables
from tests.screening.cases import bare_tables

WORDS = st.text("abcXYZ019 _-.:/'\"\\éß–\u00a0\u202f😀\n", min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
# Without a backslash: fhirpathpy 2.2 misreads a text that ends in one.
CODES = st.text("abcXYZ01_-.'é", min_size=1, max_size=8)
KINDS = ("yes_no", "single_choice", "multi_choice", "multi_choice_dated", "date", "text")

SOURCE = {"id": "S", "type": "page", "title": "T", "read_as": "page", "summary": "S"}
RULE = {
    "code": "adult", "title": "Age", "category": "c", "question_ids": ["born"],
    "unsure_level": "REVIEW", "rationale": "R", "practitioner_check": "P", "sources": ["S"],
    "evidence": "source", "modality": "ALL",
    "outcome": [{
        "id": "young", "when": {"ctx": "age", "op": "lt", "value": 18}, "level": "REVIEW",
        "message": "M", "override": {"allowed": False},
    }],
}  # fmt: skip
COMBINATION = {
    "code": "both", "title": "B", "rationale": "R", "sources": ["S"], "evidence": "source",
    "involves": ["adult"],
    "outcome": [{
        "id": "b", "when": {"hit": "adult", "min_level": "REVIEW"}, "level": "REVIEW",
        "message": "M", "override": {"allowed": False},
    }],
}  # fmt: skip


@st.composite
def options(draw: st.DrawFn, kind: str) -> list[dict[str, Any]]:
    values = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
    made: list[dict[str, Any]] = [{"value": value, "label": draw(WORDS)} for value in values]
    if kind == "multi_choice_dated":
        for option in made:
            option["date"] = draw(st.sampled_from(["required", "optional"]))
    return made


def values_of(question: dict[str, Any]) -> list[str]:
    if question["type"] == "yes_no" and "options" not in question:
        return ["yes", "no", "not_sure"]
    return [option["value"] for option in question.get("options", [])]


@st.composite
def asks(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, Any]:
    """One test of one answer."""
    name, values = question["id"], values_of(question)
    some = draw(st.lists(st.sampled_from(values), min_size=1, max_size=3)) if values else []
    match question["type"]:
        case "yes_no" | "single_choice":
            if draw(st.booleans()):
                return {"q": name, "op": "eq", "value": some[0]}
            return {"q": name, "op": "in", "value": some}
        case "multi_choice" | "multi_choice_dated":
            kind = draw(st.sampled_from(["contains_any", "not_empty", "count_gte"]))
            if kind == "contains_any":
                return {"q": name, "op": kind, "value": some}
            if kind == "not_empty":
                return {"q": name, "op": kind}
            left = set(values) - set(some)
            if draw(st.booleans()) and left:
                count = draw(st.integers(1, len(left)))
                return {"q": name, "op": kind, "value": count, "exclude": some}
            return {"q": name, "op": kind, "value": draw(st.integers(1, len(values)))}
        case _:
            return {"q": name, "op": "text_present"}


@st.composite
def conditions(draw: st.DrawFn, earlier: list[dict[str, Any]], depth: int = 0) -> dict[str, Any]:
    kind = draw(st.sampled_from(["ask", "ask", "all", "any", "not"] if depth < 3 else ["ask"]))
    if kind == "not":
        return {"not": draw(conditions(earlier, depth + 1))}
    if kind in ("all", "any"):
        count = draw(st.integers(1, 3))
        return {kind: [draw(conditions(earlier, depth + 1)) for _ in range(count)]}
    return draw(asks(draw(st.sampled_from(earlier))))


@st.composite
def questions(draw: st.DrawFn, name: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    made: dict[str, Any] = {"id": name, "text": draw(WORDS), "type": kind}
    if draw(st.booleans()):
        made["help"] = draw(WORDS)
    if kind in ("single_choice", "multi_choice", "multi_choice_dated") or (
        kind == "yes_no" and draw(st.booleans())
    ):
        made["options"] = draw(options(kind))
    if kind.startswith("multi") and draw(st.booleans()):
        made.update(allow_empty=True, none_label=draw(WORDS))
    if kind in ("date", "multi_choice_dated") and draw(st.booleans()):
        made["allow_future"] = True
    if kind != "date" and draw(st.booleans()):
        made["moves_with_time"] = True
    readable = [question for question in earlier if question["type"] != "date"]
    if draw(st.integers(0, 3)) and readable:
        made["show_when"] = draw(conditions(readable))
    return made


@st.composite
def packs(draw: st.DrawFn) -> Tables:
    """The tables of a sound pack whose questions are anything that a pack allows."""
    asked: list[dict[str, Any]] = [
        {"id": "born", "text": "Born?", "type": "date", "birth_date": True}
    ]
    for number in range(draw(st.integers(1, 7))):
        asked.append(draw(questions(f"q{number}", asked)))
    cut = draw(st.integers(1, len(asked)))
    sections = [
        {"id": f"s{number}", "title": draw(WORDS), "question": part}
        for number, part in enumerate((asked[:cut], asked[cut:]))
        if part
    ]
    head = {
        "name": "random", "version": "1.2.3", "title": draw(WORDS), "modalities": ["MN_PEN"],
        "areas": ["neck", "back"], "unsure_message": draw(WORDS),
    }  # fmt: skip
    return {
        "questions": {"pack": head, "section": sections},
        "rules": {"rule": [RULE], "combination": [COMBINATION]},
        "sources": {"source": [SOURCE]},
    }


def too_long_for_fhir() -> Tables:
    """Not the last of a hundred follow-ups: each of them may be hidden, which is "no" as well."""
    tables = copy.deepcopy(bare_tables())
    asked: list[dict[str, Any]] = [{"id": "f0", "text": "?", "type": "yes_no"}]
    for number in range(1, 120):
        yes = {"q": f"f{number - 1}", "op": "eq", "value": "yes"}
        asked.append({"id": f"f{number}", "text": "?", "type": "yes_no", "show_when": yes})
    asked[-1]["show_when"] = {"not": asked[-1]["show_when"]}
    sections: Any = tables["questions"]["section"]
    sections.append({"id": "more", "title": "More", "question": asked})
    return tables
