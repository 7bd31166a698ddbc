"""The rule packs that come with this release, read from their files.

Each pack is a folder ``content/<name>-<version>/`` with ``questions.toml``, ``rules.toml`` and
``sources.toml``. A released folder never changes: a new version is a new folder.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

from screening.engine import Pack, PackError, build_pack

CONTENT = Path(__file__).parent / "content"
DEFAULT_NAME = "microneedling"
_FILES = ("questions", "rules", "sources")
_FOLDER = re.compile(r"([a-z][a-z0-9-]*)-(\d+)\.(\d+)\.(\d+)", re.ASCII)


class UnknownPack(LookupError):
    """No pack of that name and version is part of this release."""


def available() -> tuple[str, ...]:
    """``name@version`` of every pack, by name and then oldest version first."""
    found = []
    for folder in CONTENT.iterdir():
        if folder.is_dir() and (match := _FOLDER.fullmatch(folder.name)):
            name, *numbers = match.groups()
            found.append((name, tuple(map(int, numbers))))
    return tuple(f"{name}@{'.'.join(map(str, numbers))}" for name, numbers in sorted(found))


@cache
def load_pack(pack_id: str) -> Pack:
    """Load one pack by ``name@version``; read and checked once per process.

    UnknownPack if there is none; PackError, naming the file and the rule, if it is not sound.
    """
    if pack_id not in available():
        raise UnknownPack(f"there is no pack {pack_id!r}; there is {', '.join(available())}")
    return load_folder(CONTENT / pack_id.replace("@", "-"))


def latest(name: str = DEFAULT_NAME) -> Pack:
    """The newest version of a pack. UnknownPack if there is none of that name."""
    versions = [pack_id for pack_id in available() if pack_id.partition("@")[0] == name]
    if not versions:
        raise UnknownPack(f"there is no pack named {name!r}")
    return load_pack(versions[-1])


def load_folder(folder: Path) -> Pack:
    """Read a pack from a folder. PackError if a file is missing or unsound."""
    tables = {name: _read(folder / f"{name}.toml") for name in _FILES}
    pack = build_pack(**tables, sha256=_canonical_hash(tables))
    if folder.name != f"{pack.name}-{pack.version}":
        raise PackError(f"questions.toml: the pack {pack.id} lies in the folder {folder.name!r}")
    return pack


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError(f"{path.name}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise PackError(f"{path.name}: {error}") from error


def _canonical_hash(tables: dict[str, dict[str, object]]) -> str:
    text = json.dumps(tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
