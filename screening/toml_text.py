"""TOML from outside, read without trust and without the reader's slow paths."""

from __future__ import annotations

import re
import tomllib

from screening.engine import PackError

MAX_BYTES = 4 * 1024 * 1024
MOST_DOTS = 60
"""Dots outside texts on one line. The parser's time grows with the square of a dotted key."""

# Texts and comments, each taken whole, also one that never ends: no character is looked at twice.
_QUIET = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)


def read_toml(data: bytes, name: str) -> dict[str, object]:
    """The content of a TOML file. PackError, on one line, naming the file and the place."""
    if len(data) > MAX_BYTES:
        raise PackError(f"{name}: is longer than {MAX_BYTES} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PackError(f"{name}: is not UTF-8 text (at byte {error.start})") from error
    for number, line in enumerate(_QUIET.sub('""', text).split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise PackError(f"{name}: near line {number}: too many dots on one line")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise PackError(f"{name}: is nested too deeply") from error
    except ValueError as error:
        raise PackError(f"{name}: {_one_line(str(error))}") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
