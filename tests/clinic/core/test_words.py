"""Dates, ages, levels and states are told as people say them."""

from datetime import UTC, date, datetime

import pytest

from clinic.core import words

TODAY = date(2026, 6, 10)  # a Wednesday


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 9), "yesterday"),
        (date(2026, 6, 10), "today"),
        (date(2026, 6, 11), "tomorrow"),
        (date(2026, 6, 16), "Tuesday 16 June"),
        (date(2026, 1, 1), "Thursday 1 January"),
        (date(2027, 6, 16), "Wednesday 16 June 2027"),
        (date(2025, 12, 31), "Wednesday 31 December 2025"),
    ],
)
def test_a_day_is_told_as_people_say_it(day: date, said: str) -> None:
    assert words.say_day(day, TODAY) == said


def test_tomorrow_is_tomorrow_over_the_turn_of_the_year() -> None:
    assert words.say_day(date(2027, 1, 1), date(2026, 12, 31)) == "tomorrow"
    assert words.say_full_day(date(2027, 1, 1), date(2026, 12, 31)) == "Friday 1 January 2027"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 11), "tomorrow"),
        (date(2026, 6, 16), "16 Jun"),
        (date(2025, 6, 16), "16 Jun 2025"),
    ],
)
def test_a_day_with_little_room(day: date, said: str) -> None:
    assert words.say_short_day(day, TODAY) == said


def test_a_moment_has_its_time() -> None:
    now = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)
    assert (
        words.say_moment(datetime(2026, 6, 16, 10, 30, tzinfo=UTC), now)
        == "Tuesday 16 June at 10:30"
    )
    assert words.say_moment(datetime(2026, 6, 10, 9, 5, tzinfo=UTC), now) == "today at 09:05"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 6, 10), "today"),
        (date(2026, 6, 13), "in 3 days"),
        (date(2026, 6, 23), "in 13 days"),
        (date(2026, 6, 24), "in 2 weeks"),
        (date(2026, 6, 7), "3 days ago"),
        (date(2026, 8, 11), "in 8 weeks"),
        (date(2026, 8, 12), "in 2 months"),
        (date(2024, 6, 1), "2 years ago"),
    ],
)
def test_how_far_a_day_is(day: date, said: str) -> None:
    assert words.say_distance(day, TODAY) == said


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2008, 6, 11), TODAY, 17),
        (date(2008, 6, 10), TODAY, 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_an_age_counts_full_years(born: date, today: date, years: int) -> None:
    assert words.age_on(born, today) == years


def test_no_level_or_state_shares_word_and_icon_and_tone_with_another() -> None:
    for looks in (words.LEVELS, words.STATES):
        assert len({str(look.word) for look in looks.values()}) == len(looks)
        assert len({look.icon for look in looks.values()}) == len(looks)
    assert len({look.tone for look in words.LEVELS.values()}) == len(words.LEVELS)


def test_a_level_is_never_guessed() -> None:
    assert str(words.level_look("DEFER").word) == "Defer"
    with pytest.raises(ValueError, match="is no level"):
        words.level_look("")
    with pytest.raises(ValueError, match="is no journey state"):
        words.state_look(None)
