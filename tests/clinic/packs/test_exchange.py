"""Rules as files: who may keep one, who may bring one in, and what is refused and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse

from clinic.core.actor import Actor, Role
from clinic.packs import actions, queries
from clinic.packs.content import tables_of
from clinic.packs.models import Draft
from clinic.packs.views import exchange
from screening.exchange import FORMATS, ExchangeError, read_archive, write_archive
from screening.exchange.fhir import from_questionnaire, to_questionnaire
from screening.packs import Tables
from tests.access import assert_access
from tests.clinic.packs.conftest import longer
from tests.factories import NOW, Cast, rules

pytestmark = pytest.mark.django_db

READERS = {Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR}
WHY = "Longer waits."


def fhir(tables: Tables, release: Any = "R5") -> bytes:
    return json.dumps(to_questionnaire(tables, release)).encode()


def bring_in(browser: Browser, cast: Cast, content: bytes, **fields: str) -> Any:
    browser.force_login(cast.lena)
    upload = SimpleUploadedFile("secret name.zip", content)
    data = {"file": upload, "why": WHY, "version": "", **fields}
    return browser.post(reverse("packs:import"), data)


def draft(lena: Actor) -> Draft:
    return actions.import_draft(actor=lena, tables=longer(), why=WHY, at=NOW)


def test_who_may_keep_published_rules(client: Browser, cast: Cast) -> None:
    in_force = rules.in_force()
    for form in FORMATS:
        kwargs = {"pack_id": in_force.pk, "form": form}
        missing = {"pack_id": 0, "form": form}
        assert_access(
            client, cast, "packs:export_pack", kwargs, allowed_roles=READERS, missing=missing
        )


def test_who_may_keep_a_draft(client: Browser, cast: Cast, lena: Actor) -> None:
    kwargs = {"draft_id": draft(lena).pk, "form": "files"}
    missing = {"draft_id": 0, "form": "files"}
    assert_access(
        client, cast, "packs:export_draft", kwargs, allowed_roles=READERS, missing=missing
    )


def test_who_may_bring_rules_in(client: Browser, cast: Cast) -> None:
    rules.in_force()
    assert_access(client, cast, "packs:import", allowed_roles={Role.CLINICAL_LEAD})


@pytest.mark.parametrize(
    ("form", "kind", "name"),
    [
        ("files", "application/zip", ".zip"),
        ("fhir-r4b", "application/fhir+json", "-fhir-r4b.json"),
        ("fhir-r5", "application/fhir+json", "-fhir-r5.json"),
    ],
)
def test_published_rules_are_given_out_as_they_are(
    client: Browser, cast: Cast, form: str, kind: str, name: str
) -> None:
    in_force = rules.in_force()
    client.force_login(cast.audra)
    answer = client.get(reverse("packs:export_pack", args=[in_force.pk, form]))
    assert answer.headers["Content-Type"] == kind
    version = f"{in_force.name}-{in_force.version}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{version}{name}"'
    tables = rules.tables_in_force(in_force.version)
    if form == "files":
        assert read_archive(answer.content)["rules"] == tables["rules"]
    else:
        assert json.loads(answer.content)["status"] == "active"
        assert from_questionnaire(answer.content) == tables["questions"]


def test_a_draft_is_given_out_as_a_draft(client: Browser, cast: Cast, lena: Actor) -> None:
    client.force_login(cast.mark)
    answer = client.get(reverse("packs:export_draft", args=[draft(lena).pk, "fhir-r5"]))
    found = json.loads(answer.content)
    assert (found["status"], found["version"]) == ("draft", "1.3.0")


def test_a_form_that_there_is_not(client: Browser, cast: Cast) -> None:
    client.force_login(cast.lena)
    url = reverse("packs:export_pack", args=[rules.in_force().pk, "fhir-r9"])
    assert client.get(url).status_code == 404


def test_what_fhir_cannot_carry_is_said_and_the_archive_named(
    client: Browser, cast: Cast, lena: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_named: Any) -> None:
        raise ExchangeError("Questionnaire: item 'x' goes too deep")

    monkeypatch.setattr(exchange, "export", refuse)
    client.force_login(cast.lena)
    answer = client.get(reverse("packs:export_draft", args=[draft(lena).pk, "fhir-r5"]))
    assert answer.status_code == 409
    assert "item &#x27;x&#x27; goes too deep" in answer.content.decode()


@pytest.mark.parametrize("kind", ["archive", "questionnaire"])
def test_a_file_becomes_a_draft(client: Browser, cast: Cast, kind: str) -> None:
    rules.in_force()
    content = write_archive(longer()) if kind == "archive" else fhir(longer(), "R4B")
    answer = bring_in(client, cast, content)
    made = Draft.objects.get()
    assert answer.headers["Location"] == reverse("packs:draft", args=[made.pk])
    assert (str(made), made.why, made.actor_id) == ("microneedling@1.3.0", WHY, cast.lena.pk)
    found = tables_of(queries.newest_revision(made))
    if kind == "archive":
        assert found == longer()
    else:  # a Questionnaire brings no rules: those in force stay
        assert found["questions"] == longer()["questions"]
        assert found["rules"] == rules.tables_in_force("1.3.0")["rules"]


def test_another_version_than_in_the_file(client: Browser, cast: Cast) -> None:
    rules.in_force()
    bring_in(client, cast, write_archive(longer()), version="3.0.0")
    assert str(Draft.objects.get()) == "microneedling@3.0.0"


def without(question: str) -> bytes:
    resource = json.loads(fhir(rules.tables_in_force("1.3.0")))
    for group in resource["item"]:
        group["item"] = [item for item in group["item"] if item["linkId"] != question]
    return json.dumps(resource).encode()


@pytest.mark.parametrize(
    ("made", "field", "line"),
    [
        (
            lambda: b"",
            "file",
            "It is neither a pack saved as .zip nor a FHIR Questionnaire (.json).",
        ),
        (lambda: b"PK\x03\x04", "file", "archive: is not a zip file that can be read"),
        (lambda: b"{" * 5000, "file", "Questionnaire: is not valid JSON"),
        (lambda: b'{"resourceType": "Patient"}', "file", "resourceType: should be Questionnaire"),
        (lambda: without("pregnant"), "file", "unknown question &#x27;pregnant&#x27;"),
        (lambda: b"x" * (17 * 1024 * 1024), "file", "The file is larger than 16 MB."),
        (lambda: write_archive(rules.tables_in_force("1.0.0")), "version", "must be above"),
    ],
    ids=["nothing", "half a zip", "braces", "a patient", "no question", "huge", "old"],
)
def test_what_cannot_be_used_is_said_beside_the_field_and_nothing_is_kept(
    client: Browser, cast: Cast, made: Any, field: str, line: str
) -> None:
    rules.in_force()
    answer = bring_in(client, cast, made())
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert line in answer.content.decode()
    assert WHY in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_version_that_is_none(client: Browser, cast: Cast) -> None:
    rules.in_force()
    answer = bring_in(client, cast, write_archive(longer()), version="next")
    assert list(answer.context["form"].errors) == ["version"]


class Ran:
    def __init__(self, *words: str, capsys: pytest.CaptureFixture[str]) -> None:
        call_command(*words)
        self.out = capsys.readouterr().out


def test_a_pack_goes_out_and_comes_in_by_command(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_force = rules.in_force()
    path = tmp_path / "pack.zip"
    path.write_bytes(write_archive(longer()))
    checked = Ran("import_pack", str(path), "--check", capsys=capsys)
    assert checked.out.startswith("microneedling@1.3.0: ")
    assert not Draft.objects.exists()
    Ran("import_pack", str(path), "--by", cast.lena.email.upper(), "--why", WHY, capsys=capsys)
    made = Draft.objects.get()
    assert (str(made), made.base, made.actor_id) == ("microneedling@1.3.0", in_force, cast.lena.pk)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--why", WHY], "--by and --why are needed"),
        (["--by", "nobody@example.org", "--why", WHY], "no clinical lead with that e-mail"),
        (["--by", "petra", "--why", WHY], "no clinical lead with that e-mail"),
        (["--check", "--as-version", "next"], "A version has three numbers"),
    ],
)
def test_what_the_command_refuses(cast: Cast, tmp_path: Path, words: list[str], line: str) -> None:
    rules.in_force()
    path = tmp_path / "pack.zip"
    path.write_bytes(write_archive(longer()))
    words = [cast.petra.email if word == "petra" else word for word in words]
    with pytest.raises(CommandError, match=line) as caught:
        call_command("import_pack", str(path), *words)
    assert caught.value.returncode == 2
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\0", b"PK", b"{}", b"[" * 9999])
def test_a_file_that_is_no_pack_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(content)
    for name in (str(path), str(tmp_path), "nowhere", "a\0b"):
        with pytest.raises(CommandError) as caught:
            call_command("import_pack", name, "--check")
        assert caught.value.returncode == 2
        assert len(str(caught.value).splitlines()) == 1
