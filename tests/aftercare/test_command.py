"""`manage.py aftercare_sheet`: JSON in, paper out, and one clear line where that cannot be."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from aftercare.facts import FactsError
from aftercare.reading import current
from aftercare.selection import choose_sheet
from aftercare.treatmentfile import check_printable, parse
from tests.aftercare.treatment import MAYA_JSON, written


def clinic(**changes: Any) -> dict[str, Any]:
    return {**MAYA_JSON["clinic"], **changes}


def person(**changes: Any) -> dict[str, Any]:
    return {**MAYA_JSON["client"], **changes}


def test_it_writes_the_sheet_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "maya.json", tmp_path / "maya.pdf"
    file.write_text(written())
    call_command("aftercare_sheet", str(file), "-o", str(out))
    assert "Today, Tuesday 16 June" in PdfReader(out).pages[0].extract_text()
    assert capsys.readouterr().out == f"{out}: 2 pages\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("{", "file: is not readable as JSON"),
        ("[]", "file: must be an object"),
        (written(client=None), "client: is missing"),
        (written(client={"first_name": "Maya"}), "client.full_name: is missing"),
        (written(treated_at="yesterday"), "treated_at: must be as in"),
        (written(treated_at="2026-06-16T14:30"), "treated_at: the time needs its offset"),
        (written(time_zone="Mars/Base"), "time_zone: there is no time zone 'Mars/Base'"),
        (written(modality="LASER"), "modality: must be one of"),
        (written(depths_mm={"cheeks": "deep"}), "depths_mm.cheeks: must be a number"),
        (written(depths_mm={"cheeks": True}), "depths_mm.cheeks: must be a number"),
        (written(depths_mm={"cheeks": -1}), "depths_mm.cheeks: must be more than 0"),
        (written(numbing_used=None), "numbing_used: is missing"),
        (written(numbing_used="no"), "numbing_used: must be true or false"),
        (written(session_number=1.5), "session_number: must be a whole number"),
        (written(flags="strict_sun"), "flags: must be a list"),
        (written(flags=["sunny"]), "flags: there is no 'sunny'"),
        (written(products=[{"name": "Cream"}]), "products[0].how_often: is missing"),
        (written(products=[3]), "products[0]: must be an object"),
        (written(products=[{}] * 9), "products: must have at most"),
        (written(practitioner="x" * 201), "practitioner: must be at most"),
        (written(adress="12"), "adress: is not a field"),
        (written(clinic=clinic(emergency_phone="")), "clinic.emergency_phone: the clinic's"),
        (written(clinic=clinic(emergency_phone=None)), "clinic.emergency_phone: the clinic's"),
        (written(previous={"modality": "MN_PEN"}), "previous.depth_mm: is missing"),
        (written(client=person(full_name="Maya \ud800")), "client.full_name: holds what cannot"),
        (
            written(practitioner="Dr \U0001f600"),
            "practitioner: holds what cannot be printed: U+1F600",
        ),
        (written(products=[{"name": "\u202e", "how_often": "x"}]), "products[0].name: holds"),
        (written(treated_at="0001-01-01T00:00:00+14:00"), "treated_at: the year must be from 2000"),
        (written(treated_at="9999-12-31T23:59:59-12:00"), "treated_at: the year must be from 2000"),
        (written(treated_at="\ud800"), "treated_at: must be as in"),
        (written(depths_mm={"cheeks": 10**400}), "depths_mm.cheeks: is too large a number"),
        (written(depths_mm={"cheeks": float("nan")}), "depths_mm.cheeks: must be more than 0"),
        (written(depths_mm={"cheeks": float("-inf")}), "depths_mm.cheeks: must be more than 0"),
        (written(depths_mm={"cheeks": 1e-320}), "depths_mm.cheeks: must be more than 0"),
        (written(depths_mm={"\ud800\n": 1}), "depths_mm: there is no"),
        (written(depths_mm=[]), "depths_mm: must be an object"),
        (written(session_number=10**400), "session_number: must be at most 1000"),
        (written(session_number=-1), "session_number: the first session is number 1"),
        (written(time_zone="\ud800"), "time_zone: there is no time zone"),
        (written(time_zone="\x00"), "time_zone: there is no time zone"),
        (written(time_zone="Europe"), "time_zone: there is no time zone"),
        (written(flags=["\ud800"]), "flags: there is no"),
        (written(**{"\ud800\nx": 1}), "\\ud800\\u000ax: is not a field"),
        (written(client=person(date_of_birth="1990-02-30")), "client.date_of_birth: must be as in"),
        (written(client=person(date_of_birth=1990)), "client.date_of_birth: must be text"),
        (written(details=[{"label": "Device"}]), "details[0].text: is missing"),
        (written(details=[{"label": "Device", "text": "x" * 301}]), "details[0].text: must be at"),
        (written(reaction=["hives"]), "reaction: must be text"),
        ("[" * 100_000, "file: is not readable as JSON"),
        ('{"client": ' + "9" * 5_000 + "}", "file: is not readable as JSON"),
        ("\ufeff{}", "file: is not readable as JSON"),
        ("", "file: is not readable as JSON"),
        ("null", "file: must be an object"),
    ],
)
def test_bad_input_is_one_line_that_names_the_field(
    content: str, line: str, tmp_path: Path
) -> None:
    file, out = tmp_path / "bad.json", tmp_path / "bad.pdf"
    file.write_text(content)
    with pytest.raises(CommandError) as caught:
        call_command("aftercare_sheet", str(file), "-o", str(out))
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
    str(caught.value).encode()
    assert len(str(caught.value)) < 320
    assert caught.value.returncode == 2
    assert not out.exists()


def test_from_the_shell_it_reads_standard_input_and_needs_no_database(tmp_path: Path) -> None:
    out = tmp_path / "maya.pdf"
    command = [sys.executable, "manage.py", "aftercare_sheet", "-", "-o", str(out)]
    # nothing listens there: any use of the database would fail
    nowhere = {
        "DATABASE_URL": "postgresql://cleared_app:x@127.0.0.1:9/none",
        "DATABASE_OWNER_URL": "postgresql://cleared_owner:x@127.0.0.1:9/none",
        "SECRET_KEY": "a key for this one command only, longer than fifty characters",
        "ALLOWED_HOSTS": "localhost",
        "PUBLIC_URL": "https://localhost",
        "EMAIL_URL": "console:",
        "TIME_ZONE": "Europe/London",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        command, input=written(), env=nowhere, text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes().startswith(b"%PDF-1.7")


def test_from_the_shell_bad_input_ends_with_status_two(tmp_path: Path) -> None:
    command = [sys.executable, "manage.py", "aftercare_sheet", "-", "-o", str(tmp_path / "x.pdf")]
    done = subprocess.run(
        command, input=json.dumps({}), text=True, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip() == "CommandError: client: is missing"


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "maya.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match=r"^file: is not UTF-8 text$") as caught:
        call_command("aftercare_sheet", str(file), "-o", str(tmp_path / "x.pdf"))
    assert caught.value.returncode == 2


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()))
    | st.sampled_from([10**400, "2026-06-16T14:30+01:00", "0001-01-01T00:00+23:59", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(MAYA_JSON)), JSON_VALUES, min_size=1, max_size=3))
def test_whatever_stands_in_the_file_it_is_a_treatment_or_one_line(changes: dict[str, Any]) -> None:
    text = json.dumps(MAYA_JSON | changes)
    try:
        facts = parse(text)
        check_printable(text)
    except FactsError:
        return
    assert choose_sheet(facts, current()).full_name


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "maya.json"
    file.write_text(written())
    with pytest.raises(CommandError, match="output: No such file or directory"):
        call_command("aftercare_sheet", str(file), "-o", str(tmp_path / "none" / "x.pdf"))
