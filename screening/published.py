"""Packs as the database holds them: those that clients are screened by."""

from __future__ import annotations

import json
from functools import lru_cache

from screening.engine import Pack
from screening.models import PackContent, RulePack
from screening.packs import DEFAULT_NAME, Tables, canonical_text, hash_of_tables, pack_from


def keep(tables: Tables) -> PackContent:
    """Store a pack's tables by their hash; the same ones are stored once."""
    row, _ = PackContent.objects.get_or_create(
        sha256=hash_of_tables(tables), defaults={"text": canonical_text(tables)}
    )
    return row


def tables_by(sha256: str) -> Tables:
    """The tables of that hash. PackContent.DoesNotExist."""
    found: Tables = json.loads(PackContent.objects.get(pk=sha256).text)
    return found


@lru_cache(maxsize=32)
def pack_by(sha256: str) -> Pack:
    """The pack of that hash, built once per process: what a hash stands for never changes."""
    return pack_from(tables_by(sha256))


def pack_of(row: RulePack) -> Pack:
    """The pack that a published row stands for."""
    return pack_by(row.sha256)


def newest_row(name: str = DEFAULT_NAME) -> RulePack | None:
    """The pack of that name which is in force: the one published last."""
    return RulePack.objects.filter(name=name).order_by("-published_at", "-pk").first()
