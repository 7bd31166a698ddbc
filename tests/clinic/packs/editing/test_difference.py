"""Whatever differs between two packs is told, in words; nothing else is."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from clinic.packs.editing.difference import Change, difference
from clinic.packs.editing.edits import How, content
from screening.packs import latest, tables_of
from tests.clinic.packs.editing.conftest import Tables, released

Path = tuple[str | int, ...]


def rule_in(tables: Tables, code: str) -> dict[str, Any]:
    rules = tables["rules"]["rule"] + tables["rules"]["combination"]
    return next(rule for rule in rules if rule["code"] == code)


def question_in(tables: Tables, name: str) -> dict[str, Any]:
    sections = tables["questions"]["section"]
    return next(q for section in sections for q in section["question"] if q["id"] == name)


def leaves(value: object, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for number, item in enumerate(value):
            yield from leaves(item, (*path, number))
    else:
        yield path


def parent_of(tables: Any, path: Path) -> Any:
    for step in path[:-1]:
        tables = tables[step]
    return tables


def another(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value} changed" if isinstance(value, str) else "changed"


def told(tables: Tables, changed: Tables) -> str:
    (change,) = difference(tables, changed)
    return f"{change.where}: {change.what} {change.old} → {change.new}"


EVERY_LEAF = sorted(leaves(released()), key=repr)


def test_a_pack_does_not_differ_from_itself(tables: Tables) -> None:
    assert difference(tables, deepcopy(tables)) == ()


@pytest.mark.parametrize("shard", range(8))
def test_no_leaf_of_the_pack_changes_unseen(tables: Tables, shard: int) -> None:
    sample = random.Random(shard).sample(EVERY_LEAF, 40)
    for path in sample:
        changed = deepcopy(tables)
        place = parent_of(changed, path)
        place[path[-1]] = another(place[path[-1]])
        found = difference(tables, changed)
        assert found, path
        assert all(change.where and change.what for change in found)
        assert {change.part for change in found} == {path[0]}


@pytest.mark.parametrize("shard", range(4))
def test_nothing_goes_or_comes_unseen(tables: Tables, shard: int) -> None:
    for path in random.Random(shard).sample(EVERY_LEAF, 30):
        changed = deepcopy(tables)
        parent = parent_of(changed, path)
        del parent[path[-1]]
        assert difference(tables, changed), path
        assert difference(changed, tables), path


@pytest.mark.parametrize("seed", range(25))
def test_random_values_differ_exactly_where_their_content_does(seed: int) -> None:
    chance = random.Random(seed)
    for _step in range(40):
        one, other = grown(chance), grown(chance)
        old, new = {"part": {"x": one}}, {"part": {"x": other}}
        assert bool(difference(old, new)) == (content(one) != content(other))


def grown(chance: random.Random, depth: int = 0) -> object:
    kinds = [True, False, 0, 1, 1.0, "a", "b", "", [], {}]
    if depth > 2 or chance.random() < 0.3:
        return chance.choice(kinds)
    keys = ["id", "code", "when", "window", "outcome", "window_by_option", "flags"]
    if chance.random() < 0.5:
        return {key: grown(chance, depth + 1) for key in chance.sample(keys, 2)}
    return [grown(chance, depth + 1) for _number in range(chance.randrange(3))]


def test_true_one_and_one_point_nought_are_three_things(tables: Tables) -> None:
    assert difference({"a": {"x": 1}}, {"a": {"x": True}})
    assert difference({"a": {"x": 1}}, {"a": {"x": 1.0}})


def test_a_wait_is_told_with_the_names_of_the_field(tables: Tables) -> None:
    changed = deepcopy(tables)
    rule_in(changed, "topical_actives")["outcome"][1]["defer"]["window"] = {"days": 14}
    assert told(tables, changed) == "Strong skin products, outcome 2: wait 5 days → 14 days"


def test_the_only_outcome_of_a_rule_needs_no_name(tables: Tables) -> None:
    changed = deepcopy(tables)
    alone = rule_in(changed, "recent_hair_removal")["outcome"]
    assert len(alone) == 1
    alone[0]["message"] = "Please wait."
    assert told(tables, changed).startswith(f"{rule_in(changed, 'recent_hair_removal')['title']}: ")


def test_a_wait_after_one_answer_names_the_answer(tables: Tables) -> None:
    changed = deepcopy(tables)
    wait = rule_in(changed, "recent_laser_peel")["outcome"][0]["defer"]
    value = next(iter(wait["window_by_option"]))
    label = next(
        option["label"]
        for option in question_in(tables, wait["question"])["options"]
        if option["value"] == value
    )
    wait["window_by_option"][value] = {"months": 6}
    assert f"wait after “{label}”" in told(tables, changed)
    assert told(tables, changed).endswith("→ 6 months")


def test_a_condition_is_told_in_words_before_and_after(tables: Tables) -> None:
    changed = deepcopy(tables)
    rule_in(changed, "blood_thinners")["outcome"][0]["when"] = {
        "q": "blood_thinner",
        "op": "in",
        "value": ["yes", "not_sure"],
    }
    said = told(tables, changed)
    asked = question_in(tables, "blood_thinner")["text"]
    assert f"condition the answer to “{asked}” is Yes →" in said
    assert said.endswith("is one of: Yes, Not sure")


def test_a_wording_is_marked_word_by_word(tables: Tables) -> None:
    changed = deepcopy(tables)
    question_in(changed, "dob")["text"] = "What is your exact date of birth?"
    (change,) = difference(tables, changed)
    assert [piece.text for piece in change.pieces if piece.mark == "ins"] == [" exact"]
    assert "".join(p.text for p in change.pieces if p.mark != "ins") == change.old
    assert "".join(p.text for p in change.pieces if p.mark != "del") == change.new


def test_a_new_rule_brings_everything_it_says(tables: Tables) -> None:
    changed = deepcopy(tables)
    gone = rule_in(changed, "home_needling")
    changed["rules"]["rule"].remove(gone)
    (change,) = difference(changed, tables)
    assert (change.how, change.where, change.what) == (How.ADDED, "Needling at home", "rule")
    said = {detail.label: detail.text for detail in change.details}
    assert said["outcome 1, wait: wait"] == "28 days"
    assert said["outcome 1, level"] == "Defer"
    assert said["outcome 1, message to the client"].startswith("Please rest your skin")


def test_rules_in_another_order_are_moved_not_rewritten(tables: Tables) -> None:
    changed = deepcopy(tables)
    changed["rules"]["rule"].reverse()
    (change,) = difference(tables, changed)
    assert change.how is How.MOVED
    assert change.old.startswith("Age; ")


@pytest.mark.parametrize(
    ("part", "what"), [("lexicon", "added"), ("cases", "added"), ("conflicts", "added")]
)
def test_a_whole_new_file_is_told(tables: Tables, part: str, what: str) -> None:
    (change,) = difference(tables, tables | {part: {"entry": [{"id": "a", "terms": ["b"]}]}})
    assert (change.how.value, change.part) == (what, part)
    assert change.details


def softer(tables: Tables, changed: Tables) -> list[Change]:
    return [change for change in difference(tables, changed) if change.softer]


def test_a_shorter_wait_is_softer_and_a_longer_one_is_not(tables: Tables) -> None:
    for days, expected in ((4, True), (6, False)):
        changed = deepcopy(tables)
        rule_in(changed, "topical_actives")["outcome"][1]["defer"]["window"] = {"days": days}
        assert bool(softer(tables, changed)) is expected


def test_months_are_counted_at_their_shortest(tables: Tables) -> None:
    old, new = deepcopy(tables), deepcopy(tables)
    rule_in(old, "topical_actives")["outcome"][1]["defer"]["window"] = {"days": 28}
    rule_in(new, "topical_actives")["outcome"][1]["defer"]["window"] = {"months": 1}
    assert not softer(old, new)
    assert softer(new, old)


def test_a_lower_level_is_softer(tables: Tables) -> None:
    changed = deepcopy(tables)
    rule_in(changed, "blood_thinners")["unsure_level"] = "ADVISE"
    assert softer(tables, changed)
    assert not softer(changed, tables)


def test_a_condition_that_holds_more_often_is_not_softer_unless_it_takes_from_a_stricter(
    tables: Tables,
) -> None:
    wider = {"q": "blood_thinner", "op": "in", "value": ["yes", "not_sure"]}
    changed = deepcopy(tables)
    rule_in(changed, "blood_thinners")["outcome"][0]["when"] = wider
    assert not softer(tables, changed)
    assert softer(changed, tables)
    for one in (before := deepcopy(tables)), changed:
        rule_in(one, "blood_thinners")["outcome"].append(
            {**rule_in(one, "blood_thinners")["outcome"][0], "id": "b", "level": "CONTRAINDICATED"}
        )
    assert softer(before, changed)


def test_what_goes_is_softer(tables: Tables) -> None:
    changed = deepcopy(tables)
    changed["rules"]["rule"].pop()
    assert softer(tables, changed)
    changed = deepcopy(tables)
    question_in(changed, "phototype")["options"].pop()
    assert softer(tables, changed)


def test_a_review_that_becomes_a_wait_with_an_end_is_softer(tables: Tables) -> None:
    changed = deepcopy(tables)
    outcome = rule_in(changed, "blood_thinners")["outcome"][0]
    outcome["level"], outcome["after_window_level"] = "DEFER", "CLEAR"
    assert softer(tables, changed)
    outcome["after_window_level"] = "REVIEW"
    assert not softer(tables, changed)


def test_who_may_go_ahead_is_softer_when_more_may(tables: Tables) -> None:
    changed = deepcopy(tables)
    rule_in(changed, "blood_thinners")["outcome"][0]["override"]["by"] = "practitioner"
    assert softer(tables, changed)
    assert not softer(changed, tables)


def test_what_is_recognised_less_often_is_softer() -> None:
    tables: Any = tables_of(latest().id)

    def with_change(change: Callable[[Any], Any]) -> list[str]:
        changed = deepcopy(tables)
        change(changed)
        return [one.what for one in softer(tables, changed)]

    bare = next(one for one in tables["lexicon"]["entry"] if "said_by" not in one)["id"]

    def said(t: Any) -> None:
        entry = next(one for one in t["lexicon"]["entry"] if one["id"] == bare)
        entry |= {"asked_in": ["smoking"], "said_by": {"q": "smoking", "op": "not_empty"}}

    assert with_change(said)
    assert with_change(lambda t: t["lexicon"]["ordinary"].append("waferin"))
    assert not with_change(lambda t: t["lexicon"]["ordinary"].pop())
    assert not with_change(lambda t: t["lexicon"]["entry"][0]["terms"].append("rat poison"))
    assert with_change(lambda t: t["lexicon"]["entry"][0]["terms"].pop())
