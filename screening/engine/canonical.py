"""Canonical JSON, and its hash: keys sorted, no spaces, UTF-8."""

from __future__ import annotations

import json
from hashlib import sha256

canonical_json = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""A value as canonical JSON. TypeError for what is not JSON."""


def hash_of(text: str) -> str:
    """SHA-256 (hexadecimal) of a canonical text."""
    # surrogatepass: an unreadable text still gets a hash, so that the case can be refused by name.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
