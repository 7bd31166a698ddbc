"""`manage.py aftercare_sheet`: JSON in, paper out, and one clear line where that cannot be."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.aftercare.treatment import MAYA_JSON, written


def clinic(**changes: Any) -> dict[str, Any]:
    return {**MAYA_JSON["clinic"], **changes}


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


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "maya.json"
    file.write_text(written())
    with pytest.raises(CommandError, match="output: No such file or directory"):
        call_command("aftercare_sheet", str(file), "-o", str(tmp_path / "none" / "x.pdf"))
