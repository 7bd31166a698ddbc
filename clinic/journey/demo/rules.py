"""Two drafts of rules on their way: one waits for a second person, one for its publication."""

from collections.abc import Callable, Sequence
from datetime import datetime

from clinic.core.actor import Actor, Role
from clinic.journey.demo.cast import Place
from clinic.packs import actions, content
from clinic.packs.editing.cases import with_case_as_it_is
from clinic.packs.editing.names import Tables, names_of
from clinic.packs.editing.numbers import together
from clinic.packs.editing.replace import NewTables, with_rule
from clinic.packs.models import Draft, Revision
from screening.published import newest_row
from screening.trying import run_cases

Change = Callable[[Tables], NewTables]


def drafts_of_rules(places: Sequence[Place], at: datetime) -> None:
    """Riverside's lead asks for a longer wait; Hilltop's words a rule better, which is agreed."""
    first, other = (place.worker(Role.CLINICAL_LEAD) for place in places[:2])
    _draft(
        first.actor,
        "Strong skin products: wait longer",
        _longer_wait,
        "Skin that peels was seen after a week.",
        at,
    )
    agreed = _draft(
        other.actor, "Plainer words", _plainer, "Clients asked what blood thinners are.", at
    )
    actions.approve(
        actor=first.actor,
        user=first.user,
        draft=agreed,
        expected_sha256=agreed.revisions.order_by("-number")[0].sha256,
        note="Read the difference: only words.",
        at=at,
    )


def _draft(actor: Actor, why: str, change: Change, what: str, at: datetime) -> Draft:
    base = newest_row()
    if base is None:
        raise ValueError("a demo begins with published rules")
    major, minor, _patch = map(int, base.version.split("."))
    begun = Draft.objects.count() + 1
    version = f"{major}.{minor + begun}.0"
    draft = actions.start_draft(actor=actor, base=base, version=version, why=why, at=at)
    first = draft.revisions.get()
    changed = change(content.tables_of(first))
    made = actions.change(
        actor=actor,
        draft=draft,
        tables=changed,
        expected_sha256=first.sha256,
        what=what,
        at=at,
    )
    _accept_cases(actor, draft, made, at)
    simulation = actions.start_simulation(actor=actor, draft=draft, at=at)
    while simulation.finished_at is None:
        simulation = actions.advance(actor=actor, simulation=simulation, at=at)
    return draft


def _accept_cases(actor: Actor, draft: Draft, made: Revision, at: datetime) -> None:
    """What a test case of the pack says otherwise now is meant so."""
    tables: NewTables = content.tables_of(made)
    failing = [one for one in run_cases(content.pack_of(made)) if not one.passed]
    for one in failing:
        tables = with_case_as_it_is(tables, one.case.id, one.result)
    if failing:
        actions.change(
            actor=actor,
            draft=draft,
            tables=tables,
            expected_sha256=made.sha256,
            what="Test cases follow the longer wait.",
            at=at,
        )


def _longer_wait(tables: Tables) -> NewTables:
    rule = names_of(tables).rules["topical_actives"]
    outcomes = rule["outcome"]
    longer = [
        {
            **one,
            "defer": {**one["defer"], "window": {"days": 14}},
        }
        for one in (outcomes if isinstance(outcomes, list) else [])
    ]
    changed = {**rule, "outcome": longer, "time_window": "14 days"}
    return together(tables, with_rule(tables, "topical_actives", changed))


def _plainer(tables: Tables) -> NewTables:
    rule = names_of(tables).rules["blood_thinners"]
    return with_rule(tables, "blood_thinners", {**rule, "title": "Medicines that thin the blood"})
