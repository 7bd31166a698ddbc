"""A pack as one zip: the same bytes for the same pack, and nothing that is not a pack."""

from __future__ import annotations

import io
import json
import stat
import time
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.exchange import ExchangeError, read_archive, write_archive
from screening.packs import Tables, available, hash_of_tables, latest, tables_of
from tests.screening.cases import BARE, bare_tables
from tests.screening.exchange.packs import packs

NAMES = ["manifest.json", *(f"{name}.toml" for name in BARE)]


def files_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def sound() -> dict[str, bytes]:
    return files_of(write_archive(bare_tables()))


def zipped(
    files: list[tuple[str | zipfile.ZipInfo, bytes]], packed: int = zipfile.ZIP_DEFLATED
) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", packed) as archive:
        warnings.simplefilter("ignore")  # that a name is there twice is the point
        for name, content in files:
            archive.writestr(name, content, compress_type=packed)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ExchangeError) as caught:
        read_archive(data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def with_file(name: str, content: bytes) -> bytes:
    return zipped([*({**sound(), name: content}).items()])


@pytest.mark.parametrize("pack_id", available())
def test_a_pack_of_this_release_comes_back_as_it_was(pack_id: str) -> None:
    tables = tables_of(pack_id)
    archive = write_archive(tables)
    assert read_archive(archive) == tables
    assert hash_of_tables(read_archive(archive)) == hash_of_tables(tables)
    assert write_archive(read_archive(archive)) == archive


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(packs())
def test_any_pack_comes_back_as_it_was(tables: Tables) -> None:
    assert read_archive(write_archive(tables)) == tables


def test_the_manifest_names_the_pack_and_its_hash() -> None:
    files = sound()
    assert list(files) == NAMES
    assert json.loads(files["manifest.json"]) == {
        "format": 1,
        "name": "microneedling",
        "version": latest().version,
        "sha256": hash_of_tables(bare_tables()),
    }


def test_an_archive_packed_by_another_program_is_read() -> None:
    assert read_archive(zipped([*sound().items()])) == bare_tables()


def manifest(**changes: Any) -> bytes:
    return json.dumps({**json.loads(sound()["manifest.json"]), **changes}).encode()


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "archive: is not a zip file that can be read"),
    ("text", lambda: b"[pack]\n", "archive: is not a zip file that can be read"),
    ("half a zip", lambda: write_archive(bare_tables())[:-40],
     "archive: is not a zip file that can be read"),
    ("a flipped byte",
     lambda: write_archive(bare_tables()).replace(b"pregnan", b"pregnam", 1),
     "archive: is not a zip file that can be read"),
    ("no manifest", lambda: zipped([*list(sound().items())[1:]]), "manifest.json: is missing"),
    ("no rules", lambda: zipped([(n, c) for n, c in sound().items() if n != "rules.toml"]),
     "rules.toml: is missing"),
    ("a path", lambda: with_file("../rules.toml", b""), "archive: '../rules.toml' is no file of"),
    ("an absolute path", lambda: with_file("/etc/passwd", b""), "archive: '/etc/passwd' is no"),
    ("a folder", lambda: with_file("rules/", b""), "archive: 'rules/' is no file of a pack"),
    ("another file", lambda: with_file("run.py", b""), "archive: 'run.py' is no file of a pack"),
    ("a name cut by a NUL", lambda: with_file("rules.tomlX.py", b"")
     .replace(b"rules.tomlX.py", b"rules.toml\0.py"), "is no file of a pack"),
    ("a file twice", lambda: zipped([*sound().items(), ("rules.toml", b"")]),
     "archive: rules.toml is there twice"),
    ("a link", lambda: zipped([*list(sound().items())[:-1],
                               (entry(f"{BARE[-1]}.toml", stat.S_IFLNK | 0o777), b"/etc/passwd")]),
     "archive: depth_limits.toml is not a plain file"),
    ("a bomb", lambda: with_file("rules.toml", b"#" * 100_000_000),
     "archive: rules.toml is longer than 4194304 bytes"),
    ("packed in another way", lambda: zipped([*sound().items()], zipfile.ZIP_BZIP2),
     "is encrypted or packed in an unknown way"),
    ("no UTF-8", lambda: with_file("rules.toml", b'a = "\xff"'),
     "rules.toml: is not UTF-8 text (at byte 5)"),
    ("no TOML", lambda: with_file("rules.toml", b"[[rule]"), "rules.toml: Expected ']]'"),
    ("a key twice", lambda: with_file("rules.toml", b"a = 1\na = 2"), "rules.toml: Cannot over"),
    ("a manifest that is none", lambda: with_file("manifest.json", b"[]"),
     "manifest.json: should hold format, name, version and sha256"),
    ("a manifest with a key twice", lambda: with_file("manifest.json", b'{"a": 1, "a": 2}'),
     "manifest.json: a: is given twice"),
    ("a manifest without end", lambda: with_file("manifest.json", b"[" * 3000),
     "manifest.json: is nested too deeply"),
    ("another format", lambda: with_file("manifest.json", manifest(format=2)),
     "manifest.json: format: only 1 can be read"),
    ("another version", lambda: with_file("manifest.json", manifest(version="9.0.0")),
     "manifest.json: version: does not agree with the files"),
    ("another hash", lambda: with_file("manifest.json", manifest(sha256="0" * 64)),
     "manifest.json: sha256: does not agree with the files"),
    ("changed wording", lambda: with_file(
        "rules.toml", sound()["rules.toml"].replace(b"We treat people", b"We see people")),
     "manifest.json: sha256: does not agree with the files"),
    ("a rule that is unsound", lambda: with_file(
        "rules.toml", sound()["rules.toml"].replace(b'"pregnant"', b'"pregnnt"')),
     "rules.toml: rule 'pregnancy': unknown question 'pregnnt'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("made", "message"), [r[1:] for r in REFUSED], ids=[name for name, *_ in REFUSED]
)
def test_what_is_no_archive_of_a_pack_is_refused_in_one_line(
    made: Callable[[], bytes], message: str
) -> None:
    assert message in refusal(made())


def test_a_size_that_lies_unpacks_no_more_than_it_says() -> None:
    honest = with_file("rules.toml", b"#" * 3_000_000)
    lie = honest.replace((3_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lie != honest
    assert "archive: " in refusal(lie)


HOSTILE = {
    "nested lists": b"a = " + b"[" * 200_000,
    "nested tables": b"a = " + b"{a = " * 200_000,
    "a dotted key": b"a" + b".a" * 500_000 + b" = 1",
    "a dotted table": b"[a" + b".a" * 500_000 + b"]",
    "a dotted key in quotes": b'"a"' + b".' '" * 500_000 + b" = 1",
    "unfinished texts": b'a = "' + b'\\"' * 500_000,
    "an unfinished long text": b'a = """' + b'\\"""' * 500_000,
    "a number without end": b"a = " + b"9" * 1_000_000,
    "a hexadecimal number without end": b"a = 0x" + b"f" * 1_000_000,
    "a number that is none": b"a = nan",
    "an infinite number": b"a = [inf]",
    "a date": b"a = 2026-01-01",
    "a NUL": b'a = "\0"',
    "a NUL that is written": b'a = "\\u0000"',
    "half a character": b'a = "\\ud800"',
    "a text without end": b'a = "' + b"x" * 1_000_000 + b'"',
    "an empty key": b'"" = 1',
    "a million values": b"a = [" + b"1," * 1_000_000 + b"]",
    "a million tables": b"[[rule]]\n" * 400_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_in_one_line_and_in_little_time(content: bytes) -> None:
    data = with_file("rules.toml", content)
    started = time.perf_counter()
    line = refusal(data)
    assert time.perf_counter() - started < 10
    assert line.startswith("rules.toml: ")
    assert len(line) < 400


@settings(deadline=None)
@given(st.data())
def test_a_damaged_archive_never_fails_in_another_way(data: st.DataObject) -> None:
    whole = bytearray(write_archive(bare_tables()))
    for _ in range(data.draw(st.integers(1, 4))):
        # The directory at the end and the local heads are where a reader can be confused.
        place = data.draw(st.one_of(st.integers(1, 400), st.integers(len(whole) - 400, len(whole))))
        whole[place - 1] = data.draw(st.integers(0, 255))
    with suppress(ExchangeError):
        assert read_archive(bytes(whole)) == bare_tables()
