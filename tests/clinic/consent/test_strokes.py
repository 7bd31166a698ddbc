"""A drawn signature is read strictly and drawn again as it was."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.consent.strokes import NotASignature, clean, read_strokes, svg

LINE = [{"x": 0.0, "y": 0.0, "time": 0}, {"x": 30.0, "y": 0.0, "time": 9}]


def test_what_signature_pad_sends_is_read() -> None:
    sent = [{"penColor": "#000", "minWidth": 0.5, "points": [p | {"pressure": 0.5} for p in LINE]}]
    assert read_strokes(json.dumps(sent)) == [LINE]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{}",
        "null",
        "[1]",
        '[{"points": 3}]',
        '[{"points": [4]}]',
        '[{"points": [{"x": "1", "y": 2}]}]',
        '[{"points": [{"x": true, "y": 2}]}]',
        '[{"points": [{"x": NaN, "y": 2}]}]',
        '[{"points": [{"x": 1e99, "y": 2}]}]',
        '[{"points": [{"x": 1, "y": 2}]}]',
        "[]",
        pytest.param(f'[{{"points": [{{"x": {"1" * 400}, "y": 2}}]}}]', id="no float so big"),
        pytest.param(f"[{'1' * 5000}]", id="no integer so long"),
    ],
)
def test_anything_else_is_no_signature(raw: str) -> None:
    with pytest.raises(NotASignature):
        read_strokes(raw)


def test_a_flood_of_points_is_refused() -> None:
    with pytest.raises(NotASignature, match="too many"):
        clean([[{"x": float(n % 90), "y": 1.0} for n in range(20_001)]])


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=9))
def test_no_plain_data_breaks_the_reader(data: Any) -> None:
    with pytest.raises(NotASignature):
        clean(data)


def test_the_picture_is_cropped_to_the_strokes_and_names_itself() -> None:
    picture = svg([LINE], label="Maya <Lind>")
    assert 'viewBox="-8.0 -8.0 46.0 16.0"' in picture
    assert "<title>Maya &lt;Lind></title>" in picture
    assert re.search(r'd="M0\.0 0\.0L30\.0 0\.0"', picture)
