"""The product's own numbers are those of the policy of the newest rules: one meaning, one number.

A pack that changes one of them fails here until the product follows.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from aftercare.reading import current as advice
from clinic.booking import booking_checks, rest
from clinic.clients.links import LASTS
from clinic.clients.models import ClientLink
from clinic.consent.reading import current as consent_text
from clinic.intake.judging import ANSWERS_COUNT_DAYS
from clinic.procedures import policy as procedures
from clinic.procedures.models import Procedure
from clinic.review.queries import ANSWERS_COUNT_FOR
from screening.packs import latest

POLICY: Mapping[str, Any] = {one.id: one.value for one in latest().policy.values()}
WAITS = {wait.id: wait.hours for wait in consent_text().waits}
HOURS_A_DAY = 24


@pytest.mark.parametrize(
    ("number", "ours"),
    [
        ("answers_valid_days", ANSWERS_COUNT_DAYS),
        ("answers_valid_days", booking_checks.ANSWERS_LAST.days),
        ("answers_valid_days", ANSWERS_COUNT_FOR.days),
        # A clearance ends with the answers it rests on, counted from their day.
        ("clearance_valid_days", ANSWERS_COUNT_DAYS),
        ("intake_link_valid_days", LASTS[ClientLink.Purpose.INTAKE].days),
        ("consent_link_valid_days", LASTS[ClientLink.Purpose.CONSENT].days),
        ("sheet_link_valid_days", LASTS[ClientLink.Purpose.AFTERCARE].days),
        ("interval_days", procedures.floors("MN_PEN").interval_days),
        ("interval_days", procedures.floors("MN_ROLLER").interval_days),
        ("deep_interval_days", procedures.floors("MN_PEN").deep_interval_days),
        ("deep_interval_days", procedures.floors("RF_MN").interval_days),
        ("cooling_off_hours_default", procedures.floors("MN_PEN").cooling_off_hours),
        ("cooling_off_hours_rf", procedures.floors("RF_MN").cooling_off_hours),
        ("cooling_off_hours_deep", procedures.COOLING_OFF_DEEP),
        ("cooling_off_hours_default", WAITS["base"]),
        ("cooling_off_hours_rf", WAITS["rf"]),
        ("cooling_off_hours_first_session", WAITS["first_session"]),
        ("cooling_off_hours_deep", WAITS["deep"]),
        ("cooling_off_days_worry_and_pressure", WAITS["worry_and_pressure"] / HOURS_A_DAY),
        ("consent_valid_months", consent_text().expires_after_months),
        ("interval_days", advice().next_session.days),
        ("deep_interval_days", advice().next_session.days_after_deep),
        ("deep_from_mm", advice().next_session.deep_from_mm),
        ("deep_from_mm", float(rest.DEEP_MM)),
        ("deep_from_mm", procedures.DEEP_MM),
    ],
)
def test_the_product_goes_by_the_number_of_the_rules(number: str, ours: float) -> None:
    assert ours == POLICY[number]


def test_the_database_refuses_shorter_intervals_than_the_rules_allow() -> None:
    checks = {one.name: one.condition for one in Procedure._meta.constraints}  # type: ignore[attr-defined]
    said = str(checks["sessions_are_at_least_28_days_apart"])
    assert f"{POLICY['interval_days']:g}" in said


@pytest.mark.parametrize(("depth", "days"), [("1.49", 28), ("1.5", 42), ("1.50", 42), ("2", 42)])
def test_exactly_a_deep_depth_rests_as_long_as_a_deeper_one(depth: str, days: int) -> None:
    found = rest.rest_days(
        modality="MN_PEN", depth_mm=Decimal(depth), interval=28, deep_interval=42
    )
    assert found == days
