"""What counts as an answer, by type of question."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.engine import Option, Problem, Question, QuestionType, read_answer
from screening.engine.answers import text_is_present
from tests.screening.cases import pack

GIVEN = date(2026, 6, 1)


def read(name: str, raw: Any, given: date | None = GIVEN) -> Any:
    return read_answer(pack().question_by_id[name], raw, given_on=given)


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("pregnant", "not_sure", "not_sure"),
        ("acne", "few", "few"),
        ("contact_allergy", [], frozenset()),
        ("contact_allergy", ["latex", "iodine"], frozenset({"latex", "iodine"})),
        ("sun_exposure", {}, {}),
        ("sun_exposure", {"tan": "2026-06-01"}, {"tan": GIVEN}),
        ("recent_injectables", {"permanent_filler": None}, {"permanent_filler": None}),
        ("recent_injectables", {"permanent_filler": ""}, {"permanent_filler": None}),
        ("dob", "1990-04-12", date(1990, 4, 12)),
        ("planned_sun_end", "2026-08-01", date(2026, 8, 1)),
        ("other_health", " asthma ", " asthma "),
        ("other_health", "X", "X"),
    ],
)
def test_a_valid_answer_is_read(name: str, raw: Any, value: Any) -> None:
    assert read(name, raw) == value


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("pregnant", None, Problem.MISSING),
        ("pregnant", "", Problem.MISSING),
        ("pregnant", "YES", Problem.NOT_AN_OPTION),
        ("pregnant", True, Problem.UNREADABLE),
        ("pregnant", ["yes"], Problem.UNREADABLE),
        ("acne", "none ", Problem.NOT_AN_OPTION),
        ("contact_allergy", "latex", Problem.UNREADABLE),
        ("contact_allergy", {}, Problem.UNREADABLE),
        ("contact_allergy", ["latex", "dust"], Problem.NOT_AN_OPTION),
        ("contact_allergy", ["latex", "latex"], Problem.UNREADABLE),
        ("contact_allergy", [1], Problem.UNREADABLE),
        ("sun_exposure", [], Problem.UNREADABLE),
        ("sun_exposure", {"moon": "2026-05-01"}, Problem.NOT_AN_OPTION),
        ("sun_exposure", {"tan": None}, Problem.DATE_NEEDED),
        ("sun_exposure", {"tan": ""}, Problem.DATE_NEEDED),
        ("sun_exposure", {"tan": "soon"}, Problem.NOT_A_DATE),
        ("sun_exposure", {"tan": "2026-06-02"}, Problem.IN_THE_FUTURE),
        ("dob", "", Problem.MISSING),
        ("dob", "12.04.1990", Problem.NOT_A_DATE),
        ("dob", "2026-06-02", Problem.IN_THE_FUTURE),
        ("dob", "1905-05-31", Problem.TOO_LONG_AGO),
        ("isotretinoin_stop", "2026-06-02", Problem.IN_THE_FUTURE),
        ("other_health", "   ", Problem.MISSING),
        ("other_health", "...", Problem.MISSING),
        ("other_health", 5, Problem.UNREADABLE),
        ("other_health", "a\0b", Problem.UNREADABLE),
        ("other_health", "\udfff", Problem.UNREADABLE),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(name: str, raw: Any, problem: Problem) -> None:
    assert read(name, raw) is problem


def test_without_a_day_of_answers_no_date_is_in_the_future() -> None:
    assert read("isotretinoin_stop", "2999-01-01", None) == date(2999, 1, 1)


@pytest.mark.parametrize("text", ["none", "NONE", " No. ", "nothing...", "n/a", "N/A .", "no ."])
def test_words_for_nothing(text: str) -> None:
    assert not text_is_present(text)


@pytest.mark.parametrize("text", ["none really", "not", "na", ".none", "no, but asthma", "?"])
def test_anything_else_is_read_by_a_person(text: str) -> None:
    assert text_is_present(text)


def _list(kind: QuestionType, *, allow_empty: bool) -> Question:
    date_of = "optional" if kind is QuestionType.MULTI_CHOICE_DATED else None
    options = tuple(Option(value=value, label=value, date=date_of) for value in "abc")
    return Question(
        id="q", section="s", text="?", type=kind, options=options, allow_empty=allow_empty
    )


@pytest.mark.parametrize("allow_empty", [True, False])
def test_a_list_may_hold_every_option_and_none_only_where_that_is_offered(
    *, allow_empty: bool
) -> None:
    ticked = _list(QuestionType.MULTI_CHOICE, allow_empty=allow_empty)
    assert read_answer(ticked, ["c", "a", "b"], given_on=None) == {"a", "b", "c"}
    assert read_answer(ticked, ["b"], given_on=None) == {"b"}
    nothing = frozenset() if allow_empty else Problem.MISSING
    assert read_answer(ticked, [], given_on=None) == nothing


@pytest.mark.parametrize("allow_empty", [True, False])
def test_dated_options_are_all_read_whether_they_have_a_date_or_not(*, allow_empty: bool) -> None:
    dated = _list(QuestionType.MULTI_CHOICE_DATED, allow_empty=allow_empty)
    raw = {"a": None, "b": "2026-05-01", "c": ""}
    found = {"a": None, "b": date(2026, 5, 1), "c": None}
    assert read_answer(dated, raw, given_on=None) == found
    assert read_answer(dated, {"b": "2026-05-01"}, given_on=None) == {"b": date(2026, 5, 1)}
    assert read_answer(dated, {}, given_on=None) == ({} if allow_empty else Problem.MISSING)


@pytest.mark.parametrize("text", ["noX", "no.x", "X none", "nothing else", "n/a?"])
def test_what_is_more_than_no_says_something(text: str) -> None:
    assert text_is_present(text)
