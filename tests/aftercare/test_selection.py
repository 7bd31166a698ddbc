"""The sheet follows what was really done: phases, signs, personal lines, the next date."""

import re
from datetime import date, datetime
from itertools import pairwise

import pytest

from aftercare.facts import Product, Session
from aftercare.reading import current
from aftercare.vocabulary import BANDS, FLAGS
from tests.aftercare.treatment import IN_BAND, note, sheet, sign_ids, until

ALWAYS = {"allergy", "sepsis", "infection", "nerve", "worse_again", "long_redness", "rash"} | {
    *("marks", "dent_or_lump", "thick_scar"),
}


def test_the_phases_carry_real_dates() -> None:
    phases = [(p.label, p.dates, p.first, p.last) for p in sheet().phases]
    assert phases[:3] == [
        (
            "Today, Tuesday 16 June",
            "and to Wed 17 June, 14:30",
            date(2026, 6, 16),
            date(2026, 6, 17),
        ),
        ("Days 2–3", "Thu 18 – Fri 19 June", date(2026, 6, 18), date(2026, 6, 19)),
        ("Days 3–7", "Fri 19 – Tue 23 June", date(2026, 6, 19), date(2026, 6, 23)),
    ]
    assert phases[3][1] == "Wed 24 June – Mon 13 July"
    assert phases[4][1] == "Tue 14 July – Tue 11 August"
    assert phases[5][1] == "to June 2027"


def test_no_day_of_the_first_year_is_without_a_phase() -> None:
    phases = sheet().phases
    for before, after in pairwise(phases):
        assert (after.first - before.last).days <= 1


@pytest.mark.parametrize("band", BANDS)
def test_expectations_are_those_of_the_band(band: str) -> None:
    made = sheet(**IN_BAND[band])
    for phase, entry in zip(made.phases, current().expectations, strict=True):
        assert phase.text.split(";")[0].split(" from ")[0] in entry.text[band]


def test_swelling_around_the_eyes_is_not_told_of_a_tummy() -> None:
    assert "around eyes" in sheet(depths_mm={"cheeks": 1.25}).today.text
    assert "around eyes" not in sheet(depths_mm={"abdomen": 1.25}).today.text


@pytest.mark.parametrize(
    ("changes", "days", "words"),
    [
        ({"depths_mm": {"cheeks": 1.49}}, 28, "Tuesday 14 July 2026"),
        ({"depths_mm": {"cheeks": 1.5}}, 42, "Tuesday 28 July 2026"),
        ({"modality": "RF_MN", "depths_mm": {"cheeks": 0.5}}, 42, "Tuesday 28 July 2026"),
    ],
)
def test_the_next_session(changes: dict[str, object], days: int, words: str) -> None:
    made = sheet(**changes)
    assert (made.next_session.after_days, made.next_session.words) == (days, words)
    assert "{" not in made.phases[4].text


@pytest.mark.parametrize(
    ("band", "limit"),
    [
        ("LT_0_5", "3 days (after Fri 19 June)"),
        ("B0_5_1", "3 days (after Fri 19 June)"),
        ("B1_1_5", "5 days (after Sun 21 June)"),
        ("GT_1_5", "7 days (after Tue 23 June)"),
        ("RF", "5 days (after Sun 21 June)"),
    ],
)
def test_redness_has_a_limit_by_band_and_sensitive_skin_the_shortest(band: str, limit: str) -> None:
    def redness(**changes: object) -> str:
        signs = [s for g in sheet(**IN_BAND[band], **changes).signs for s in g.signs]
        return next(s.text for s in signs if s.id == "long_redness")

    assert limit in redness()
    assert "3 days (after Fri 19 June)" in redness(flags={"sensitive_skin"})


def test_warning_signs_stand_by_urgency_and_each_says_what_to_do() -> None:
    groups = sheet(**IN_BAND["RF"], flags=FLAGS, numbing_used=True).signs
    assert [g.level for g in groups] == ["EMERGENCY", "URGENT_SAME_DAY", "CONTACT_CLINIC"]
    assert all(sign.action for group in groups for sign in group.signs)


@pytest.mark.parametrize(
    ("changes", "added"),
    [
        ({"depths_mm": {"hands": 0.5}}, set()),
        ({"depths_mm": {"hands": 0.5}, "numbing_used": True}, {"numbing_poisoning"}),
        ({"depths_mm": {"hands": 0.5}, "flags": {"antiviral_check"}}, {"cold_sore"}),
        ({"depths_mm": {"cheeks": 0.5}}, {"cold_sore"}),
        ({"depths_mm": {"periorbital": 0.5}}, {"cold_sore", "eye_pain", "eye_injury"}),
        ({"depths_mm": {"hands": 0.5}, "modality": "RF_MN"}, {"rf_burn"}),
        ({"depths_mm": {"hands": 0.5}, "flags": {"infection_watch"}}, {"any_infection"}),
    ],
)
def test_signs_are_added_for_what_was_done(changes: dict[str, object], added: set[str]) -> None:
    assert sign_ids(sheet(**changes)) == ALWAYS | added


@pytest.mark.parametrize(
    ("name", "changes", "says"),
    [
        ("modality_rf", {"modality": "RF_MN"}, "Burns, loss of fat and nerve damage"),
        ("near_mouth", {"depths_mm": {"perioral": 0.5}}, "lip balm"),
        ("scalp", {"depths_mm": {"scalp": 0.5}}, "cap"),
        ("pih_precautions", {"flags": {"pih_precautions"}}, "week 4, about Tue 14 July"),
        ("antiviral_check", {"flags": {"antiviral_check"}}, "on time. Call us at the first tingle"),
        (
            "bruise_risk",
            {"flags": {"do_not_stop_medicine"}},
            "Keep taking your prescribed medicine",
        ),
        ("no_topical_anaesthetic", {"flags": {"no_topical_anaesthetic"}}, "not safe for you"),
        ("allergies", {"flags": {"latex_free", "avoid_adhesive"}}, "latex and plasters"),
        ("exclude_zone", {"excluded_zones": ("the mole",), "flags": {"exclude_zone"}}, "the mole"),
        ("exclude_zone", {"excluded_zones": ("the tattoo",)}, "the tattoo"),
        ("exclude_zone", {"flags": {"exclude_zone"}}, "the spot we agreed on"),
        ("sensitive_skin", {"flags": {"sensitive_skin"}}, "keep away from heat"),
        ("infection_watch", {"flags": {"infection_watch"}}, "Wed 17 June, Fri 19 June and Tue 23"),
        ("scar_watch", {"flags": {"scar_watch"}}, "until Tue 8 September (week 12)"),
        ("numbing_used", {"numbing_used": True}, "about 2 hours, to 16:30"),
    ],
)
def test_an_input_adds_its_personal_line(name: str, changes: dict[str, object], says: str) -> None:
    assert says in note(sheet(**changes), name)
    assert note(sheet(depths_mm={"hands": 0.5}), name) == ""


def test_fat_loss_is_watched_after_rf_only() -> None:
    assert "hollow" in note(sheet(modality="RF_MN", flags={"fat_loss_risk"}), "fat_loss_risk")
    assert note(sheet(flags={"fat_loss_risk"}), "fat_loss_risk") == ""


def test_strict_sun_speaks_in_every_phase() -> None:
    phases = sheet(flags={"strict_sun"}).phases
    assert all("Shade and covering clothes." in phase.extra for phase in phases)


def test_bruises_may_last_longer_where_blood_is_thinned() -> None:
    phases = {p.id: p.extra for p in sheet(flags={"bruise_risk"}).phases}
    assert phases["weeks_2_4"] == ("Bruises can last 10–14 days.",)


def test_numbing_lines_go_where_numbing_is_not_safe_but_warnings_of_numbing_given_stay() -> None:
    flagged = sheet(flags={"no_topical_anaesthetic"}, numbing_used=True)
    assert "numbing" not in {line.id for line in flagged.dont}
    assert "numbing" in {line.id for line in sheet().dont}
    assert "numbing_poisoning" in sign_ids(flagged)


def test_the_care_list_holds_only_what_was_given_and_fits_the_allergy() -> None:
    wipe = Product(name="Cleansing wipe", how_often="daily", contains=("chlorhexidine",))
    cream = Product(name="Barrier cream", how_often="twice a day")
    made = sheet(products=(wipe, cream), flags={"avoid_chlorhexidine"})
    assert made.products == (cream,)
    assert made.products_left_out == ("Cleansing wipe",)
    assert sheet(products=(wipe, cream)).products == (wipe, cream)


def test_a_first_session_has_the_full_text_and_a_later_one_only_what_no_limit_says() -> None:
    first, later = sheet(), sheet(session_number=2)
    assert (len(first.do), len(first.dont)) == (9, 9)
    limits = until(later)
    dropped = {x.id for x in (*first.do, *first.dont)} - {x.id for x in (*later.do, *later.dont)}
    covered = {s.id: s.covered_by for s in (*current().do, *current().dont)}
    assert dropped
    assert all(set(covered[name]) <= set(limits) and covered[name] for name in dropped)


@pytest.mark.parametrize("band", BANDS)
def test_no_placeholder_is_left_and_every_line_has_its_sources(band: str) -> None:
    made = sheet(
        **IN_BAND[band],
        flags=FLAGS,
        numbing_used=True,
        previous=Session(modality="RF_MN", depth_mm=1),
    )
    assert not re.search(r"[{}]", repr(made.statements))
    assert all(statement.sources and statement.evidence for statement in made.statements)
    assert made.sources[0] == "S000"
    assert made.sources[-1] == "BG"


def test_all_twenty_inputs_are_either_conditions_or_done_by_selection() -> None:
    by_selection = {p.id for p in current().personalisation if p.condition is None}
    assert by_selection == {"depth_band", "session_number", "products_given"}


def test_the_same_facts_give_the_same_sheet() -> None:
    assert sheet() == sheet()


def test_the_sheet_tells_the_day_in_words() -> None:
    night = datetime.fromisoformat("2026-03-28T23:45:00+00:00")
    made = sheet(treated_at=night)
    assert made.treated_on == "Saturday 28 March 2026"
    assert made.today.dates == "and to Mon 30 March, 00:45"
