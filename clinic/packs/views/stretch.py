"""A part of a pack in stretches: a page holds so many rows, and every row can be jumped to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from urllib.parse import urlencode

from django.http import QueryDict

from clinic.packs.views.parts import Group, Row

PAGE = 50
"""Rows on one page, so that a page stays light however much a pack comes to hold."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A group of rows: `url` is the page that begins with it."""

    title: str
    number: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """What one page shows of a part, and the ways to the rest of it."""

    groups: list[Group]
    topics: list[Topic]
    previous_url: str
    next_url: str


def stretch_of(groups: Sequence[Group], asked: QueryDict) -> Stretch:
    """The page that is asked for: `?at=` a row, `?after=` so many, else the first."""
    rows = [(title, row) for title, found in groups for row in found]
    start = _start(rows, asked)
    end = start + PAGE
    typed = asked.get("q", "")
    return Stretch(
        groups=[
            (title, [row for _, row in found])
            for title, found in groupby(rows[start:end], key=lambda pair: pair[0])
        ],
        topics=_topics(groups, typed) if len(rows) > PAGE else [],
        previous_url=_url(typed, max(0, start - PAGE)) if start else "",
        next_url=_url(typed, end) if end < len(rows) else "",
    )


def _start(rows: Sequence[tuple[str, Row]], asked: QueryDict) -> int:
    at, after = asked.get("at", ""), asked.get("after", "")
    if at:
        places = (place for place, (_, row) in enumerate(rows) if row.anchor == at)
        return next(places, 0) // PAGE * PAGE
    return int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0


def _topics(groups: Sequence[Group], typed: str) -> list[Topic]:
    begins = [0, *accumulate(len(rows) for _, rows in groups)]
    return [
        Topic(title=title, number=len(rows), url=_url(typed, before))
        for (title, rows), before in zip(groups, begins, strict=False)
        if title
    ]


def _url(typed: str, after: int) -> str:
    return "?" + urlencode({**({"q": typed} if typed else {}), "after": after})
