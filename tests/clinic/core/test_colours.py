"""Words keep a contrast of 4.5 to 1 on what lies behind them, lines that matter 3 to 1."""

import re
from pathlib import Path

import pytest
from django.conf import settings


def colours() -> dict[str, str]:
    css = Path(settings.BASE_DIR, "static", "css", "app.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, after WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", ["clear", "advise", "review", "defer", "stop"])
def test_a_level_can_be_read_on_its_own_ground_and_on_white(tone: str) -> None:
    known = colours()
    assert contrast(known[tone], known[f"{tone}-soft"]) >= 4.5
    assert contrast(known[tone], "#ffffff") >= 4.5


@pytest.mark.parametrize("ink", ["ink", "ink-soft", "accent", "accent-dark"])
@pytest.mark.parametrize("ground", ["ground", "accent-soft"])
def test_words_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    known = colours()
    assert contrast(known[ink], known[ground]) >= 4.5
    assert contrast(known[ink], "#ffffff") >= 4.5


def test_the_border_of_an_input_can_be_seen() -> None:
    known = colours()
    assert contrast(known["line-strong"], "#ffffff") >= 3
    assert contrast(known["line-strong"], known["ground"]) >= 3
