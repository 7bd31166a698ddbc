"""Changing a draft: kept with a reason, refused beside the field, never over somebody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.core.actor import Role
from clinic.packs import actions, content, queries
from clinic.packs.models import Draft
from screening.packs import Tables, latest, tables_of
from tests.access import assert_access
from tests.clinic.packs.filling import filled, lena, send
from tests.factories import Cast, rules

pytestmark = pytest.mark.django_db
LEAD = (Role.CLINICAL_LEAD,)
READERS = (Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR)
RULE = {"code": "topical_actives"}
QUESTION = {"name": "smoking"}
SOURCE = {"name": "R34"}
WARFARIN = {"part": "lexicon", "kind": "entry", "name": "warfarin"}


@pytest.fixture
def draft(cast: Cast) -> Draft:
    tables = rules.tables_in_force("1.9.0")
    tables["cases"] = tables_of(latest().id)["cases"]
    return rules.draft_of(cast, tables)


def tables(draft: Draft) -> Any:
    return content.tables_of(queries.newest_revision(draft))


def rule_url(draft: Draft, code: str = "topical_actives") -> str:
    return reverse("packs:rule", args=[draft.pk, code])


@pytest.mark.parametrize(
    ("url_name", "named", "roles", "missing"),
    [
        ("packs:rule", RULE, READERS, {"code": "none"}),
        ("packs:question", QUESTION, READERS, {"name": "none"}),
        ("packs:source", SOURCE, READERS, {"name": "none"}),
        ("packs:head", {}, LEAD, {"draft_id": 0}),
        ("packs:asked", QUESTION, LEAD, {"name": "none"}),
        ("packs:new_question", {}, LEAD, {"draft_id": 0}),
        ("packs:new_rule", {}, LEAD, {"draft_id": 0}),
        ("packs:new_source", {}, LEAD, {"draft_id": 0}),
        ("packs:new_entry", {"part": "lexicon"}, LEAD, {"part": "rules"}),
        ("packs:entry", WARFARIN, LEAD, {"name": "none"}),
        ("packs:retire_entry", WARFARIN, LEAD, {"kind": "none"}),
        ("packs:retire", {"part": "rules", "name": "diabetes"}, LEAD, {"part": "secrets"}),
        ("packs:case", {"name": "V01"}, LEAD, {"name": "none"}),
    ],
)
def test_who_may_open_the_pages_that_change_a_draft(
    client: Client,
    cast: Cast,
    draft: Draft,
    url_name: str,
    named: dict[str, str],
    roles: Any,
    missing: dict[str, Any],
) -> None:
    kwargs = {"draft_id": draft.pk, **named}
    assert_access(
        client, cast, url_name, kwargs, allowed_roles=roles, missing={**kwargs, **missing}
    )


@pytest.mark.parametrize(
    ("url_name", "named"),
    [("packs:rule", RULE), ("packs:question", QUESTION), ("packs:source", SOURCE)],
)
def test_only_a_lead_may_send_a_change(
    client: Client, cast: Cast, draft: Draft, url_name: str, named: dict[str, str]
) -> None:
    assert_access(
        client,
        cast,
        url_name,
        {"draft_id": draft.pk, **named},
        allowed_roles=LEAD,
        method="post",
        data={"why": "x"},
    )


def test_a_longer_wait_is_kept_with_who_and_why(client: Client, cast: Cast, draft: Draft) -> None:
    answer = send(lena(client, cast), rule_url(draft), o1_wait="14", why="Skin still peeled.")
    assert answer.status_code == 302
    made = queries.newest_revision(draft)
    assert (made.number, made.actor_name) == (2, "Lena Frost")
    assert made.what == "Strong skin products: Skin still peeled."
    (before, after) = (content.tables_of(one) for one in draft.revisions.order_by("number"))
    rules.rule(before, "topical_actives")["outcome"][1]["defer"]["window"] = {"days": 14}
    assert after == before


@pytest.mark.parametrize("code", ["depth_limit", "recent_injectables", "combo_hsv_near_mouth"])
def test_a_rule_sent_back_unchanged_is_unchanged(
    client: Client, cast: Cast, draft: Draft, code: str
) -> None:
    known = {one["code"] for one in tables(draft)["rules"]["rule"]}
    known |= {one["code"] for one in tables(draft)["rules"]["combination"]}
    assert code in known
    answer: Any = send(lena(client, cast), rule_url(draft, code), why="Nothing.")
    assert answer.context["form"].errors == {"__all__": ["Nothing was changed."]}
    assert queries.newest_revision(draft).number == 1


def test_a_softer_rule_needs_a_reason_of_its_own(client: Client, cast: Cast, draft: Draft) -> None:
    url = rule_url(draft)
    answer: Any = send(lena(client, cast), url, o1_wait="3", why="Too long.")
    assert answer.status_code == 200
    assert "wait: 5 days → 3 days" in answer.context["form"].errors["softer"][0]
    assert queries.newest_revision(draft).number == 1
    again = filled(answer.context["form"], softer="A study of 400 people.")
    assert client.post(url, again).status_code == 302
    assert queries.newest_revision(draft).what == (
        "Strong skin products: Too long. Softer, because: A study of 400 people."
    )


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"why": ""}, "why", "Please say in one line why."),
        ({"o1_wait": ""}, "o1_wait", "Please say how long."),
        ({"o1_wait": "0"}, "o1_wait", "At least 1."),
        ({"o1_wait": "121", "o1_unit": "months"}, "o1_wait", "At most ten years."),
        ({"o1_message": "a\0b"}, "o1_message", "cannot be seen (U+0000)"),
        ({"title": "x" * 121}, "title", "1 character too long"),
        ({"o1_level": "CONTRAINDICATED"}, "o1_kind", "Please say for how long."),
        ({"sources": []}, "sources", "A rule needs at least one source."),
        ({"o1_if0": []}, "o1_if0", "Please choose an answer."),
        ({"o1_if0": ["perhaps"]}, "o1_if0", "perhaps"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, cast: Cast, draft: Draft, changed: dict[str, Any], field: str, words: str
) -> None:
    typed = {"why": "A reason.", "rationale": "Typed, and not to be lost."} | changed
    answer: Any = send(lena(client, cast), rule_url(draft), **typed)
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors[field])
    assert "Typed, and not to be lost." in answer.content.decode()
    assert queries.newest_revision(draft).number == 1


def test_the_summary_says_which_outcome_is_meant(client: Client, cast: Cast, draft: Draft) -> None:
    answer = send(lena(client, cast), rule_url(draft), o1_wait="", why="Longer.")
    assert "Wait (outcome 2)</a> Please say how long." in answer.content.decode()


def test_an_error_of_the_pack_stands_beside_the_field_it_is_about(
    client: Client, cast: Cast, draft: Draft
) -> None:
    sent = {"o2_if0": ["now"], "why": "A slip.", "softer": "-"}
    answer: Any = send(lena(client, cast), rule_url(draft, "cancer_treatment"), **sent)
    assert answer.context["form"].errors == {
        "o2_level": ["This cannot be kept: can never be reached: 'now' always comes first"]
    }
    assert queries.newest_revision(draft).number == 1


def test_what_something_else_reads_cannot_be_taken_out(
    client: Client, cast: Cast, draft: Draft
) -> None:
    url = reverse("packs:retire", args=[draft.pk, "rules", "diabetes"])
    gone: Any = send(lena(client, cast), url, why="Old.", softer="Covered elsewhere.")
    (line,) = gone.context["form"].errors["__all__"]
    assert line.startswith("This cannot be kept: rules.toml: rule 'combo_diabetes_slow_healing'")


def test_nobody_writes_over_what_somebody_else_changed_meanwhile(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    shown: Any = browser.get(rule_url(draft))
    lars = rules.second_lead(cast)
    theirs = tables(draft)
    rules.rule(theirs, "topical_actives")["outcome"][1]["message"] = "Wait until it is calm."
    actions.change(
        actor=cast.actor(lars),
        draft=draft,
        tables=theirs,
        expected_sha256=queries.newest_revision(draft).sha256,
        what="Message.",
        at=rules.LATER,
    )
    mine = filled(shown.context["form"], o1_wait="14", why="Longer.")
    answer: Any = browser.post(rule_url(draft), mine)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Lars Holm changed this draft while you were typing" in told
    assert "Wait until it is calm" in told
    assert 'value="14"' in told
    assert queries.newest_revision(draft).number == 2
    # Looked at both, and saved again: mine is now on top of theirs.
    assert browser.post(rule_url(draft), filled(answer.context["form"])).status_code == 302
    assert queries.newest_revision(draft).number == 3


def test_a_question_gets_words_answers_and_loses_one(
    client: Client, cast: Cast, draft: Draft
) -> None:
    url = reverse("packs:question", args=[draft.pk, "smoking"])
    browser = lena(client, cast)
    asked: Any = send(browser, url, n0_label="I chew tobacco", why="Asked for.")
    assert "(“Do you smoke or vape?”, answer “I chew tobacco”)." in str(
        asked.context["form"].errors["softer"]
    )
    answer = send(
        browser,
        url,
        text="Do you smoke, vape or chew?",
        n0_label="I chew tobacco",
        o1_label="Yes, fewer than ten a day",
        why="Asked for.",
        softer="A new answer that a rule will read.",
    )
    assert answer.status_code == 302
    question = _question(tables(draft), "smoking")
    assert question["text"] == "Do you smoke, vape or chew?"
    assert question["options"][1] == {"value": "under_10", "label": "Yes, fewer than ten a day"}
    assert question["options"][-1] == {"value": "i_chew_tobacco", "label": "I chew tobacco"}
    page = client.get(reverse("packs:draft", args=[draft.pk])).content.decode()
    assert "No rule reads the answer “I chew tobacco”" in page


def test_a_new_question_is_answered_by_the_test_cases_and_a_rule_reads_it(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    asked = send(
        browser,
        reverse("packs:new_question", args=[draft.pk]),
        text="Do you have a cough?",
        type="yes_no",
        after="smoking",
        why="Season.",
    )
    assert asked.status_code == 302
    section = tables(draft)["questions"]["section"][0]
    names = [one["id"] for one in section["question"]]
    assert names[names.index("smoking") + 1] == "do_you_have_a_cough"
    url = reverse("packs:new_rule", args=[draft.pk])
    second: Any = browser.post(url, {"question": "do_you_have_a_cough"})
    kept = browser.post(
        url,
        filled(
            second.context["form"],
            about="do_you_have_a_cough",
            title="Cough",
            values=["yes"],
            level="DEFER",
            wait="7",
            after="CLEAR",
            message="Come when you are well.",
            by="practitioner",
            category="health",
            rationale="It may spread.",
            practitioner_check="Ask how long.",
            evidence="background",
            sources=["BG"],
            why="Season.",
        ),
    )
    assert kept.status_code == 302
    new = rules.rule(tables(draft), "cough")
    assert new["outcome"][0]["when"] == {"q": "do_you_have_a_cough", "op": "eq", "value": "yes"}
    assert new["outcome"][0]["defer"] == {"basis": "assessment_date", "window": {"days": 7}}
    assert queries.obstacles(content.pack_of(queries.newest_revision(draft))) == ()


def test_when_a_question_is_asked_is_chosen_with_a_question_and_its_answers(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    url = reverse("packs:asked", args=[draft.pk, "planned_sun"])
    chosen: Any = browser.post(url, {"question": "pregnant"})
    assert chosen.status_code == 200
    sent = filled(chosen.context["form"], other="pregnant", why="Test.", softer="Test.")
    assert browser.post(url, sent | {"values": ["no", "not_sure"]}).status_code == 302
    when = _question(tables(draft), "planned_sun")["show_when"]
    assert when == {"q": "pregnant", "op": "in", "value": ["no", "not_sure"]}
    assert "is one of: No, Not sure" in browser.get(url).content.decode()
    always: Any = browser.post(url, {"other": "always"})
    sent = filled(always.context["form"], other="always", why="Back.")
    assert browser.post(url, sent).status_code == 302
    assert "show_when" not in _question(tables(draft), "planned_sun")


def test_words_sources_and_conflicts_are_changed_line_by_line(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    words = reverse("packs:entry", args=[draft.pk, "lexicon", "entry", "warfarin"])
    lines = [*_listed(draft, "lexicon", "entry", "warfarin")["terms"], "Warfant"]
    kept = send(browser, words, e_terms="\r\n".join(lines), why="A brand.")
    assert kept.status_code == 302
    assert _listed(draft, "lexicon", "entry", "warfarin")["terms"] == lines
    conflict = reverse("packs:entry", args=[draft.pk, "conflicts", "conflict", "K01"])
    assert send(browser, conflict, e_reason="Read again.", why="Plainer.").status_code == 302
    assert _listed(draft, "conflicts", "conflict", "K01")["reason"] == "Read again."
    source = reverse("packs:source", args=[draft.pk, "R34"])
    bad: Any = send(browser, source, url="javascript:alert(1)", why="Test.")
    assert bad.context["form"].errors["url"] == ["Please give a whole web address, or none."]
    new = reverse("packs:new_source", args=[draft.pk])
    said = {"id": "R900", "title": "A study", "type": "external", "read_as": "page"}
    assert send(browser, new, **said, summary="It says so.", why="New.").status_code == 302
    assert _listed(draft, "sources", "source", "R900")["title"] == "A study"


def test_a_case_that_differs_can_be_accepted_as_it_is_now(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    assert send(browser, rule_url(draft), o1_wait="14", why="Longer.").status_code == 302
    told = browser.get(reverse("packs:cases", args=[draft.pk])).content.decode()
    assert "Strong skin products: Defer, not before 27 June 2026; Rosacea: Review" in told
    assert "topical_actives" not in told
    assert "2026-06-27" not in told
    assert (
        send(browser, reverse("packs:case", args=[draft.pk, "V14"]), why="Meant so.").status_code
        == 302
    )
    assert queries.obstacles(content.pack_of(queries.newest_revision(draft))) == ()


def test_a_draft_set_aside_can_be_read_but_not_changed(
    client: Client, cast: Cast, draft: Draft
) -> None:
    browser = lena(client, cast)
    shown: Any = browser.get(rule_url(draft))
    sent = filled(shown.context["form"], o1_wait="14", why="Late.")
    actions.discard(actor=cast.actor(cast.lena), draft=draft, cause="Not needed.", at=rules.LATER)
    answer = browser.post(rule_url(draft), sent)
    assert answer.status_code == 409
    assert "This draft cannot be changed" in answer.content.decode()
    assert "Save to the draft" not in browser.get(rule_url(draft)).content.decode()


def _question(of: Tables, name: str) -> Any:
    sections: Any = of["questions"]["section"]
    return next(q for section in sections for q in section["question"] if q["id"] == name)


def _listed(draft: Draft, part: str, kind: str, name: str) -> Any:
    return next(one for one in tables(draft)[part][kind] if one["id"] == name)
