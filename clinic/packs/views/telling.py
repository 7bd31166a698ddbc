"""Changes as a page lists them: by part of the pack, then by what they are about."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest

from clinic.packs.editing.difference import Change, difference
from clinic.packs.editing.labels import PARTS
from clinic.packs.editing.names import Tables

Told = list[tuple[str, list[tuple[str, list[Change]]]]]


PAGE = 100
"""Changes on one page: whoever brings in a whole pack reads several."""
VERSION = ("questions", "pack", "version")


def changes_between(old: Tables, new: Tables) -> list[Change]:
    """Every difference but the number of the version, which every draft has."""
    return [change for change in difference(old, new) if change.path != VERSION]


def told_by_part(changes: Iterable[Change]) -> Told:
    """(name of the part, [(where, its changes)]) in the order of the pack."""
    return [
        (str(PARTS.get(part, part)), _by_subject(list(found)))
        for part, found in groupby(sorted(changes, key=_place), key=lambda change: change.part)
    ]


def one_page(request: HttpRequest, changes: list[Change]) -> dict[str, Any]:
    """What a page of the difference shows: a stretch of the changes, and how to go on."""
    typed = request.GET.get("after", "")
    start = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    ordered = sorted(changes, key=_place)
    end = start + PAGE
    return {
        "parts": told_by_part(ordered[start:end]),
        "number": len(changes),
        "softer": sum(change.softer for change in changes),
        "next_url": f"?after={end}" if end < len(changes) else "",
        "previous_url": f"?after={max(0, start - PAGE)}" if start else "",
    }


def _place(change: Change) -> int:
    order = list(PARTS)
    return order.index(change.part) if change.part in order else len(order)


def _by_subject(changes: list[Change]) -> list[tuple[str, list[Change]]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.where, []).append(change)
    return list(groups.items())
