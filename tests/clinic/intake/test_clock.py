"""The day of the answers is the clinic's own, at midnight and when its clocks change.

Through the page that hands answers in, one second before and at local midnight, in a clinic that
keeps London's time and in clinics far west and far east of it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clinic.intake import queries
from clinic.intake.models import Intake, Screening
from tests.clinic.intake.conftest import Filled
from tests.factories import Cast

SECOND = timedelta(seconds=1)
WAX_DAYS = 7
"""Days to wait after waxing, threading or hair cream (rule recent_hair_removal)."""

# (zone, a day on which clocks change there, or none do but the date of UTC differs)
CHANGES = [
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/Los_Angeles", date(2026, 3, 8)),
    ("America/Los_Angeles", date(2026, 11, 1)),
    ("Australia/Sydney", date(2026, 4, 5)),
    ("Australia/Sydney", date(2026, 10, 4)),
    ("Pacific/Kiritimati", date(2026, 3, 1)),
    ("Pacific/Pago_Pago", date(2024, 2, 29)),
    # Midnight itself does not exist on the first, and comes twice on the other.
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 30)),
]


def midnight(zone: str, day: date) -> datetime:
    """The first instant of a day."""
    there = ZoneInfo(zone)
    before = datetime(day.year, day.month, day.day, tzinfo=there) - timedelta(days=1)
    first = before.astimezone(ZoneInfo("UTC"))
    while first.astimezone(there).date() < day:
        first += timedelta(minutes=15)
    return first


@pytest.fixture
def handed_in(
    cast: Cast, client: Browser, settings: Any
) -> Callable[[Intake, str, datetime], Screening]:
    """`handed_in(draft, zone, at)`: sent from the page at that instant by a clinic of that zone."""

    def send(draft: Intake, zone: str, at: datetime) -> Screening:
        settings.TIME_ZONE = zone
        with time_machine.travel(at, tick=False):
            client.force_login(cast.fred)
            page = client.post(reverse("intake:check", args=[draft.pk]), {"confirmed": "on"})
            assert page.status_code == 302
            assert timezone.localdate() == at.astimezone(ZoneInfo(zone)).date()
        return Screening.objects.latest("pk")

    return send


@pytest.mark.parametrize(("zone", "day"), CHANGES)
@pytest.mark.parametrize("late", [-SECOND, timedelta(0)], ids=["23:59:59", "00:00:00"])
def test_answers_belong_to_the_clinics_own_day(
    filled: Filled,
    handed_in: Callable[[Intake, str, datetime], Screening],
    zone: str,
    day: date,
    late: timedelta,
) -> None:
    today = day if late == timedelta(0) else day - timedelta(days=1)
    waxed = today - timedelta(days=WAX_DAYS - 1)
    draft = filled(hair_removal="yes", hair_removal_date=waxed.isoformat(), dob="1990-04-12")
    Intake.objects.filter(pk=draft.pk).update(planned_date=today)
    made = handed_in(draft, zone, midnight(zone, day) + late)
    assert (made.assessment_date, made.planned_date) == (today, today)
    assert made.submission.assessment_date == today
    # Waxed six days ago: one more day, whatever the clocks do in between.
    assert made.defer_until == made.clear_from == today + timedelta(days=1)
    held = queries.live_clearance(made.client_id, made.procedure_id)
    assert held is not None
    assert (held.valid_from, held.valid_until) == (made.clear_from, today + timedelta(days=30))


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_the_window_is_over_at_midnight(
    filled: Filled,
    handed_in: Callable[[Intake, str, datetime], Screening],
    zone: str,
    day: date,
) -> None:
    waxed = day - timedelta(days=WAX_DAYS)
    draft = filled(hair_removal="yes", hair_removal_date=waxed.isoformat())
    Intake.objects.filter(pk=draft.pk).update(planned_date=day)
    made = handed_in(draft, zone, midnight(zone, day))
    assert (made.defer_until, made.clear_from) == (None, day)


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_a_date_of_tomorrow_is_no_answer_before_midnight(
    cast: Cast, client: Browser, filled: Filled, settings: Any, zone: str, day: date
) -> None:
    settings.TIME_ZONE = zone
    draft = filled(hair_removal="yes", hair_removal_date=day.isoformat())
    address = reverse("intake:check", args=[draft.pk])
    for late, status in ((-SECOND, 409), (timedelta(0), 302)):
        with time_machine.travel(midnight(zone, day) + late, tick=False):
            client.force_login(cast.fred)
            assert client.post(address, {"confirmed": "on"}).status_code == status
