"""One pack as one file: a zip of its TOML files and a manifest.

``manifest.json`` holds ``format`` (1), ``name``, ``version`` and ``sha256``, the hash of the
pack's canonical content. The same pack always gives the same bytes: files are stored in a fixed
order, without compression, with one fixed date.
"""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping

import tomli_w

from screening.engine import Pack, PackError
from screening.packs import FILES, Tables, hash_of_tables, pack_from
from screening.strict_json import BadInput, check_values, read_json
from screening.toml_text import MAX_BYTES, read_toml

from .errors import ExchangeError

MANIFEST = "manifest.json"
FORMAT = 1
MAX_ARCHIVE = 16 * 1024 * 1024
MAX_MANIFEST = 4096
_KNOWN = (MANIFEST, *(f"{name}.toml" for name in FILES))
_BEFORE_1980 = (1980, 1, 1, 0, 0, 0)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_UNIX = 3
# What the standard library raises for a zip that is damaged or made to confuse.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def write_archive(tables: Tables) -> bytes:
    """The archive of a pack. PackError if it is not a sound pack."""
    pack = pack_from(tables)
    head = {"format": FORMAT, "name": pack.name, "version": pack.version, "sha256": pack.sha256}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _put(archive, MANIFEST, json.dumps(head, indent=2) + "\n")
        for name in FILES:
            if name in tables:
                _put(archive, f"{name}.toml", tomli_w.dumps(tables[name]))
    return out.getvalue()


def read_archive(data: bytes) -> Tables:
    """The tables of an archive whose files, manifest and hash agree and which make a sound pack.

    ExchangeError naming the file, the place and the reason. Nothing is written to disk, and
    nothing is unpacked before its size is known to be bearable.
    """
    contents = _contents(data)
    if MANIFEST not in contents:
        raise ExchangeError(f"{MANIFEST}: is missing")
    head = _manifest(contents.pop(MANIFEST))
    try:
        tables: Tables = {
            name: read_toml(contents[f"{name}.toml"], f"{name}.toml")
            for name in FILES
            if f"{name}.toml" in contents
        }
        pack = pack_from(tables)
    except PackError as error:
        raise ExchangeError(str(error)) from error
    _agree(head, pack, hash_of_tables(tables))
    return tables


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, date_time=_BEFORE_1980)
    info.create_system = _UNIX
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(info, text.encode("utf-8"))


def _contents(data: bytes) -> dict[str, bytes]:
    if len(data) > MAX_ARCHIVE:
        raise ExchangeError(f"archive: is longer than {MAX_ARCHIVE} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return {entry.filename: _read(archive, entry) for entry in entries}
    except ExchangeError:
        raise
    except _BROKEN as error:
        raise ExchangeError("archive: is not a zip file that can be read") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        # orig_filename: the standard library cuts a name at its first NUL.
        name = entry.orig_filename
        if name not in _KNOWN or entry.filename != name:
            raise ExchangeError(f"archive: {name[:80]!r} is no file of a pack")
        if name in seen:
            raise ExchangeError(f"archive: {name} is there twice")
        seen.add(name)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise ExchangeError(f"archive: {name} is not a plain file")
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKED:
            raise ExchangeError(f"archive: {name} is encrypted or packed in an unknown way")
        limit = MAX_MANIFEST if name == MANIFEST else MAX_BYTES
        if entry.file_size > limit:
            raise ExchangeError(f"archive: {name} is longer than {limit} bytes")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # Never more than the size that was checked, whatever the packed data would grow to.
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise ExchangeError(f"archive: {entry.filename} is not as long as it says")
    return content


def _manifest(data: bytes) -> Mapping[str, object]:
    try:
        head = read_json(data)
        check_values(head, "manifest")
    except BadInput as error:
        raise ExchangeError(f"{MANIFEST}: {error}") from error
    if not isinstance(head, dict) or set(head) != {"format", "name", "version", "sha256"}:
        raise ExchangeError(f"{MANIFEST}: should hold format, name, version and sha256")
    if head["format"] != FORMAT:
        raise ExchangeError(f"{MANIFEST}: format: only {FORMAT} can be read")
    return head


def _agree(head: Mapping[str, object], pack: Pack, found: str) -> None:
    for key, own in (("name", pack.name), ("version", pack.version), ("sha256", found)):
        if head[key] != own:
            raise ExchangeError(f"{MANIFEST}: {key}: does not agree with the files")
