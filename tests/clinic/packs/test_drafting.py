"""Making new rules: what is kept, what is refused, who is told."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.audit.models import Event
from clinic.core.actor import SYSTEM, Actor
from clinic.core.errors import Refused
from clinic.packs import actions, queries
from clinic.packs.content import tables_of
from clinic.packs.errors import InvalidPack, NothingChanged, Overtaken
from clinic.packs.models import Draft, Revision
from clinic.packs.states import State
from screening.models import PackContent
from screening.packs import latest
from screening.published import tables_by
from tests.clinic.packs.conftest import longer
from tests.factories import NOW, Cast, rules

pytestmark = pytest.mark.django_db


def start(actor: Actor, version: str = "1.3.0", why: str = "A longer wait.") -> Draft:
    return actions.start_draft(actor=actor, base=rules.in_force(), version=version, why=why, at=NOW)


def change(actor: Actor, draft: Draft, tables: Any, expected: str, what: str = "x") -> Revision:
    return actions.change(
        actor=actor, draft=draft, tables=tables, expected_sha256=expected, what=what, at=NOW
    )


def test_a_draft_begins_as_the_rules_in_force_under_its_version(lena: Actor) -> None:
    draft = start(lena)
    first = queries.newest_revision(draft)
    expected: Any = tables_by(rules.in_force().sha256)
    expected["questions"]["pack"]["version"] = "1.3.0"
    assert tables_of(first) == expected
    assert (str(draft), first.number) == ("microneedling@1.3.0", 1)
    assert queries.state_of(queries.draft(lena, draft.pk)) is State.DRAFT
    assert set(Event.objects.filter(verb__startswith="packs.").values_list("verb", flat=True)) == {
        "packs.draft",
        "packs.change",
    }


def test_each_change_is_a_revision_of_its_own(lena: Actor) -> None:
    draft = start(lena)
    first = queries.newest_revision(draft)
    second = change(lena, draft, longer(), first.sha256, "Longer wait.")
    assert [one.number for one in queries.revisions(draft)] == [2, 1]
    assert tables_of(second) == longer()
    assert queries.newest_revision(draft) == second


def test_who_changed_it_meanwhile_is_not_overwritten(lena: Actor, lars: Actor) -> None:
    draft = start(lena)
    seen = queries.newest_revision(draft).sha256
    theirs = change(lars, draft, longer(70), seen)
    with pytest.raises(Overtaken) as told:
        change(lena, draft, longer(80), seen)
    assert told.value.revision == theirs


def test_the_same_again_is_no_revision(lena: Actor) -> None:
    draft = start(lena)
    first = queries.newest_revision(draft)
    with pytest.raises(NothingChanged):
        change(lena, draft, tables_of(first), first.sha256)


def _without_sources(tables: dict[str, Any]) -> None:
    rules.rule(tables, "rosacea")["sources"] = ["S999"]


def _unknown_question(tables: dict[str, Any]) -> None:
    rules.outcome(tables, "rosacea", "calm")["when"]["q"] = "rosaceae"


def _lone_surrogate(tables: dict[str, Any]) -> None:
    rules.rule(tables, "rosacea")["title"] = "Rosacea \ud800"


def _not_a_number(tables: dict[str, Any]) -> None:
    rules.outcome(tables, "topical_actives", "mn")["defer"]["window"] = {"days": float("nan")}


def _too_deep(tables: dict[str, Any]) -> None:
    deep: dict[str, Any] = {"q": "rosacea", "op": "eq", "value": "calm"}
    for _ in range(5000):
        deep = {"not": deep}
    rules.outcome(tables, "rosacea", "calm")["when"] = deep


def _another_file(tables: dict[str, Any]) -> None:
    tables["prices"] = {}


def _a_file_less(tables: dict[str, Any]) -> None:
    del tables["sources"]


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (_without_sources, "rules.toml: .*rosacea.*S999"),
        (_unknown_question, "rules.toml: .*rosacea.*unknown question 'rosaceae'"),
        (_lone_surrogate, "."),
        (_not_a_number, "."),
        (_too_deep, "."),
        (_another_file, "prices.toml"),
        (_a_file_less, "sources.toml: is missing"),
    ],
)
def test_what_makes_no_pack_is_never_stored(
    lena: Actor, spoil: Callable[[dict[str, Any]], None], line: str
) -> None:
    draft = start(lena)
    first = queries.newest_revision(draft)
    stored = PackContent.objects.count()
    tables = rules.tables_in_force("1.3.0")
    spoil(tables)
    with pytest.raises(InvalidPack, match=line) as told:
        change(lena, draft, tables, first.sha256)
    assert "\n" not in told.value.line
    assert len(told.value.line) < 300
    assert (Revision.objects.count(), PackContent.objects.count()) == (1, stored)
    with pytest.raises(InvalidPack, match=line):
        actions.import_draft(actor=lena, tables=tables, why="x", at=NOW)


def test_a_draft_keeps_its_name_and_version(lena: Actor) -> None:
    draft = start(lena)
    seen = queries.newest_revision(draft).sha256
    with pytest.raises(InvalidPack, match=r"1\.4\.0.*1\.3\.0"):
        change(lena, draft, longer(version="1.4.0"), seen)


@pytest.mark.parametrize("version", ["1.2.0", "1.1.9", "1.3", "1.3.0-beta", "", "١.٢.٣", "01.3.0"])
def test_a_version_is_three_numbers_above_those_in_force(lena: Actor, version: str) -> None:
    with pytest.raises(Refused):
        start(lena, version)
    assert not Draft.objects.exists()


def test_a_version_is_begun_once(lena: Actor, lars: Actor) -> None:
    first = start(lena)
    with pytest.raises(Refused, match="already"):
        start(lars)
    actions.discard(actor=lars, draft=first, cause="Another way.", at=NOW)
    assert queries.state_of(queries.draft(lena, first.pk)) is State.DISCARDED
    assert start(lars).version == first.version


def test_a_draft_is_begun_from_the_rules_in_force(cast: Cast, lena: Actor) -> None:
    old = rules.in_force()
    rules.published(cast, longer())
    with pytest.raises(Refused, match="Other rules"):
        actions.start_draft(actor=lena, base=old, version="1.5.0", why="x", at=NOW)


def test_a_pack_brought_in_becomes_a_draft(lena: Actor) -> None:
    rules.in_force()
    draft = actions.import_draft(actor=lena, tables=longer(), why="From the network.", at=NOW)
    assert tables_of(queries.newest_revision(draft)) == longer()
    assert draft.base == rules.in_force()
    stranger = longer()
    stranger["questions"]["pack"]["name"] = "lasers"  # type: ignore[index]
    with pytest.raises(Refused, match="lasers"):
        actions.import_draft(actor=lena, tables=stranger, why="x", at=NOW)


def test_what_was_set_aside_cannot_be_changed(lena: Actor) -> None:
    draft = start(lena)
    seen = queries.newest_revision(draft).sha256
    actions.discard(actor=lena, draft=draft, cause="Not needed.", at=NOW)
    with pytest.raises(Refused, match="set aside"):
        change(lena, draft, longer(), seen)
    with pytest.raises(Refused, match="set aside"):
        actions.discard(actor=lena, draft=draft, cause="Again.", at=NOW)
    with pytest.raises(Refused, match="set aside"):
        actions.start_simulation(actor=lena, draft=draft, at=NOW)


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_words_are_asked_for(lena: Actor, blank: str) -> None:
    with pytest.raises(Refused, match="why"):
        start(lena, why=blank)
    draft = start(lena)
    with pytest.raises(Refused, match="what was changed"):
        change(lena, draft, longer(), queries.newest_revision(draft).sha256, blank)
    with pytest.raises(Refused, match="why"):
        actions.discard(actor=lena, draft=draft, cause=blank, at=NOW)


@pytest.mark.parametrize("name", ["fred", "petra", "rosa", "mark", "audra", "nobody"])
def test_only_a_clinical_lead_changes_rules(cast: Cast, lena: Actor, name: str) -> None:
    actor = SYSTEM if name == "nobody" else cast.actor(getattr(cast, name))
    user = getattr(cast, name, cast.lena)
    draft = start(lena)
    seen = queries.newest_revision(draft).sha256
    running = actions.start_simulation(actor=lena, draft=draft, at=NOW)
    for act in (
        lambda: start(actor, "1.4.0"),
        lambda: actions.import_draft(actor=actor, tables=longer(), why="x", at=NOW),
        lambda: change(actor, draft, longer(), seen),
        lambda: actions.discard(actor=actor, draft=draft, cause="x", at=NOW),
        lambda: actions.start_simulation(actor=actor, draft=draft, at=NOW),
        lambda: actions.advance(actor=actor, simulation=running, at=NOW),
        lambda: actions.approve(
            actor=actor, user=user, draft=draft, expected_sha256=seen, note="x", at=NOW
        ),
        lambda: actions.publish(
            actor=actor, draft=draft, expected_sha256=seen, at=NOW, today=NOW.date()
        ),
    ):
        with pytest.raises(Refused, match="Only a clinical lead"):
            act()


def test_a_later_release_is_offered_until_it_is_begun(lena: Actor) -> None:
    assert queries.offered() == []
    rules.older_release()
    assert queries.offered() == [latest().id]
    actions.import_draft(
        actor=lena, tables=rules.released(latest().id), why="The new release.", at=NOW
    )
    assert queries.offered() == []


def test_the_list_of_drafts_takes_one_query(
    cast: Cast, lena: Actor, django_assert_num_queries: Any
) -> None:
    start(lena)
    rules.approved(cast, longer(version="1.4.0"))
    with django_assert_num_queries(1):
        found = [(str(one), queries.state_of(one)) for one in queries.drafts()]
    assert found == [
        ("microneedling@1.4.0", State.APPROVED),
        ("microneedling@1.3.0", State.DRAFT),
    ]
