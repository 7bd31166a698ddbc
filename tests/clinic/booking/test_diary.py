"""Free times and gaps: pure arithmetic, the clock change included."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.booking.diary import Hours, Taken, free_times, gaps

ZONE = ZoneInfo("Europe/London")
HOURS = Hours(opens=time(9), closes=time(12), zone=ZONE)
DAY = date(2026, 6, 16)
HOUR = timedelta(hours=1)


def moment(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


EARLY = moment(0)


def taken(who: int, room: int, hour: int) -> Taken:
    return Taken(
        practitioner_id=who, room_id=room, starts_at=moment(hour), ends_at=moment(hour) + HOUR
    )


def free(*busy: Taken, after: datetime = EARLY, rooms: tuple[int, ...] = (7,)) -> list[str]:
    found = free_times(
        day=DAY,
        hours=HOURS,
        length=HOUR,
        practitioners=(1, 2),
        rooms=rooms,
        taken=busy,
        after=after,
    )
    return [f"{one.starts_at:%H:%M} {one.practitioner_id} {one.room_id}" for one in found]


def test_an_empty_day_is_free_on_every_half_hour_that_ends_in_time() -> None:
    assert free() == ["09:00 1 7", "09:30 1 7", "10:00 1 7", "10:30 1 7", "11:00 1 7"]


def test_when_one_is_busy_the_other_is_offered_if_there_is_a_room() -> None:
    assert free(taken(1, 7, 10)) == ["09:00 1 7", "11:00 1 7"]
    assert free(taken(1, 7, 10), rooms=(7, 8)) == [
        "09:00 1 7",
        "09:30 2 8",
        "10:00 2 8",
        "10:30 2 8",
        "11:00 1 7",
    ]


def test_what_has_begun_is_not_offered() -> None:
    assert free(after=moment(10)) == ["10:30 1 7", "11:00 1 7"]


def test_gaps_of_a_day() -> None:
    busy = [(moment(10), moment(11)), (moment(9, 5), moment(9, 30))]
    assert gaps(day=DAY, hours=HOURS, taken=busy) == [
        (moment(9, 30), moment(10)),
        (moment(11), moment(12)),
    ]
    assert gaps(day=DAY, hours=HOURS, taken=[]) == [(moment(9), moment(12))]
    assert gaps(day=DAY, hours=HOURS, taken=[(moment(8), moment(13))]) == []


def test_the_clock_change_moves_no_opening_hour() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assert [f"{one:%H:%M}" for one in HOURS.on(day)] == ["09:00", "12:00"]
