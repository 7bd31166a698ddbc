"""A drawn signature as strokes: read from the browser, kept, and drawn again. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import pairwise

Point = dict[str, float]
Stroke = list[Point]

MOST_POINTS = 20_000
LEAST_LENGTH = 20.0
"""Pixels drawn in all: less is a slip of the finger, not a signature."""
MARGIN = 8.0
REACH = 1e15


class NotASignature(ValueError):
    """What came from the browser is not a drawn signature."""


def read_strokes(raw: str) -> list[Stroke]:
    """The strokes in the JSON of signature_pad: a list of groups, each with its points.

    Only x, y (pixels) and time (milliseconds) of each point are kept. Raises `NotASignature`.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError
        raise NotASignature("unreadable") from error
    return clean(data)


def clean(data: object) -> list[Stroke]:
    """Strokes from plain data, checked. Raises `NotASignature`."""
    if not isinstance(data, list):
        raise NotASignature("not a list of strokes")
    strokes = [_stroke(group) for group in data]
    strokes = [stroke for stroke in strokes if stroke]
    if sum(map(len, strokes)) > MOST_POINTS:
        raise NotASignature("too many points")
    if sum(map(_length, strokes)) < LEAST_LENGTH:
        raise NotASignature("too short")
    return strokes


def svg(strokes: Sequence[Stroke], *, label: str) -> str:
    """An SVG picture of the strokes, cropped to them, in black ink. `label` must be plain text."""
    xs = [point["x"] for stroke in strokes for point in stroke]
    ys = [point["y"] for stroke in strokes for point in stroke]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    width, height = max(xs) - left + MARGIN, max(ys) - top + MARGIN
    lines = "".join(f'<path d="{_path(stroke)}"/>' for stroke in strokes)
    title = label.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} '
        f'{width:.1f} {height:.1f}" width="{width:.0f}" height="{height:.0f}" role="img">'
        f'<title>{title}</title><g fill="none" stroke="#1c272b" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{lines}</g></svg>'
    )


def _stroke(group: object) -> Stroke:
    points = group.get("points") if isinstance(group, dict) else group
    if not isinstance(points, list):
        raise NotASignature("a stroke without points")
    return [_point(point) for point in points]


def _point(raw: object) -> Point:
    if not isinstance(raw, dict):
        raise NotASignature("not a point")
    point = {}
    for key in ("x", "y", "time"):
        value = raw.get(key, 0 if key == "time" else None)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NotASignature("a point is not a number")
        # NaN is not within any bounds; a whole number may be too long to be a float.
        if not -REACH <= value <= REACH:
            raise NotASignature("a point is out of reach")
        point[key] = round(float(value), 1)
    return point


def _length(stroke: Stroke) -> float:
    return sum(math.hypot(b["x"] - a["x"], b["y"] - a["y"]) for a, b in pairwise(stroke))


def _path(stroke: Stroke) -> str:
    first, *rest = stroke
    # A dot is drawn as a line to itself, with round ends.
    to = rest or [first]
    return f"M{first['x']:.1f} {first['y']:.1f}" + "".join(
        f"L{p['x']:.1f} {p['y']:.1f}" for p in to
    )
