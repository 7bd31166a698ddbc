"""The published advice says all that was reviewed, says what it rests on, and cannot be edited."""

import re

import pytest

from aftercare.checking import AdviceError
from aftercare.reading import CURRENT, FOLDER, current, parse, published_hashes
from aftercare.vocabulary import BANDS

RAW = (FOLDER / f"{CURRENT}.toml").read_bytes()

# The reviewed hours after treatment, per band; None is the whole course.
HOURS: dict[str, tuple[int, ...] | None] = {
    "touch": (24, 24, 48, 72, 72),
    "cleanser": (24, 24, 24, 24, 24),
    "makeup": (24, 24, 48, 72, 72),
    "sunscreen_start": (24, 24, 24, 24, 24),
    "exercise": (48, 48, 72, 72, 72),
    "heat": (72, 72, 72, 168, 168),
    "swim": (72, 72, 72, 168, 168),
    "actives": (120, 120, 168, 168, 168),
    "perfume_products": (72, 72, 72, 72, 72),
    "shaving": (72, 72, 72, 72, 72),
    "hair_removal": (168, 168, 168, 336, 336),
    "fake_tan": (168, 168, 168, 336, 336),
    "direct_sun": (336, 336, 336, 672, 672),
    "spf": (672, 672, 672, 2016, 2016),
    "alcohol": (24, 24, 24, 24, 24),
    "nsaid": (168, 168, 168, 168, 168),
    "other_treatment": (336, 336, 336, 672, 672),
    "home_needling": None,
}


def test_every_reviewed_statement_is_there() -> None:
    advice = current()
    assert len(advice.bands) == 5
    assert len(advice.expectations) == 6
    assert sum(len(e.text) for e in advice.expectations) == 30
    assert len(advice.restrictions) == 18
    assert (len(advice.do), len(advice.dont)) == (9, 9)
    assert [s.level for s in advice.warning_signs].count("EMERGENCY") == 4
    assert [s.level for s in advice.warning_signs].count("URGENT_SAME_DAY") == 5
    assert [s.level for s in advice.warning_signs].count("CONTACT_CLINIC") == 6
    assert len(advice.personalisation) == 20
    assert len(advice.pre_care) == 11


def test_the_hours_are_those_reviewed() -> None:
    found = {r.id: r.hours and tuple(r.hours[b] for b in BANDS) for r in current().restrictions}
    assert found == HOURS


def test_every_statement_names_its_sources_and_how_well_it_is_founded() -> None:
    statements = current().statements
    assert len(statements) > 90
    for statement in statements:
        assert statement.sources, statement
        assert all(re.fullmatch(r"S00\d|R\d\d|BG", key) for key in statement.sources), statement
        assert statement.awaits_sign_off or "BG" not in statement.sources


def test_the_division_by_depth_is_marked_as_policy() -> None:
    advice = current()
    divided = (*advice.expectations, advice.redness_limit, advice.next_session)
    assert all(s.evidence == "source+policy" for s in divided)
    assert all(r.evidence == "source+policy" for r in advice.restrictions)


def test_no_line_tells_anyone_to_stop_a_prescribed_medicine() -> None:
    medicine = re.compile(r"medicine|tablet|capsule|prescri|blood.thin|anticoag|steroid|insulin")
    stopping = re.compile(r"\b(stop|pause|skip|leave out|do not take|avoid)\b")
    text = RAW.decode().lower()
    for line in text.splitlines():
        for sentence in re.split(r"[.;\"]", line):
            if medicine.search(sentence) and stopping.search(sentence):
                # the two that say the opposite, and the flag that is named so
                assert re.search(r"never stop a prescribed|do_not_stop_medicine", sentence), line


def test_a_published_file_cannot_be_edited_unnoticed() -> None:
    digest = published_hashes()[f"{CURRENT}.toml"]
    assert parse(RAW, expected_sha256=digest).sha256 == digest
    with pytest.raises(AdviceError, match="differs from the one that was published"):
        parse(RAW.replace(b"No alcohol", b"Some alcohol"), expected_sha256=digest)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'sources = ["R15"]', b"sources = []", "nsaid: needs its sources"),
        (b'level = "EMERGENCY"', b'level = "SOON"', "allergy: level must be"),
        (b'flag = ["scar_watch"]', b'flag = ["scar_wotch"]', "scar_watch: unknown condition"),
        (b"floors = { actives = 336 }", b"floors = { active = 336 }", "refers to 'active'"),
        (b"whole_course = true", b"whole_course = false", "home_needling: needs hours"),
        (b"hours = { LT_0_5 = 48, B0_5_1 = 48,", b"hours = { LT_0_5 = 48,", "exercise: must name"),
    ],
)
def test_a_mistake_in_the_file_is_named(old: bytes, new: bytes, message: str) -> None:
    assert old in RAW
    with pytest.raises(AdviceError, match=re.escape(message)):
        parse(RAW.replace(old, new, 1))
