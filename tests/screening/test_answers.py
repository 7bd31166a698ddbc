"""What counts as an answer, by type of question."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from screening.engine import Problem, read_answer
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
