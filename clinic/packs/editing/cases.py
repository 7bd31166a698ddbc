"""The pack's own test cases when the pack changes: what they expect, and what they answer."""

from collections.abc import Callable, Mapping

from clinic.packs.editing.names import Table, Tables, entries, text, texts
from clinic.packs.editing.replace import NewTables, with_entry
from screening.engine import Result


def with_case_as_it_is(tables: Tables, name: str, result: Result) -> NewTables:
    """The case expects from now on what the rules say of it."""
    case = next((one for one in entries(tables.get("cases", {}), "case") if one["id"] == name), {})
    expected = case.get("expected")
    before: Table = expected if isinstance(expected, Mapping) else {}
    new = {**case, "expected": expected_of(before, result)}
    return with_entry(tables, "cases", "case", name, new)


def expected_of(before: Table, result: Result) -> dict[str, object]:
    """What a result is, written as a case expects it; only the keys that tell something."""
    expected: dict[str, object] = {"level": result.level.name}
    if "complete" in before or not result.complete:
        expected["complete"] = result.complete
    if result.missing:
        expected["missing"] = list(result.missing)
    if result.defer_until:
        expected["defer_until"] = result.defer_until.isoformat()
    if "earliest" in before:
        expected["earliest"] = result.earliest.isoformat() if result.earliest else "none"
    if flags := [flag for flag in texts(before, "flags") if flag in result.flags]:
        expected["flags"] = flags
    if result.hits:
        expected["hits"] = [
            {"code": hit.code, "outcome": hit.outcome, "level": hit.level.name}
            | ({"defer_until": hit.defer_until.isoformat()} if hit.defer_until else {})
            for hit in result.hits
        ]
    return expected


def answering(tables: Tables, question: str, answer: object) -> NewTables:
    """Every case answers a new question: as somebody whom it does not concern."""
    return _with_baseline(tables, lambda answers: {**answers, question: answer})


def not_answering(tables: Tables, question: str) -> NewTables:
    """No case answers a question that is gone."""

    def without(answers: Table) -> dict[str, object]:
        return {key: value for key, value in answers.items() if key != question}

    whole = _with_baseline(tables, without)
    if "cases" in whole and isinstance(whole["cases"].get("case"), list):
        whole["cases"]["case"] = [
            _case_without(one, question) for one in entries(whole["cases"], "case")
        ]
    return whole


def _case_without(case: Table, question: str) -> Table:
    answers, left_out = case.get("answers"), texts(case, "without")
    new = dict(case)
    if isinstance(answers, Mapping) and question in answers:
        new["answers"] = {key: value for key, value in answers.items() if key != question}
    if question in left_out:
        new["without"] = [one for one in left_out if one != question]
    return new


def _with_baseline(tables: Tables, change: Callable[[Table], Table]) -> NewTables:
    whole: NewTables = {key: dict(table) for key, table in tables.items()}
    baseline = whole.get("cases", {}).get("baseline")
    if isinstance(baseline, Mapping) and isinstance(answers := baseline.get("answers"), Mapping):
        whole["cases"]["baseline"] = {**baseline, "answers": change(answers)}
    return whole


def case_named(tables: Tables, name: str) -> Table | None:
    """The table of one case."""
    return next(
        (one for one in entries(tables.get("cases", {}), "case") if text(one, "id") == name), None
    )
