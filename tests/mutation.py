"""For mutation testing alone (`-p tests.mutation`, set by [tool.mutmut] in pyproject.toml).

A pack is built, compiled and turned into functions once per process, by whichever test comes
first, so which test runs which function says nothing. Every mutant therefore meets all tests of its
part, the quickest to notice first. Thousands of mutants are too many for collecting the
tests again each time: they are called here as pytest would call them, those with fixtures apart.

mutmut leaves a function that asks at each call which mutant is wanted. Here the mutant, and of all
others the function as it was, take that place once: four times as many mutants in the same time.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from inspect import signature
from itertools import product
from types import FunctionType, ModuleType
from typing import Any

import pytest

from tests import profiles

ENGINE, GATES = "tests.screening.test_", "tests.clinic.booking.test_"
MEANING = (
    "conditions", "dates", "answers", "vignettes", "worked_cases", "earliest", "flags",
    "against_reference", "generated", "generated_edges", "random_packs", "unknown",
    "pack_content", "windows",
    "every_outcome", "never_clear", "any_window", "worse", "file_order",
)  # fmt: skip
PARTS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("canonical", "compile", "context", "earliest", "evaluate", "express", "findings", "generate",
     "generate_read", "judge", "levels", "program"): MEANING,
    ("answers", "partial", "assumed"): ("answers", "partial_dates", "unsafe_end", *MEANING),
    ("check_dates",): ("unsafe_end", "refusals", "pack_validation"),
    ("recognise", "spelling"): ("recognise_exactly", "recognise", "named"),
    ("named", "noticed", "further", "haste", "contradictions", "assess", "conduct"): (
        "assess_exactly", "beside_exactly", "assess", "haste", "contradictions", "named",
        "recognise", "further_validation", "vocabulary"),
    ("lexicon", "wording", "checks", "check_further", "filling"): (
        "refusals", "further_validation", "beside_exactly", "assess_exactly", "haste",
        "contradictions", "named", "vocabulary", "recognise"),
    ("lengths",): ("lengths", "refusals"),
    ("changes", "offers", "plan_parts", "days", "waits"): (
        "offers_exactly", "changes_exactly", "changes", "waits", "conflicts",
        "changes_brute_force"),
    ("conflicts",): ("refusals", "conflicts", "pack_validation"),
    ("cases",): ("refusals", "cases"),
    ("bounds",): ("pack_bounds",),
    ("rules",): ("conflicts", "beside_exactly", *MEANING),
    ("implies",): ("implies_exactly", "pack_validation", "pack_bounds"),
}  # fmt: skip
"""Modules of the engine, and the tests that they meet. All others meet `REST`."""
REST = (
    "refusals", "validation_exactly", "conditions", "pack_validation", "further_validation",
    "pack_bounds", "vignettes", "worked_cases", "flags", "offers_exactly",
)  # fmt: skip
AT_THE_GATES = (
    "gate_table", "gate_treating", "gate_ahead", "gate_order", "gate_reasons", "small_rules",
    "gate_properties",
)  # fmt: skip
TOO_SLOW = {
    "test_both_say_the_same_by_any_rules",
    "test_random_clients_reach_nearly_every_outcome",
    "test_random_rules_reach_every_level",
    "test_the_earliest_date_is_the_first_that_trying_every_day_finds",
    "test_no_bad_answer_to_any_question_ends_clear",
}
OURS = ("screening.", "tests.screening.", "clinic.booking.", "tests.clinic.booking.")
SECONDS = 40.0
"""How long a mutant may take, on a busy machine, before it counts as one that never ends."""


def pytest_addoption(parser: pytest.Parser) -> None:
    # The setting of pytest-django, which these tests do without.
    parser.addini("DJANGO_SETTINGS_MODULE", "unused here")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main() -> int:
    """Run the tests in place of pytest; 1 as soon as one fails."""
    mutant = os.environ.get("MUTANT_UNDER_TEST", "")
    try:
        modules = [load(name) for name in in_order(mutant)]
        if mutant == "stats":
            _every_function_has_tests()
            return 0
        if mutant != "fail":
            put_in_place(mutant)
        _as_if_new(mutant)
        for module in modules:
            for test in _tests(module):
                _run(test)
    except BaseException as failure:
        if os.environ.get("MUTANT_TOLD"):
            traceback.print_exc()
        if mutant in ("", "stats"):
            raise
        return 0 if isinstance(failure, KeyboardInterrupt) else 1
    return 0


def in_order(mutant: str) -> list[str]:
    """The modules of tests that a mutant meets, in their order; all where there is none."""
    if mutant.startswith("clinic."):
        return [GATES + name for name in AT_THE_GATES]
    if not mutant.startswith("screening."):
        every = dict.fromkeys(name for tests in (REST, *PARTS.values()) for name in tests)
        return [ENGINE + name for name in every] + [GATES + name for name in AT_THE_GATES]
    part = mutant.split(".")[2]
    found = (tests for modules, tests in PARTS.items() if part in modules)
    return [ENGINE + name for name in next(found, REST)]


def load(name: str) -> ModuleType:
    """A module of tests, with the profile that HYPOTHESIS_PROFILE asks for."""
    profiles.load()
    importlib.import_module("tests.mutation_gates")
    return importlib.import_module(name)


def _tests(module: ModuleType) -> Iterator[Callable[..., None]]:
    for name, found in vars(module).items():
        if name.startswith("test_") and name not in TOO_SLOW:
            yield found
        elif name.startswith("Test") and found.__module__ == module.__name__:
            tests = found()
            yield from (getattr(tests, test) for test in dir(found) if test.startswith("test_"))


def _run(test: Callable[..., None]) -> None:
    for arguments in _calls(test):
        test(**arguments)


def _calls(test: Callable[..., None]) -> Iterator[dict[str, Any]]:
    """Every call of a parametrised test, or of one whose fixture is no more than a parameter;
    none of a test that wants another fixture."""
    marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
    rows = [list(_rows(*mark.args[:2])) for mark in marks]
    for name in _wanted(test):
        fixture = vars(sys.modules[test.__module__]).get(name)
        marker = getattr(fixture, "_fixture_function_marker", None)
        if marker is not None and marker.params:
            rows.append([{name: value} for value in marker.params])
    for chosen in product(*rows):
        arguments = {name: value for row in chosen for name, value in row.items()}
        if _wanted(test) <= arguments.keys():
            yield arguments


def _rows(names: str | tuple[str, ...], values: Any) -> Iterator[dict[str, Any]]:
    split = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    for value in values:
        row = getattr(value, "values", None) if isinstance(value, tuple) else None
        if row is None or callable(row):
            row = (value,) if len(split) == 1 else value
        yield dict(zip(split, row, strict=True))


def _wanted(test: Callable[..., None]) -> set[str]:
    if hasattr(test, "hypothesis"):
        return set()
    return set(signature(test).parameters)


def _ours() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.startswith(OURS)]


def put_in_place(mutant: str) -> None:
    """Every function of the engine as it was, but for the one that is the mutant."""
    ours = _ours()
    swapped: dict[int, Any] = {}
    for module in ours:
        for name, found in list(vars(module).items()):
            if f"x_{name}__mutmut_orig" in vars(module):
                wanted = _wanted_version(module, f"x_{name}", module, mutant)
                swapped[id(found)] = lru_cache(wanted) if hasattr(found, "cache_info") else wanted
            elif isinstance(found, type) and found.__module__ == module.__name__:
                _put_methods(module, found, mutant)
    for module in ours:
        for name, found in list(vars(module).items()):
            if id(found) in swapped and "__mutmut" not in name:
                setattr(module, name, swapped[id(found)])


def _put_methods(module: ModuleType, kind: type, mutant: str) -> None:
    for name, found in list(vars(kind).items()):
        mangled = f"xǁ{kind.__name__}ǁ{name}"
        if f"{mangled}__mutmut_orig" not in vars(kind):
            continue
        method = _wanted_version(kind, mangled, module, mutant)
        if isinstance(found, property):
            setattr(kind, name, property(method))
        elif isinstance(found, cached_property):
            found.func = method
        elif isinstance(found, FunctionType):
            setattr(kind, name, method)


def _wanted_version(owner: Any, mangled: str, module: ModuleType, mutant: str) -> Any:
    name = mutant.removeprefix(f"{module.__name__}.")
    own = name != mutant and name.rpartition("__mutmut_")[0] == mangled
    return vars(owner)[name if own else f"{mangled}__mutmut_orig"]


def _as_if_new(mutant: str) -> None:
    """What was made before the mutant was there is made again."""
    from screening.engine.generate import generate
    from screening.engine.program import compile_pack
    from screening.packs import load_pack

    caches: list[Any] = [generate, compile_pack, load_pack]
    tests = [module for name, module in sys.modules.items() if name.startswith("tests.screening.")]
    found = (value for module in tests for name, value in vars(module).items() if name != "tables")
    for once in [*caches, *(value for value in found if hasattr(value, "cache_clear"))]:
        once.cache_clear()
    module, _, name = mutant.rpartition(".")
    if not name.startswith("x__made_"):
        return
    # A table of a module (see bin/mutants): the module and all that took it from there.
    table = name.removeprefix("x__made_").partition("__mutmut")[0]
    old = vars(sys.modules[module])[table]
    new = vars(sys.modules[module])[f"_made_{table}"]()
    for other in list(sys.modules.values()):
        if vars(other).get(table) is old:
            setattr(other, table, new)


def _every_function_has_tests() -> None:
    """What mutmut otherwise learns by running all tests: which function some test runs."""
    from mutmut.state import state

    found: Any = state()
    for module in _ours():
        part, found_by = _part(module.__name__), found.tests_by_mangled_function_name
        # mutmut begins with what it takes for the quickest.
        found.duration_by_test[f"part {part}"] = SECONDS + part / 100
        kinds = [kind for kind in vars(module).values() if isinstance(kind, type)]
        for owner in (module, *kinds):
            for name in vars(owner):
                mangled, _, which = name.rpartition("__mutmut_")
                if which == "orig":
                    found_by[f"{module.__name__}.{mangled}"] = {f"part {part}"}


def _part(module: str) -> int:
    """Which part of the code comes when: first what gives outcomes, last what reads packs."""
    name = module.rpartition(".")[2]
    found = (number for number, modules in enumerate(PARTS) if name in modules)
    return 0 if module.startswith("clinic.") else next(found, len(PARTS))
