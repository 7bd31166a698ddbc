"""Loaded last into the process from which each mutant is forked: whatever takes long and has no
part in what is tested is done here, once. See tests/mutation.py."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import packs
from tests import mutation


@given(st.tuples(st.integers(), st.text(), st.floats(), st.dates(), st.sampled_from("ab")))
@settings(max_examples=3)
def _draw(drawn: object) -> None:
    """What Hypothesis looks up before its first case."""


def _run(*arguments: Any, **more: Any) -> int:
    return mutation.pytest_cmdline_main()


_draw()
vars(packs)["_read"] = cache(packs._read)  # the files do not change
packs.latest()
# Reading settings and plugins takes pytest longer than most mutants live.
vars(pytest)["main"] = _run
