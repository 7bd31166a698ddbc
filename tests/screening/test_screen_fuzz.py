"""manage.py screen against anything: an answer or one line a case, never a traceback."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.screening.cases import BASELINE_ANSWERS, pack, raw_context
from tests.screening.test_screen_command import Run

NAMED = re.compile(r"case \d+( \(.{1,60}\))?: \S")

WHOLE = {
    "context": {
        **raw_context(),
        "last_session": {"date": "2026-05-01", "modality": "MN_PEN", "depth_mm": 1.0},
    },
    "answers": BASELINE_ANSWERS,
    "id": "C1",
}

ODD_TEXTS = st.one_of(
    st.sampled_from([
        "", " ", "\0", "\ud800", "a\udfffb", "\u202eabc", "x" * 20_500, "yes", "not_sure", "NaN",
        "2026-02-30", "0000-00-00", "0000", "9999", "9999-12-31", "0001-01-01", "2026-13", "٢٠٢٦",
        "0001-01-01/9999-12-31", "9999-12-31/0001-01-01", "2026-01-01/2026-01-02/2026-01-03",
        "\r\ncase 7: no", "MN_PEN",
    ]),
    st.text(max_size=12),
)  # fmt: skip
NUMBERS = st.one_of(
    st.integers(),
    st.integers(-(10**50), 10**50),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from([10**400, -(10**4200), 1e308, 5e-324, -0.0]),
)
ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, ODD_TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(ODD_TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    for key in value if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], dict | list):
            _places(value[key], found)
    return found


@st.composite
def spoilt_cases(draw: st.DrawFn) -> Any:
    """A sound case with up to four places changed: a value, a key, a level more or less."""
    made: Any = copy.deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 4))):
        places = _places(made, [])
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        match draw(st.sampled_from(["value", "value", "remove", "key", "wrap", "swap"])):
            case "value":
                holder[key] = draw(ODD)
            case "remove":
                del holder[key]
            case "key" if isinstance(holder, dict):
                holder[draw(ODD_TEXTS)] = holder.pop(key)
            case "swap":
                other, place = draw(st.sampled_from(places))
                holder[key] = copy.deepcopy(other.get(place) if isinstance(other, dict) else 7)
            case _:
                holder[key] = [holder[key]]
    return made


def as_text(value: Any) -> str:
    """JSON as somebody hostile writes it: NaN and long numbers are let through."""
    return json.dumps(value)


def screened(path: Path, data: bytes, *options: str) -> Run:
    path.write_bytes(data)
    return Run(str(path), *options)


def check(run: Run, cases: int, *, answered: int | None = None) -> None:
    lines = run.err.splitlines()
    assert run.code == (2 if lines else 0)
    assert len(lines) <= cases
    for line in lines:
        assert NAMED.match(line)
        assert line.isprintable()
        assert len(line) < 800
    if answered is not None:
        assert len(lines) + answered == cases


fuzz = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzz
@given(st.lists(spoilt_cases(), min_size=1, max_size=3))
def test_a_spoilt_case_is_answered_or_refused_by_name(tmp_path: Path, cases: list[Any]) -> None:
    """Each case of a list, and a sound one between them, gives one answer or one line."""
    texts = [as_text(case) for case in cases]
    texts.insert(1, json.dumps(WHOLE))
    run = screened(tmp_path / "list", f"[{', '.join(texts)}]".encode(), "--json")
    check(run, len(texts), answered=len(json.loads(run.out)))
    by_line = screened(tmp_path / "lines", "\n".join(texts).encode(), "--jsonl")
    assert by_line.err == run.err
    check(by_line, len(texts), answered=len(by_line.out.splitlines()))
    alone = screened(tmp_path / "one", texts[0].encode())
    check(alone, 1)
    assert bool(alone.out) != bool(alone.err)


@fuzz
@given(st.data())
def test_bytes_that_were_damaged_are_answered_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(json.dumps([WHOLE, WHOLE]).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    for options in (["--json"], ["--jsonl"], []):
        run = screened(tmp_path / "damaged", bytes(whole), *options)
        check(run, 2 + whole.count(b"\n") + whole.count(b","))


@fuzz
@given(st.binary(max_size=60))
def test_anything_at_all_is_answered_or_refused(tmp_path: Path, data: bytes) -> None:
    for options in (["--json"], ["--jsonl"], []):
        check(screened(tmp_path / "anything", data, *options), 60)


WRITTEN = json.dumps(WHOLE)


@pytest.mark.parametrize("options", [["--json"], ["--jsonl"], []], ids=str)
@pytest.mark.parametrize(
    "data",
    [
        WRITTEN.encode("utf-16"),
        WRITTEN.encode("utf-32"),
        b"\0" * 1000,
        b"\x7fELF\x02\x01\x01" + bytes(range(256)),
        b"[" * 10_000 + b"]" * 10_000,
        b'{"context": ' * 10_000 + b"1" + b"}" * 10_000,
        WRITTEN.replace('"C1"', "[" * 10_000 + "]" * 10_000).encode(),
        WRITTEN.replace('"C1"', '{"a":' * 10_000 + "1" + "}" * 10_000).encode(),
        b'"' * 10_001,
        b"[[],[],{}]",
        b"[" + b"0," * 3000 + b"0]",
    ],
    ids=lambda data: str(data)[:30],
)
def test_files_that_hold_no_case(tmp_path: Path, data: bytes, options: list[str]) -> None:
    run = screened(tmp_path / "file", data, *options)
    assert run.code == 2
    assert run.out in ("", "[]\n")
    check(run, 3001)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    run = screened(tmp_path / "file", b"\xef\xbb\xbf" + WRITTEN.encode(), "--json")
    assert json.loads(run.out)["pack"] == pack().id
    listed = screened(tmp_path / "file", b"\xef\xbb\xbf[" + WRITTEN.encode() + b", NaN]", "--json")
    assert len(json.loads(listed.out)) == 1


@pytest.mark.parametrize(
    "name", ["", ".", "/", "/dev/null/x", "a" * 5000, "a\0b", "\udcff", "a\nb"]
)
def test_a_name_that_is_no_file_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(CommandError) as caught:
        Run(name)
    assert caught.value.returncode == 2
    assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value).isprintable()


def test_an_empty_device_holds_no_case() -> None:
    assert Run("/dev/null").err == "case 1: is not valid JSON (line 1, column 1)\n"
    assert Run("/dev/null", "--jsonl").code == 0


@fuzz
@given(st.one_of(ODD_TEXTS, st.sampled_from(["microneedling", "@", "../../etc@1.0.0", "a@b@c"])))
def test_a_pack_that_there_is_not_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "case"
    path.write_text(WRITTEN, encoding="utf-8")
    if not name:
        assert Run(str(path), "--pack=").code == 0
        return
    with pytest.raises(CommandError, match=r"^--pack: there is no pack ") as caught:
        Run(str(path), f"--pack={name}")
    assert caught.value.returncode == 2
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("options", [["--json"], []], ids=str)
def test_a_terminal_of_any_encoding_can_show_the_answer(
    tmp_path: Path, encoding: str, options: list[str]
) -> None:
    path = tmp_path / "case.json"
    ill = {**WHOLE, "answers": {**BASELINE_ANSWERS, "rosacea": "flare", "smoking": "vape_only"}}
    path.write_text(json.dumps(ill), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "manage.py", "screen", str(path), *options],
        capture_output=True,
        env={"PYTHONIOENCODING": encoding, "PATH": "", "SECRET_KEY": "s" * 60},
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    shown = ran.stdout.decode(encoding)
    assert json.loads(shown)["complete"] if options else shown.startswith("case 1 (C1): ")
