"""Dates known in part: read, taken as the latest day they can have been, and said to be so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from screening.engine import (
    Assumed,
    Period,
    Problem,
    answers_hash,
    assumed,
    evaluate,
    read_answer,
    read_period,
)
from screening.engine.evaluate import evaluate_generated, evaluate_plain
from tests.screening import reference
from tests.screening.cases import (
    answers_with,
    context_with,
    found,
    pack,
    raw_context,
    screen,
    tables,
)

GIVEN = date(2026, 6, 1)
STOPPED = {"isotretinoin": "stopped"}


def read(name: str, raw: Any, given: date | None = GIVEN) -> Any:
    return read_answer(pack().question_by_id[name], raw, given_on=given)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2025-03", date(2025, 3, 31)),
        ("2025-02", date(2025, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2000-02", date(2000, 2, 29)),
        ("1900-02", Problem.TOO_LONG_AGO),
        ("2026-05", date(2026, 5, 31)),
        ("2025", date(2025, 12, 31)),
        ("2026", GIVEN),
        ("2026-06", GIVEN),
        ("2026-07", Problem.IN_THE_FUTURE),
        ("2027", Problem.IN_THE_FUTURE),
        ("2025-05-03/2025-11-03", date(2025, 11, 3)),
        ("2025-12-01/2026-06-01", GIVEN),
        ("2025-12-01/2026-06-02", GIVEN),
        ("2026-06-01/2026-06-02", GIVEN),
        ("2026-06-02/2026-06-03", Problem.IN_THE_FUTURE),
        ("2025-05-03/2025-05-03", date(2025, 5, 3)),
        ("1906", date(1906, 12, 31)),
        ("1905-06", date(1905, 6, 30)),
        ("1905-05", Problem.TOO_LONG_AGO),
        ("1904", Problem.TOO_LONG_AGO),
        ("0025", Problem.TOO_LONG_AGO),
        ("0001", Problem.TOO_LONG_AGO),
        ("0001-01-01/0001-01-01", Problem.TOO_LONG_AGO),
        ("1905-06-02/2026-06-01", date(2026, 6, 1)),
    ],
)
def test_it_is_taken_as_the_latest_day_it_can_have_been(raw: str, day: object) -> None:
    assert read("isotretinoin_stop", raw) == day
    expected = {"tan": day} if isinstance(day, date) else day
    assert read("sun_exposure", {"tan": raw}) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "0000", "0000-01", "2025-00", "2025-13", "2025-3", "2025-003", "202", "20255", "25",
        " 2025", "2025 ", "2025\n", "2025-03\n", "2025/03", "03/2025", "2025-W03", "2025-060",
        "+2025", "-2025", "Y2025", "2025?", "2025~", "2025-03~", "2025-03-XX", "202X", "2025-XX",
        "２０２５", "２０２５-０３", "٢٠٢٥", "2025\0", "\0", "\udfff", "2025-\ud800", "2025‐03",
        "2025-11-03/2025-05-03", "2025-05-03/", "/2025-05-03", "2025-05-03/..", "../2025-05-03",
        "2025-05-03/open", "2025-05/2025-11", "2025/2026", "2025-05-03/2025-11", "/", "//", "..",
        "2025-05-03/2025-11-03/2025-12-03", "2025-05-03/P6M", "2025-05-03--2025-11-03",
        "2025-02-30/2025-11-03", "2025-05-03/2025-02-30", "2025-05-03 / 2025-11-03",
        "1905-05-31/2026-06-01", "0001-01-01/9999-12-31",
        "2" * 100_000, "2025-05-03/" * 20_000, "9" * 5_000 + "-01",
        "March 2025", "about two years ago",
        20250301, 2025, 2025.0, True, ["2025"], {"year": 2025},
    ],
    ids=lambda raw: repr(raw)[:30],
)  # fmt: skip
def test_what_is_no_date_is_refused_without_a_traceback(raw: object) -> None:
    for given in (GIVEN, None):
        assert read("isotretinoin_stop", raw, given) is Problem.NOT_A_DATE
        assert read("planned_sun_end", raw, given) is Problem.NOT_A_DATE
        assert read("sun_exposure", {"tan": raw}, given) is Problem.NOT_A_DATE
    assert read_period(raw) is None
    assert assumed(pack(), answers_with({**STOPPED, "isotretinoin_stop": raw}), GIVEN) == ()


@pytest.mark.parametrize(
    "raw", ["1990", "1990-04", "1990-04-12/1990-04-12", "1990-04-01/1990-05-01"]
)
def test_a_date_of_birth_is_exact_or_it_is_none(raw: str) -> None:
    assert read("dob", raw) is Problem.NOT_A_DATE
    result = screen({"dob": raw})
    assert not result.complete
    assert result.missing == ("dob",)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-08", date(2026, 8, 31)),
        ("2026", date(2026, 12, 31)),
        ("2027", date(2027, 12, 31)),
        ("2026-08-01/2026-08-20", date(2026, 8, 20)),
    ],
)
def test_what_lies_ahead_does_not_end_with_today(raw: str, day: date) -> None:
    assert read("planned_sun_end", raw) == day
    vague = found(screen({"planned_sun": "yes", "planned_sun_end": raw}))["planned_sun"]
    exact = found(screen({"planned_sun": "yes", "planned_sun_end": day.isoformat()}))["planned_sun"]
    assert vague == exact == ("yes", "DEFER", day + timedelta(days=14))


def test_without_a_day_of_answers_nothing_is_cut_off() -> None:
    assert read("isotretinoin_stop", "2999", None) == date(2999, 12, 31)
    assert read("isotretinoin_stop", "0025", None) == date(25, 12, 31)
    assert read("isotretinoin_stop", "9999-12", None) == date(9999, 12, 31)


def test_an_exact_date_counts_however_long_ago() -> None:
    assert read("isotretinoin_stop", "1900-02-28") == date(1900, 2, 28)
    assert read("sun_exposure", {"tan": "0025-03-01"}) == {"tan": date(25, 3, 1)}


def test_a_period_has_a_first_and_a_last_day() -> None:
    def period(first: date, last: date, said_as: Any) -> Period:
        return Period(first=first, last=last, said_as=said_as)

    assert read_period("2024-02") == period(date(2024, 2, 1), date(2024, 2, 29), "month")
    assert read_period("2024") == period(date(2024, 1, 1), date(2024, 12, 31), "year")
    assert read_period("2024-02-28") == period(date(2024, 2, 28), date(2024, 2, 28), "day")
    assert read_period("2024-02-28/2024-03-01") == period(
        date(2024, 2, 28), date(2024, 3, 1), "span"
    )


@pytest.mark.parametrize(
    ("raw", "planned", "level"),
    [
        # The last capsule in December: 31 December and six months is 30 June.
        ("2025-12", "2026-06-29", "DEFER"),
        ("2025-12", "2026-06-30", None),
        ("2025-12", "2026-07-01", None),
        # In August: 31 August and six months is the last day of February.
        ("2025-08", "2026-06-01", None),
        ("2025", "2026-06-29", "DEFER"),
        ("2025", "2026-06-30", None),
        # This year, said on 1 June: it may have been today.
        ("2026", "2026-11-30", "DEFER"),
        ("2026", "2026-12-01", None),
        # Not sure, less than six months ago.
        ("2025-12-01/2026-06-01", "2026-11-30", "DEFER"),
        ("2025-12-01/2026-06-01", "2026-12-01", None),
    ],
)
def test_a_wait_ends_where_that_of_the_latest_day_ends(
    raw: str, planned: str, level: str | None
) -> None:
    changes = {**STOPPED, "isotretinoin_stop": raw}
    result = screen(changes, {"planned_date": planned})
    assert result.complete
    hit = found(result).get("isotretinoin")
    assert (hit[1] if hit else None) == level
    naive = reference.run(tables(), raw_context({"planned_date": planned}), answers_with(changes))
    assert naive["level"] == result.level.name
    context = context_with({"planned_date": planned})
    quick = evaluate_generated(pack(), context, answers_with(changes))
    assert quick == evaluate_plain(pack(), context, answers_with(changes)) == result


def test_the_hash_is_that_of_what_was_said() -> None:
    month = answers_with({**STOPPED, "isotretinoin_stop": "2025-12"})
    day = answers_with({**STOPPED, "isotretinoin_stop": "2025-12-31"})
    one, other = (evaluate(pack(), context_with(), answers) for answers in (month, day))
    assert one.answers_sha256 == answers_hash(month) != answers_hash(day) == other.answers_sha256
    assert (one.level, one.hits, one.earliest) == (other.level, other.hits, other.earliest)


def test_every_uncertain_date_is_told_and_no_other() -> None:
    answers = answers_with(
        {
            **STOPPED,
            "isotretinoin_stop": "2025-03",
            "recent_injectables": {
                "permanent_filler": "2019",
                "ha_filler": "2026-05-01",
                "threads": "2025-12-01/2026-06-01",
            },
            "sun_exposure": {"tan": "2026-06"},
            "hair_removal": "yes",
            "hair_removal_date": "2026-05-30",
            "topical_actives_date": "2026-05",  # not asked: nobody takes it for anything
            "other_health": "2025-03",  # a text is a text
        }
    )
    assert set(assumed(pack(), answers, GIVEN)) == {
        Assumed(
            question="recent_injectables", option="permanent_filler", said="2019",
            day=date(2019, 12, 31),
        ),
        Assumed(
            question="recent_injectables", option="threads", said="2025-12-01/2026-06-01",
            day=GIVEN,
        ),
        Assumed(question="isotretinoin_stop", option=None, said="2025-03", day=date(2025, 3, 31)),
        Assumed(question="sun_exposure", option="tan", said="2026-06", day=GIVEN),
    }  # fmt: skip
    order = [question.id for question in pack().questions]
    told = [one.question for one in assumed(pack(), answers, GIVEN)]
    assert told == sorted(told, key=order.index)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {**STOPPED, "isotretinoin_stop": "2026-05-01"},
        {**STOPPED, "isotretinoin_stop": "2026-07"},  # does not count, so is taken for nothing
        {"isotretinoin": "no", "isotretinoin_stop": "2025-03"},
        {"sun_exposure": {"tan": "2026-05", "moon": "2026-05"}},
        {"sun_exposure": ["tan"]},
        {"sun_exposure": "2026-05"},
        {"dob": "1990-04"},
    ],
)
def test_what_is_exact_or_does_not_count_is_not_told(changes: dict[str, Any]) -> None:
    assert assumed(pack(), answers_with(changes), GIVEN) == ()


def test_without_a_day_of_answers_the_whole_period_is_told() -> None:
    answers = answers_with({**STOPPED, "isotretinoin_stop": "2026"})
    (told,) = assumed(pack(), answers, None)
    assert told.day == date(2026, 12, 31)
