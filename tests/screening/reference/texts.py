"""What free text says, and whether somebody must read it."""

from __future__ import annotations

import re
from typing import Any

from .conditions import truth


def read_texts(case: dict[str, Any], lexicon: dict[str, Any]) -> None:
    """Which texts say something, which somebody must read, and what the others tick."""
    everyday = lexicon.get("everyday")
    case.update(said=set(), unread=set(), ticks=set(), everyday=(everyday or {}).get("question"))
    for name, question in case["asked"].items():
        text = case["answers"][name]
        if question["type"] != "text" or not isinstance(text, str):
            continue
        if not says_something(text, everyday):
            continue
        case["said"].add(name)
        ticks = everyday_ticks(text, everyday, case) if everyday else None
        if ticks is None:
            case["unread"].add(name)
        else:
            case["ticks"] |= ticks


def says_something(text: str, everyday: dict[str, Any] | None) -> bool:
    said = " ".join(text.lower().split())
    if everyday is None:
        while said.endswith((".", " ")):
            said = said[:-1]
        return said not in ("none", "no", "nothing", "n/a")
    return bool(said.strip("- –—")) and said.strip(" .!-,;") not in everyday["nothing"]


def everyday_ticks(text: str, everyday: dict[str, Any], case: dict[str, Any]) -> set[str] | None:
    """The options that a text counts as, part by part; None where a part is nothing listed."""
    for curly, straight in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(curly, straight)
    parts = re.split(r"[,;\n\r+&]|\.(?=\s|$)|\band\b|\bplus\b", text.lower())
    parts = [" ".join(part.split()).strip(" .!,;-") for part in parts]
    ticks: set[str] = set()
    for part in (part for part in parts if part):
        if part in everyday["nothing"]:
            continue
        group = everyday_group(part, everyday)
        if group is None or ("only_if" in group and not truth(group["only_if"], case, three=False)):
            return None
        ticks |= {group["option"]} if group.get("option") else set()
    return ticks if any(parts) else None


def everyday_group(part: str, everyday: dict[str, Any]) -> dict[str, Any] | None:
    """The group whose phrase it is, at any point while beginnings, then ends are taken off."""
    for begun in (part, *without(part, everyday, begins)):
        for left in (begun, *without(begun, everyday, ends)):
            for group in everyday["group"]:
                if left in group["phrases"]:
                    return dict(group)
    return None


def without(part: str, everyday: dict[str, Any], cut: Any) -> list[str]:
    """What is left each time something is taken off, until nothing more can be."""
    found = []
    while (shorter := cut(part, everyday)) is not None:
        found.append(part := shorter)
    return found


def begins(part: str, everyday: dict[str, Any]) -> str | None:
    for lead in sorted(everyday["lead"], key=len, reverse=True):
        if part.startswith(lead + " "):
            return part[len(lead) + 1 :]
    return None


def ends(part: str, everyday: dict[str, Any]) -> str | None:
    for tail in sorted(everyday["tail"], key=len, reverse=True):
        if part.endswith(" " + tail):
            return part[: -len(tail) - 1]
    units = "|".join(map(re.escape, sorted(everyday["units"], key=len, reverse=True)))
    shorter = re.sub(rf" \d+(?:[.,]\d+)?(?: ?(?:{units}))?$", "", part)
    return None if shorter == part else shorter
