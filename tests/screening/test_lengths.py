"""A pack whose names are too long to be kept with a finding is refused before anybody meets it."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from clinic.intake.models import Finding
from screening.engine import PackError
from screening.engine.lengths import LONGEST_NAME, LONGEST_SOURCE, LONGEST_TITLE
from screening.packs import Tables, latest, pack_from, tables_of

SOUND = tables_of(latest().id)


def rule(tables: Any) -> dict[str, Any]:
    found: dict[str, Any] = tables["rules"]["rule"][0]
    return found


def cite(tables: Any, name: str) -> None:
    sources = tables["sources"]["source"]
    sources.append({**sources[0], "id": name})
    rule(tables)["sources"].append(name)


TOO_LONG: list[tuple[str, Callable[[Any], Any]]] = [
    ("its id", lambda t: cite(t, "N" * (LONGEST_SOURCE + 1))),
    ("its code", lambda t: rule(t).update(code="c" * (LONGEST_NAME + 1))),
    ("its title", lambda t: rule(t).update(title="t" * (LONGEST_TITLE + 1))),
    ("its id", lambda t: rule(t)["outcome"][0].update(id="o" * (LONGEST_NAME + 1))),
    ("its title", lambda t: t["lexicon"]["lexicon"].update(title="t" * (LONGEST_TITLE + 1))),
    ("its title", lambda t: t["checks"]["haste"].update(title="t" * (LONGEST_TITLE + 1))),
]


def changed(change: Callable[[Any], Any]) -> Tables:
    tables = copy.deepcopy(SOUND)
    tables.pop("cases")
    change(tables)
    return tables


@pytest.mark.parametrize(("what", "change"), TOO_LONG)
def test_what_no_finding_could_keep_is_refused(what: str, change: Callable[[Any], Any]) -> None:
    with pytest.raises(PackError, match=rf"{what} is longer than \d+ characters$"):
        pack_from(changed(change))


def test_what_just_fits_is_accepted() -> None:
    pack_from(changed(lambda t: cite(t, "N" * LONGEST_SOURCE)))
    pack_from(changed(lambda t: rule(t).update(title="t" * LONGEST_TITLE)))


def test_a_finding_keeps_as_much_as_a_pack_may_say() -> None:
    kept: dict[str, Any] = {
        name: Finding._meta.get_field(name) for name in ("code", "outcome", "title", "sources")
    }
    longest = {name: getattr(field, "base_field", field).max_length for name, field in kept.items()}
    assert longest == {
        "code": LONGEST_NAME,
        "outcome": LONGEST_NAME,
        "title": LONGEST_TITLE,
        "sources": LONGEST_SOURCE,
    }
