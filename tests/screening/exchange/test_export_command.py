"""manage.py export_pack: a pack of this release as a file, the same bytes each time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from screening.exchange import FORMATS, ExchangeError, bring_in
from screening.packs import available, latest, tables_of


def exported(path: Path, *words: str) -> bytes:
    call_command("export_pack", *words, "-o", str(path), stdout=io.StringIO())
    return path.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("pack_id", available())
def test_what_goes_out_comes_in_again(tmp_path: Path, pack_id: str, form: str) -> None:
    content = exported(tmp_path / "pack", pack_id, "--format", form)
    assert content == exported(tmp_path / "again", pack_id, "--format", form)
    assert bring_in(content, tables_of(pack_id)) == tables_of(pack_id)
    if form != "files":
        assert json.loads(content)["status"] == "active"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["nothing@1.0.0"], "there is no pack 'nothing@1.0.0'"),
        (["../microneedling@1.0.0"], "there is no pack"),
    ],
)
def test_a_pack_that_there_is_not(tmp_path: Path, words: list[str], line: str) -> None:
    with pytest.raises(CommandError, match=line) as caught:
        exported(tmp_path / "pack", *words)
    assert caught.value.returncode == 2
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("name", ["/", "/nowhere/pack", "a\0b"])
def test_a_file_that_cannot_be_written(name: str) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("export_pack", latest().id, "-o", name)
    assert caught.value.returncode == 2
    assert len(str(caught.value).splitlines()) == 1


def test_a_questionnaire_alone_is_no_pack(tmp_path: Path) -> None:
    content = exported(tmp_path / "pack", latest().id, "--format", "fhir-r5")
    with pytest.raises(ExchangeError, match="there is no pack whose questions it could replace"):
        bring_in(content)
