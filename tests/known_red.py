"""Tests that were red when a session ended, told apart from all others: a debt, not a state.

Each line of `known_red.txt` names a test whose product or test has still to be mended (issue 8). It
runs, and is reported as expected to fail; whoever mends one takes its line out. No line is added
for convenience: whatever is red and not in the file fails the build.
"""

from pathlib import Path

import pytest

NAMED = frozenset(
    line.strip()
    for line in Path(__file__).with_name("known_red.txt").read_text().splitlines()
    if line.strip() and not line.startswith("#")
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what the file names, by its whole name or without its parameters."""
    for item in items:
        if item.nodeid in NAMED or item.nodeid.partition("[")[0] in NAMED:
            item.add_marker(pytest.mark.xfail(reason="known red: issue 8", strict=False))
