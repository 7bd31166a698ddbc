"""Every place of a pack, broken in every simple way: refused by name, or knowingly let pass.

What is said is written down in `refusals.txt`, for a reviewer to read: a change of any of these
sentences, or of what passes, shows there as a difference.
"""

from __future__ import annotations

import pytest

from screening.engine import PackError, build_pack
from tests.screening.refusals import READ, WRITTEN, lines, read
from tests.screening.small_pack import SMALL


def test_what_is_read_of_a_pack() -> None:
    found = read("pack", build_pack(**SMALL))
    assert found == READ.read_text(encoding="utf-8").splitlines()


def test_what_is_said_of_every_broken_place() -> None:
    expected = WRITTEN.read_text(encoding="utf-8").splitlines()
    for found, written in zip(lines(), expected, strict=True):
        assert found == written


@pytest.mark.parametrize(("length", "cut"), [(400, False), (401, True)])
def test_a_very_long_error_is_told_by_its_two_ends(length: int, *, cut: bool) -> None:
    message = "a" * 200 + "b" * (length - 200)
    said = str(PackError(message))
    assert (said == f"{'a' * 198} … {'b' * 198}") is cut
    assert (said == message) is not cut
