"""The rule packs that come with this release, read from their files.

Each pack is a folder ``content/<name>-<version>/`` of TOML files: ``questions``, ``rules`` and
``sources``, and mostly ``lexicon``, ``checks``, ``conflicts``, ``cases``,
``policy``, ``depth_limits``, ``jurisdictions`` and ``flags``. A released folder never changes: a
new version is a new folder. As plain tables, by the name of the file, a pack is what is hashed,
stored, compared and edited.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

from screening.engine import Pack, PackError, build_pack
from screening.engine.bounds import check_bounds

CONTENT = Path(__file__).parent / "content"
DEFAULT_NAME = "microneedling"
NEEDED = ("questions", "rules", "sources")
FILES = (
    *NEEDED,
    *("lexicon", "checks", "conflicts", "cases"),
    *("policy", "depth_limits", "jurisdictions", "flags"),
)
_FOLDER = re.compile(r"([a-z][a-z0-9-]*)-(\d+)\.(\d+)\.(\d+)", re.ASCII)


Tables = dict[str, dict[str, object]]
"""A pack as its files hold it: the content of each TOML file by its name without ending."""


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
    return load_folder(_folder(pack_id))


def latest(name: str = DEFAULT_NAME) -> Pack:
    """The newest version of a pack. UnknownPack if there is none of that name."""
    versions = [pack_id for pack_id in available() if pack_id.partition("@")[0] == name]
    if not versions:
        raise UnknownPack(f"there is no pack named {name!r}")
    return load_pack(versions[-1])


def tables_of(pack_id: str) -> Tables:
    """The tables of a pack of this release. UnknownPack, PackError."""
    return read_tables(_folder(pack_id))


def load_folder(folder: Path) -> Pack:
    """Read a pack from a folder. PackError if a file is missing or unsound."""
    pack = pack_from(read_tables(folder))
    if folder.name != f"{pack.name}-{pack.version}":
        raise PackError(f"questions.toml: the pack {pack.id} lies in the folder {folder.name!r}")
    return pack


def read_tables(folder: Path) -> Tables:
    """The tables of a folder. PackError if a needed file is missing or one cannot be read."""
    return {
        name: _read(path)
        for name in FILES
        if (path := folder / f"{name}.toml").exists() or name in NEEDED
    }


def pack_from(tables: Tables) -> Pack:
    """Build and check a pack. PackError naming the file, the place in it and what is wrong."""
    for name in NEEDED:
        if name not in tables:
            raise PackError(f"{name}.toml: is missing")
    for name in tables:
        if name not in FILES:
            raise PackError(f"{name}.toml: no such file belongs to a pack")
    check_bounds(tables)
    return build_pack(**tables, sha256=hash_of_tables(tables))


def canonical_text(tables: Tables) -> str:
    """What is hashed and stored: JSON, keys sorted, no spaces. PackError if it cannot be kept."""
    try:
        return json.dumps(
            tables, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
    except (TypeError, ValueError, RecursionError) as error:
        raise PackError(f"the pack cannot be written down: {error}") from error


def hash_of_tables(tables: Tables) -> str:
    """SHA-256 (hexadecimal) of the canonical text in UTF-8. PackError if it has none."""
    try:
        return sha256(canonical_text(tables).encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise PackError("the pack holds a character that is no character") from error


def _folder(pack_id: str) -> Path:
    if pack_id not in available():
        raise UnknownPack(f"there is no pack {pack_id[:80]!r}; there is {', '.join(available())}")
    return CONTENT / pack_id.replace("@", "-")


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackError(f"{path.name}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PackError(f"{path.name}: {error}") from error
