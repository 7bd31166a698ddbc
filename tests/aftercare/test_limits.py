"""What to avoid until when: for every restriction and band the right day, and the longest wins."""

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.facts import Session
from aftercare.vocabulary import BANDS, FLAGS
from tests.aftercare.test_advice import HOURS
from tests.aftercare.treatment import IN_BAND, sheet, until

# Treated on Tuesday 16 June 2026 at 14:30 (BST all the way).
PRINTED = {
    24: "Wed 17 June, 14:30",
    48: "Thu 18 June, 14:30",
    72: "Fri 19 June",
    120: "Sun 21 June",
    168: "Tue 23 June",
    336: "Tue 30 June",
    672: "Tue 14 July",
    2016: "Tue 8 September",
}


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("restriction", sorted(set(HOURS) - {"minoxidil"}))
def test_every_restriction_ends_on_the_right_day(restriction: str, band: str) -> None:
    hours = HOURS[restriction]
    expected = "The whole course" if hours is None else PRINTED[hours[BANDS.index(band)]]
    assert until(sheet(**IN_BAND[band]))[restriction] == expected


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("flag", sorted(FLAGS))
def test_no_flag_ever_shortens_a_limit(flag: str, band: str) -> None:
    plain = {limit.id: limit.hours for limit in sheet(**IN_BAND[band]).limits}
    flagged = {limit.id: limit.hours for limit in sheet(**IN_BAND[band], flags={flag}).limits}
    for name, hours in plain.items():
        assert name in flagged
        assert hours is None or (flagged[name] or 0) >= hours


def test_limits_stand_in_the_order_in_which_they_end() -> None:
    limits = sheet(**IN_BAND["B1_1_5"], flags=FLAGS).limits
    ends = [limit.until for limit in limits if limit.until is not None]
    assert ends == sorted(ends)
    assert limits[-1].until is None


def test_limits_that_end_together_are_one_group() -> None:
    made = sheet(**IN_BAND["LT_0_5"])
    for groups in (made.avoid, made.keep):
        words = [group.until_words for group in groups]
        assert len(words) == len(set(words))
    listed = [limit for group in (*made.avoid, *made.keep) for limit in group.limits]
    assert sorted(limit.id for limit in listed) == sorted(limit.id for limit in made.limits)


@pytest.mark.parametrize("band", ["LT_0_5", "B0_5_1", "B1_1_5"])
def test_dark_mark_precautions_lengthen_sun_care_of_pen_and_roller(band: str) -> None:
    ends = until(sheet(**IN_BAND[band], flags={"pih_precautions"}))
    assert ends["direct_sun"] == PRINTED[672]
    assert ends["spf"] == PRINTED[2016]
    assert ends["scrubs"] == PRINTED[336]


def test_sensitive_skin_leaves_strong_products_off_for_14_days() -> None:
    ends = until(sheet(**IN_BAND["B0_5_1"], flags={"sensitive_skin", "pih_precautions"}))
    assert ends["actives"] == PRINTED[336]
    assert "scrubs" not in ends  # the strong products, scrubs among them, wait as long


def test_strict_sun_forbids_the_sunbed_for_six_weeks() -> None:
    assert until(sheet(flags={"strict_sun"}))["sunbed"] == "Tue 28 July"


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("perioral", {"mouth_irritants": PRINTED[24]}),
        ("periorbital", {"contact_lenses": PRINTED[24], "eye_makeup": PRINTED[72]}),
        ("scalp", {"hair_washing": PRINTED[24], "hair_dye": PRINTED[168]}),
        ("back", {"loose_clothes": PRINTED[72]}),
        ("hands", {}),
    ],
)
def test_an_area_brings_its_own_limits(area: str, expected: dict[str, str]) -> None:
    ends = until(sheet(depths_mm={area: 0.5}))
    assert {name: ends[name] for name in ends if name not in HOURS} == expected


def test_over_a_clock_change_the_real_hours_count() -> None:
    evening = datetime.fromisoformat("2026-10-24T19:00:00+01:00")
    limits = {limit.id: limit for limit in sheet(treated_at=evening).limits}
    assert limits["makeup"].until_words == "Sun 25 October, 18:00"
    for limit in limits.values():
        if limit.until is not None and limit.hours is not None:
            assert limit.until.astimezone(UTC) - evening.astimezone(UTC) == timedelta(
                hours=limit.hours
            )


def test_the_clinics_zone_decides_the_day_not_the_offset_given() -> None:
    late = datetime.fromisoformat("2026-06-16T23:30:00+00:00")  # 00:30 on Wednesday in London
    made = sheet(treated_at=late)
    assert made.today.label == "Today, Wednesday 17 June"
    assert until(made)["makeup"] == "Thu 18 June, 00:30"


def test_into_another_year_the_year_is_told() -> None:
    ends = until(sheet(treated_at=datetime.fromisoformat("2026-12-20T10:00:00+00:00")))
    assert ends["direct_sun"] == "Sun 3 January 2027"


def test_a_later_session_tells_what_is_longer_than_last_time() -> None:
    made = sheet(
        **IN_BAND["GT_1_5"],
        session_number=2,
        previous=Session(modality="MN_PEN", depth_mm=0.5),
    )
    before = {limit.id: limit.last_time for limit in made.limits}
    assert before["makeup"] == "24 hours"
    assert before["heat"] == "3 days"
    assert before["alcohol"] == ""  # as long as last time


@pytest.mark.parametrize(
    ("area", "answer", "end"),
    [
        ("scalp", "lotion_or_foam", "Thu 18 June, 14:30"),
        ("cheeks", "lotion_or_foam", None),
        ("scalp", "tablets", None),
        ("scalp", "not_sure", None),
    ],
)
def test_minoxidil_waits_on_the_scalp_of_who_uses_it(
    area: str, answer: str, end: str | None
) -> None:
    ends = until(sheet(depths_mm={area: 0.5}, answers={"minoxidil": answer}))
    assert ends.get("minoxidil") == end


@pytest.mark.parametrize("answer", ["active_in_area", "other_in_area", "not_sure", "none"])
def test_prescribed_products_are_asked_about_and_never_stopped(answer: str) -> None:
    made = sheet(answers={"topical_prescribed": answer})
    text = next(limit.text for limit in made.limits if limit.id == "actives")
    assert ("ask them or us when to go on" in text) is (answer != "none")


def test_sun_cream_begins_after_a_day() -> None:
    made = {limit.id: limit for limit in sheet().limits}
    assert made["spf"].from_words == "Wed 17 June, 14:30"
    assert made["cleanser"].from_words == ""


def test_exactly_one_and_a_half_millimetres_is_deep() -> None:
    ends = until(sheet(depths_mm={"cheeks": 1.5}))
    assert ends["heat"] == PRINTED[168]
    assert until(sheet(depths_mm={"cheeks": 1.49}))["heat"] == PRINTED[72]
