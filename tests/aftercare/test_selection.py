"""The sheet follows what was really done: phases, signs, personal lines, the next date."""

import re
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from aftercare.facts import Product, Session
from aftercare.reading import current
from aftercare.vocabulary import BANDS, FLAGS
from tests.aftercare.treatment import IN_BAND, MAYA, TUESDAY, note, sheet, sign_ids, until

ALWAYS = {
    *("anaphylaxis", "sepsis", "bleeding_emergency", "bleeding_urgent", "infection", "herpes"),
    *("nerve", "worse_again", "red_too_long", "rash", "marks", "dent_lump", "thick_scar"),
}


def test_the_phases_carry_real_dates() -> None:
    assert [(p.label, p.dates) for p in sheet().phases] == [
        ("Today, Tuesday 16 June", "until Wed 17 June, 14:30"),
        ("Days 2–3", "Wed 17 until Fri 19 June"),
        ("Days 3–7", "Fri 19 until Tue 23 June"),
        ("Weeks 2–4", "Tue 23 June until Tue 14 July"),
        ("Weeks 4–8", "Tue 14 July until Tue 11 August"),
        ("Up to 12 months", "until June 2027"),
    ]


def test_phases_touch_without_gap_or_overlap_for_a_year() -> None:
    phases = sheet().phases
    assert phases[0].starts == TUESDAY
    assert all(before.ends == after.starts for before, after in pairwise(phases))
    assert (phases[-1].ends - phases[0].starts).days == 365


@pytest.mark.parametrize("band", BANDS)
def test_expectations_are_those_of_the_band(band: str) -> None:
    made = sheet(**IN_BAND[band])
    for phase, entry in zip(made.phases, current().expectations, strict=True):
        assert phase.text.split(";")[0].split(" from ")[0] in entry.text[band]


def test_swelling_around_the_eyes_is_told_only_of_eyes() -> None:
    assert "around the eyes" in " ".join(sheet(depths_mm={"periorbital": 1.25}).today.extra)
    assert "around the eyes" not in repr(sheet(depths_mm={"cheeks": 1.25}).today)


@pytest.mark.parametrize(
    ("changes", "days", "words"),
    [
        ({"depths_mm": {"cheeks": 1.49}}, 28, "Tuesday 14 July 2026"),
        ({"depths_mm": {"cheeks": 1.5}}, 42, "Tuesday 28 July 2026"),
        ({"modality": "RF_MN", "depths_mm": {"cheeks": 0.5}}, 42, "Tuesday 28 July 2026"),
        ({"flags": {"longer_gap"}}, 42, "Tuesday 28 July 2026"),
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
        return next(s.text for s in signs if s.id == "red_too_long")

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
        ({"depths_mm": {"hands": 0.5}, "numbing_used": True}, {"numbing_toxic"}),
        ({"depths_mm": {"cheeks": 0.5}}, {"eye", "eye_emergency"}),
        ({"depths_mm": {"perioral": 0.5}}, set()),
        ({"depths_mm": {"hands": 0.5}, "modality": "RF_MN"}, {"burn"}),
    ],
)
def test_signs_are_added_for_what_was_done(changes: dict[str, object], added: set[str]) -> None:
    assert sign_ids(sheet(**changes)) == ALWAYS | added


@pytest.mark.parametrize(
    ("flag", "added", "gone"),
    [
        *(
            (flag, {"infection_high_risk"}, {"infection", "worse_again"})
            for flag in ("infection_watch", "diabetes", "slow_healing")
        ),
        (
            "takes_blood_thinner",
            {"bleeding_emergency_thinner", "bleeding_urgent_thinner"},
            {"bleeding_emergency", "bleeding_urgent"},
        ),
    ],
)
def test_a_sign_takes_the_place_of_the_weaker_ones(
    flag: str, added: set[str], gone: set[str]
) -> None:
    made = sheet(depths_mm={"hands": 0.5}, flags={flag})
    assert sign_ids(made) == (ALWAYS | added) - gone


def test_emergency_numbers_are_those_of_one_country() -> None:
    def numbers(country: str) -> str:
        clinic = replace(MAYA.clinic, country=country)
        made = sheet(clinic=clinic, modality="RF_MN", flags=FLAGS, numbing_used=True)
        return " ".join(sign.action for group in made.signs for sign in group.signs)

    assert "call 999" in numbers("GB-ENG")
    assert "NHS 111" in numbers("GB-SCT")
    assert "NHS 111" not in numbers("GB-NIR")
    assert "call 911" in numbers("US")
    assert "call your emergency number" in numbers("")
    for country, foreign in {
        "GB": ("911", "112"),
        "US": ("999", "112"),
        "EU": ("999", "911"),
    }.items():
        assert not any(number in numbers(country) for number in foreign)


def test_the_pen_comes_first_and_a_burn_is_cooled_with_running_water() -> None:
    signs = {s.id: s.action for g in sheet(modality="RF_MN").signs for s in g.signs}
    assert signs["anaphylaxis"].startswith("Use your adrenaline pen first")
    assert "cool running water for 20 minutes" in signs["burn"]


@pytest.mark.parametrize(
    ("name", "changes", "says"),
    [
        ("modality_rf", {"modality": "RF_MN"}, "Burns, loss of fat and nerve damage"),
        ("near_mouth", {"depths_mm": {"perioral": 0.5}}, "lip balm"),
        ("scalp", {"depths_mm": {"scalp": 0.5}}, "cap"),
        ("pih_precautions", {"flags": {"pih_precautions"}}, "week 4, about Tue 14 July"),
        ("cold_sore_taken", {"flags": {"antiviral_taken", "hsv_history"}}, "as your prescriber"),
        ("cold_sore_history", {"flags": {"hsv_history"}}, "Call us at the first tingle"),
        ("cold_sore_unsure", {"answers": {"hsv_history": "not_sure"}}, "call us the same day"),
        ("bruise_risk", {"flags": {"bruise_risk"}}, "a cold cloth on them for 10 minutes"),
        ("do_not_stop_medicine", {"flags": {"do_not_stop_medicine"}}, "Keep taking your"),
        ("hormone_sun", {"flags": {"hormone_sun"}}, "Hormones can make dark patches"),
        ("infection_watch", {"flags": {"diabetes"}}, "Take your temperature"),
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
    phases = {p.id: p.text for p in sheet(flags={"bruise_risk"}).phases}
    assert phases["weeks_2_4"] == "Bruises can last 10–14 days in your case"


def test_cold_sore_tablets_are_named_only_to_who_was_given_them() -> None:
    for flags in ({"antiviral_check"}, {"hsv_history"}, set[str]()):
        assert "tablets as your prescriber" not in repr(sheet(flags=flags).notes)
    taken = sheet(flags={"antiviral_taken", "hsv_history"})
    assert note(taken, "cold_sore_history") == ""


def test_what_was_seen_comes_with_what_follows() -> None:
    def ids(**changes: object) -> list[str]:
        return [line.id for line in sheet(**changes).seen]

    assert ids() == []
    assert ids(reaction="Even redness.") == ["reaction_contact"]
    assert ids(reaction="Hives on one cheek") == ["reaction_contact", "reaction_hives"]
    assert ids(reaction="A small blister") == ["reaction_contact", "reaction_burn"]
    # Only an open event holds the bookings, so only then the sheet says so.
    assert ids(event_open=True) == ["reaction_next"]
    assert ids(event_open=True, reaction="Red.") == ["reaction_contact", "reaction_next"]


def test_numbing_lines_go_where_numbing_is_not_safe_but_warnings_of_numbing_given_stay() -> None:
    flagged = sheet(flags={"no_topical_anaesthetic"}, numbing_used=True)
    assert "numbing" not in {line.id for line in flagged.dont}
    assert "numbing" in {line.id for line in sheet().dont}
    assert "numbing_toxic" in sign_ids(flagged)


def test_the_care_list_holds_only_what_was_given_and_fits_the_allergy() -> None:
    wipe = Product(name="Cleansing wipe", how_often="daily", contains=("chlorhexidine",))
    cream = Product(name="Barrier cream", how_often="twice a day")
    made = sheet(products=(wipe, cream), flags={"avoid_chlorhexidine"})
    assert [one.product for one in made.products] == [cream]
    assert made.products_left_out == ("Cleansing wipe",)
    assert [one.product for one in sheet(products=(wipe, cream)).products] == [wipe, cream]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Barrier cream", ""),
        ("Hyaluronic acid serum", ""),
        ("Fragrance-free balm", ""),
        ("Retinol 0.3 night serum", "Sun 21 June"),
        ("Vitamin C serum", "Sun 21 June"),
        ("Gentle cleanser", "Wed 17 June, 14:30"),
        ("Mineral SPF50", "Wed 17 June, 14:30"),
        ("Perfume oil", "Fri 19 June"),
    ],
)
def test_each_product_is_named_with_its_first_day(name: str, first: str) -> None:
    made = sheet(products=(Product(name=name, how_often="daily"),))
    assert made.products[0].from_words == first


def test_products_are_spoken_of_only_where_some_were_given() -> None:
    def said(**changes: object) -> str:
        made = sheet(**changes)
        return " ".join([*(line.text for line in made.do), *(one.text for one in made.limits)])

    assert "with Barrier cream" in said()
    assert "Only these plain products on the skin: Barrier cream" in said()
    assert "plain, fragrance-free cream" in said(products=())
    assert "Keep the skin clean and moist." in said(products=())


def test_no_line_tells_to_use_now_what_is_for_later_or_not_for_this_client() -> None:
    wipe = Product(name="Wipe", how_often="daily", contains=("chlorhexidine",))
    serum = Product(name="Vitamin C serum", how_often="daily")
    cream = Product(name="Barrier cream", how_often="daily")
    for given, named in (((wipe, serum, cream), "Barrier cream"), ((wipe, serum), "")):
        made = sheet(products=given, flags={"avoid_chlorhexidine"})
        keep = next(one.text for one in made.limits if one.id == "perfume_products")
        moist = next(line.text for line in made.do if line.id == "moist")
        assert not re.search("Wipe|Vitamin C", keep + moist)
        assert (f": {named}" in keep and f"with {named}" in moist) if named else "ask us" in keep
        assert serum in [one.product for one in made.products]


def test_a_first_session_has_the_full_text_and_a_later_one_only_what_no_limit_says() -> None:
    first, later = sheet(), sheet(session_number=2)
    assert (len(first.do), len(first.dont)) == (7, 9)
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


def test_every_input_is_either_a_condition_or_done_by_selection() -> None:
    by_selection = {p.id for p in current().personalisation if p.condition is None}
    assert by_selection == {
        *("depth_band", "session_number", "products_given", "country", "reaction", "used")
    }


def test_the_same_facts_give_the_same_sheet() -> None:
    assert sheet() == sheet()


def test_the_sheet_tells_the_day_in_words() -> None:
    night = datetime.fromisoformat("2026-03-28T23:45:00+00:00")
    made = sheet(treated_at=night)
    assert made.treated_on == "Saturday 28 March 2026"
    assert made.today.dates == "until Mon 30 March, 00:45"
