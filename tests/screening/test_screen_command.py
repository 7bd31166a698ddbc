"""manage.py screen: cases in, results out; what cannot be used is named in one line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.screening.cases import answers_with, raw_context

KEYS = [
    "complete",
    "missing",
    "level",
    "defer_until",
    "earliest",
    "hits",
    "flags",
    "pack",
    "answers_sha256",
    "undecided",
    "invalid_context",
    "law",
    "further",
]
HIT_KEYS = ["code", "outcome", "level", "defer_until", "message", "sources", "override"]


def case(
    answers: dict[str, Any] | None = None, context: dict[str, Any] | None = None, **extra: Any
) -> dict[str, Any]:
    return {"context": raw_context(context), "answers": answers_with(answers or {}), **extra}


class Run:
    """One run of the command: what it printed, and the code it ended with."""

    def __init__(self, path: str, *options: str, **named: str) -> None:
        out, err = io.StringIO(), io.StringIO()
        self.code: object = 0
        try:
            call_command("screen", path, *options, stdout=out, stderr=err, **named)
        except SystemExit as stop:
            self.code = stop.code
        self.out, self.err = out.getvalue(), err.getvalue()


@pytest.fixture
def screen(tmp_path: Path) -> Any:
    def run(content: object, *options: str) -> Run:
        path = tmp_path / "cases.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(json.dumps(content), encoding="utf-8")
        return Run(str(path), *options)

    return run


def test_one_case_has_the_keys_of_the_contract_and_what_is_noticed_beside(
    screen: Any,
) -> None:
    run = screen(case({"isotretinoin": "stopped", "isotretinoin_stop": "2026-01-31"}), "--json")
    result = json.loads(run.out)
    assert (run.code, run.err) == (0, "")
    assert list(result) == KEYS
    assert [list(hit) for hit in result["hits"]] == [HIT_KEYS]
    assert result["hits"][0]["override"] == {
        "allowed": True,
        "by": "prescriber",
        "reason_required": True,
    }
    assert result["hits"][0]["sources"] == ["R07", "R15", "R30", "R31", "R93", "R94"]
    assert (result["level"], result["complete"]) == ("DEFER", True)
    assert result["defer_until"] == result["earliest"] == "2026-07-31"
    assert result["pack"] == "microneedling@1.2.0"
    assert len(result["answers_sha256"]) == 64
    assert result["further"] == {"level": "DEFER", "hits": [], "assumed": []}


def test_what_an_uncertain_date_was_taken_as_is_told_apart(screen: Any) -> None:
    said = case({"sun_exposure": {"tan": "2026-05"}, "hair_removal": "no"})
    result = json.loads(screen(said, "--json").out)
    assert result["further"]["assumed"] == [
        {"question": "sun_exposure", "option": "tan", "said": "2026-05", "day": "2026-05-31"}
    ]
    assert result["complete"] is True
    text = screen(said).out
    assert "sun_exposure.tan: '2026-05' is taken as 31 May 2026." in text
    stopped = case({"isotretinoin": "stopped", "isotretinoin_stop": "2025-12-01/2026-06-01"})
    assert "isotretinoin_stop: '2025-12-01/2026-06-01' is taken as 1 June 2026." in (
        screen(stopped).out
    )


@pytest.mark.parametrize("said", ["2025-13", "2025-3", "2026-06-02/", "２０２５", "9" * 9999])
def test_a_date_that_is_none_is_missing_and_no_error(screen: Any, said: str) -> None:
    run = screen(case({"isotretinoin": "stopped", "isotretinoin_stop": said}), "--json")
    result = json.loads(run.out)
    assert (run.code, result["missing"]) == (0, ["isotretinoin_stop"])
    assert result["level"] == "REVIEW"


def test_a_list_of_cases_gives_a_list(screen: Any) -> None:
    run = screen([case(), case({"pregnant": "yes"})], "--json")
    assert [result["level"] for result in json.loads(run.out)] == ["CLEAR", "CONTRAINDICATED"]


def test_one_case_a_line_gives_one_result_a_line(screen: Any) -> None:
    lines = [json.dumps(case()), "", json.dumps(case({"rosacea": "calm"}))]
    run = screen("\n".join(lines).encode(), "--jsonl")
    assert [json.loads(line)["level"] for line in run.out.splitlines()] == ["CLEAR", "REVIEW"]


def test_a_person_reads_level_reasons_and_dates(screen: Any) -> None:
    run = screen(case({"unwell": "yes", "smoking": "vape_only"}, {"planned_date": "2026-06-10"}))
    assert run.out.startswith("case 1: DEFER")
    assert "Not before 15 June 2026." in run.out
    assert "Nothing stands in the way from 15 June 2026." in run.out
    assert "DEFER until 15 June 2026: Feeling ill" in run.out
    assert "a practitioner may, with a reason" in run.out
    assert "ADVISE: Smoking or vaping." in run.out
    assert run.out.index("DEFER until") < run.out.index("ADVISE: Smoking")


def test_a_person_reads_what_is_missing(screen: Any) -> None:
    broken = case()
    del broken["answers"]["pregnant"]
    run = screen(broken)
    assert "Not complete. Missing: pregnant." in run.out
    assert "No date clears this by itself." in screen(case({"rosacea": "calm"})).out


def test_an_answer_that_is_none_is_missing_and_no_error(screen: Any) -> None:
    run = screen(case({"pregnant": "perhaps", "smoking": None}), "--json")
    assert json.loads(run.out)["missing"] == ["smoking", "pregnant"]
    assert run.code == 0


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(json.dumps(case()).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert json.loads(Run("-", "--json").out)["level"] == "CLEAR"


def test_a_pack_by_name(screen: Any) -> None:
    run = screen(case(), "--json", "--pack", "microneedling@1.2.0")
    assert json.loads(run.out)["pack"] == "microneedling@1.2.0"
    with pytest.raises(CommandError, match=r"there is no pack 'microneedling@2.0.0'") as caught:
        screen(case(), "--pack", "microneedling@2.0.0")
    assert caught.value.returncode == 2


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.json: No such file") as caught:
        Run("nowhere.json")
    assert caught.value.returncode == 2


def test_the_other_cases_are_still_answered(screen: Any) -> None:
    cases = [case(), case(context={"depth_mm": "deep"}, id="C2"), 7, case({"pregnant": "yes"})]
    run = screen(cases, "--json")
    assert [result["level"] for result in json.loads(run.out)] == ["CLEAR", "CONTRAINDICATED"]
    assert run.code == 2
    assert run.err.splitlines() == [
        "case 2 (C2): context.depth_mm: should be a number of millimetres",
        "case 3: should be an object with context and answers",
    ]


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [
        (b"[" * 50_000 + b"]" * 50_000, "case 2: is nested too deeply"),
        (b'{"context": NaN, "answers": {}}', "case 2: context: holds a number that is not one"),
        (b'{"answers": {"dob": 1, "dob": 2}}', "case 2: answers.dob: is given twice"),
        (b'{"answers": {"dob": 1e999}}', "case 2: answers.dob: holds a number out of range"),
        (b'{"a": "\xff"}', "case 2: is not UTF-8 text"),
        (b'{"a": tru}', "case 2: is not valid JSON (line 2, column 7)"),
        (b'{"a": "]}\\""', "case 1: is not valid JSON"),
        (b"", "case 2: is not valid JSON (line 3, column 1)"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_the_other_cases_of_a_list_are_answered_whatever_one_of_them_holds(
    screen: Any, spoilt: bytes, line: str
) -> None:
    good = json.dumps(case()).encode()
    run = screen(b"[" + good + b",\n" + spoilt + b"\n, " + good + b"]", "--json")
    assert run.code == 2
    assert run.err.startswith(line)
    assert len(run.err.splitlines()) == 1
    whole = line.startswith("case 1")  # brackets that do not close: nobody knows where it ends
    assert (run.out == "") if whole else (len(json.loads(run.out)) == 2)


def test_the_other_lines_are_still_answered(screen: Any) -> None:
    lines = [b"{", json.dumps(case()).encode(), b"\xff", b'{"context": {}, "answers": {}}']
    run = screen(b"\n".join(lines), "--jsonl", "--json")
    assert len(run.out.splitlines()) == 1
    assert run.code == 2
    assert run.err.splitlines() == [
        "case 1: is not valid JSON (line 2, column 1)",
        "case 3: is not UTF-8 text",
        "case 4: context.assessment_date: is missing",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"assessment_date": "1 June"}, "context.assessment_date: should be a date as YYYY-MM-DD"),
        ({"assessment_date": None}, "context.assessment_date: is missing"),
        ({"planned_date": 5}, "context.planned_date: should be a date as YYYY-MM-DD"),
        ({"modality": "LASER"}, "context.modality: should be one of MN_PEN, MN_ROLLER, RF_MN"),
        ({"modality": None}, "context.modality: is missing"),
        ({"depth_mm": True}, "context.depth_mm: should be a number of millimetres"),
        ({"depth_mm": 0}, "context.depth_mm: should be above 0 and at most 50 mm"),
        ({"depth_mm": -1}, "context.depth_mm: should be above 0 and at most 50 mm"),
        ({"depth_mm": 10**30}, "context.depth_mm: should be above 0 and at most 50 mm"),
        ({"areas": "neck"}, "context.areas: should be a list of areas"),
        ({"areas": ["soul"]}, "context.areas: holds an area that microneedling@1.2.0"),
        ({"anaesthetic_planned": "no"}, "context.anaesthetic_planned: should be true or false"),
        ({"test_patch_ok": 1}, "context.test_patch_ok: should be true or false"),
        ({"last_session": []}, "context.last_session: should be an object, or null for none"),
        ({"last_session": {"date": "x"}}, "context.last_session.date: should be a date"),
        ({"last_session": {"depth": 1}}, "context.last_session.depth: is not a field"),
        ({"anesthetic_planned": False}, "context.anesthetic_planned: is not a field"),
    ],
)
def test_a_context_that_cannot_be_used_is_named_by_field(
    screen: Any, change: dict[str, Any], line: str
) -> None:
    run = screen(case(context=change), "--json")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"case 1: {line}")
    assert len(run.err.splitlines()) == 1


def hostile(text: str, *, into: str = '"other_health": "none"') -> bytes:
    whole = json.dumps(case())
    assert into in whole
    return whole.replace(into, f'"other_health": {text}').encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "case 1: is not valid JSON"),
        (b"\xff\xfe\x00", "case 1: is not UTF-8 text"),
        (b"null", "case 1: should be an object with context and answers"),
        (b'"text"', "case 1: should be an object with context and answers"),
        (b"{}", "case 1: context: is missing"),
        (b'{"context": [], "answers": {}}', "case 1: context: should be an object"),
        (b'{"context": {}, "answers": 3}', "case 1: answers: should be an object"),
        (b'{"context": {}, "answers": {}, "answers": {}}', "case 1: answers: is given twice"),
        (b"[" * 100_000, "case 1: is nested too deeply"),
        (b'{"a":' * 100_000, "case 1: is nested too deeply"),
        (
            hostile("NaN"),
            "case 1: answers.other_health: holds a number that is not one (NaN or Infinity)",
        ),
        (
            hostile("-Infinity"),
            "case 1: answers.other_health: holds a number that is not one (NaN or Infinity)",
        ),
        (hostile("1e999"), "case 1: answers.other_health: holds a number out of range"),
        (hostile("9" * 5000), "case 1: answers.other_health: holds a number out of range"),
        (hostile('"\\ud800"'), "case 1: answers.other_health: holds half a character"),
        (hostile('"a\\u0000b"'), "case 1: answers.other_health: holds a NUL character"),
        (hostile('"' + "x" * 30_000 + '"'), "case 1: answers.other_health: is longer than 20000"),
        (hostile("[" * 50 + "]" * 50), "case 1: answers.other_health: is nested too deeply"),
        (hostile('"none", "smoking": "none"'), "case 1: answers.smoking: is given twice"),
        (hostile('"none", "pregant": "no"'), "case 1: answers.pregant: microneedling@1.2.0 has no"),
        (hostile('"none", "a\\nb\\ud800": 1'), "case 1: answers.a\\nb\\ud800: holds half"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_hostile_input_is_refused_in_one_line(screen: Any, content: bytes, line: str) -> None:
    for options in (["--json"], [], ["--jsonl"]):
        run = screen(content, *options)
        if not content and options == ["--jsonl"]:
            assert (run.code, run.out, run.err) == (0, "", "")  # no lines, no cases
            continue
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(line)
        assert len(run.err.splitlines()) == 1
        assert len(run.err) < 200


def test_a_line_without_end_is_refused_and_the_next_one_answered(screen: Any) -> None:
    run = screen(b"[" + b" " * 3_000_000 + b"\n" + json.dumps(case()).encode(), "--jsonl")
    assert run.err == "case 1: is longer than 1048576 bytes\n"
    assert json.loads(run.out)["level"] == "CLEAR"


def test_an_error_never_tells_what_someone_answered(screen: Any) -> None:
    run = screen(hostile('"secret\\u0000illness"'))
    assert "secret" not in run.err + run.out


def test_a_refused_case_never_breaks_the_line(screen: Any) -> None:
    run = screen([{**case(), "id": "a\nb", "answers": {"x\r\ny": 1}}])
    assert len(run.err.splitlines()) == 1
    assert run.err.startswith("case 1 (a\\nb): answers.x\\r\\ny: ")
