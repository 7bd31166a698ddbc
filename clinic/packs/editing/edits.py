"""Every place in which two plain tables differ: nothing is left out, whatever its name.

Lists of tables are matched by what names their entries (`id`, `code`, `value`), so that a moved
rule is moved and not new. Some things are told as one: a condition, a window, an override.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from clinic.packs.editing.names import name_in_list

NAMES = ("id", "code", "value", "name")
AS_ONE = frozenset({"when", "show_when", "said_by", "window", "override"})
BY_OPTION = "window_by_option"


class How(StrEnum):
    """What happened to a place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One place that differs. `path` leads there by keys, and by names of entries in lists.

    `old` is None where the place is new, `new` where it is gone; a list that was only put in
    another order is MOVED, with the names of its entries before and after.
    """

    path: tuple[str, ...]
    how: How
    old: object = None
    new: object = None


def edits(old: object, new: object, path: tuple[str, ...] = ()) -> Iterator[Edit]:
    """Every place in which two values differ. None at all where both are the same content."""
    if same(old, new):
        return
    told_as_one = bool(path) and (path[-1] in AS_ONE or path[-2:-1] == (BY_OPTION,))
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not told_as_one:
        yield from _in_tables(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and _all_tables([*old, *new]):
        yield from _in_lists(old, new, path)
    else:
        yield Edit(path=path, how=How.CHANGED, old=old, new=new)


def same(old: object, new: object) -> bool:
    """Whether two values are the same content: `1`, `1.0` and `true` are not."""
    return content(old) == content(new)


def content(value: object) -> str:
    """A value as one text in which the order of keys does not matter."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def _in_tables(
    old: Mapping[str, object], new: Mapping[str, object], path: tuple[str, ...]
) -> Iterator[Edit]:
    for key in [*old, *(key for key in new if key not in old)]:
        here = (*path, str(key))
        if key not in new:
            yield Edit(path=here, how=How.REMOVED, old=old[key])
        elif key not in old:
            yield Edit(path=here, how=How.ADDED, new=new[key])
        else:
            yield from edits(old[key], new[key], here)


def _in_lists(old: list[object], new: list[object], path: tuple[str, ...]) -> Iterator[Edit]:
    before, after = _by_name(old), _by_name(new)
    if before is None or after is None:
        yield from _in_order(old, new, path)
        return
    kept = [name for name in before if name in after]
    for name in [*before, *(name for name in after if name not in before)]:
        here = (*path, name)
        if name not in after:
            yield Edit(path=here, how=How.REMOVED, old=before[name])
        elif name not in before:
            yield Edit(path=here, how=How.ADDED, new=after[name])
        else:
            yield from edits(before[name], after[name], here)
    if kept != [name for name in after if name in before]:
        yield Edit(path=path, how=How.MOVED, old=list(before), new=list(after))


def _in_order(old: list[object], new: list[object], path: tuple[str, ...]) -> Iterator[Edit]:
    """Entries without names are matched by their content."""
    matcher = SequenceMatcher(a=list(map(content, old)), b=list(map(content, new)), autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(end - start, last - first)
        for step in range(paired):
            here = (*path, str(first + step + 1))
            yield from edits(old[start + step], new[first + step], here)
        for number in range(start + paired, end):
            yield Edit(path=(*path, str(number + 1)), how=How.REMOVED, old=old[number])
        for number in range(first + paired, last):
            yield Edit(path=(*path, str(number + 1)), how=How.ADDED, new=new[number])


def _by_name(items: list[object]) -> dict[str, object] | None:
    """The entries by what names each of them; None where nothing does."""
    if items and all(isinstance(item, Mapping) and "stop_above_mm" in item for item in items):
        limits = {name_in_list(item): item for item in items if isinstance(item, Mapping)}
        return {**limits} if len(limits) == len(items) else None
    for key in NAMES:
        named: dict[str, object] = {
            str(item[key]): item
            for item in items
            if isinstance(item, Mapping) and isinstance(item.get(key), str)
        }
        if len(named) == len(items):
            return named
    return None


def _all_tables(items: list[object]) -> bool:
    return all(isinstance(item, Mapping) for item in items)
