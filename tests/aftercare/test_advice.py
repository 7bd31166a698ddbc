"""The published advice says all that was reviewed, says what it rests on, and cannot be edited."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from aftercare.checking import AdviceError
from aftercare.content import WarningSign
from aftercare.reading import CURRENT, FOLDER, current, parse, published_hashes
from aftercare.vocabulary import BANDS
from clinic.accounts.countries import call_for_help

RAW = (FOLDER / f"{CURRENT}.toml").read_bytes()

REVIEWED: dict[str, Any] = json.loads((Path(__file__).parent / "reviewed.json").read_text())
"""The parts of the clinical specification, revision 2.1, that the advice is made from."""

NEEDS_A_RECORD = {"Send us a photo on day 1", "Come to your check on"}
"""Lines of the specification that name what no page records yet; so they are on no sheet."""

LIMITS = (*REVIEWED["avoid_until"], *REVIEWED["keep_doing"])
HOURS: dict[str, tuple[int, ...] | None] = {
    r["id"]: None if isinstance(r["hours"], str) else tuple(r["hours"].values()) for r in LIMITS
}
"""The reviewed hours after treatment, per band; None is the whole course."""


def test_bands_and_expectations_are_those_reviewed() -> None:
    advice = current()
    assert advice.bands == {band["code"]: band["label"] for band in REVIEWED["depth_bands"]}
    found = [
        (e.phase, e.text, e.from_hours, e.to_hours, e.by_flag, list(e.sources))
        for e in advice.expectations
    ]
    assert found == [
        (
            e["phase"],
            e["by_band"],
            e["from_hours"],
            e["to_hours"],
            e.get("by_flag", {}),
            e["sources"],
        )
        for e in REVIEWED["expectations"]
    ]


def test_limits_are_those_reviewed() -> None:
    found = {
        r.id: (
            r.text,
            r.keep,
            r.from_hours,
            r.hours and tuple(r.hours[b] for b in BANDS),
            r.sources,
        )
        for r in current().restrictions
    }
    assert found == {
        r["id"]: (
            r["text"],
            r in REVIEWED["keep_doing"],
            r.get("from_hours", 0),
            HOURS[r["id"]],
            tuple(r["sources"]),
        )
        for r in LIMITS
    }
    own = {r.id: r for r in current().restrictions}
    for reviewed in LIMITS:
        found_here = own[reviewed["id"]]
        assert found_here.text_if == reviewed.get("text_if_prescribed", "")
        assert found_here.with_products == reviewed.get("text_with_products", "")
        assert found_here.without_products == reviewed.get("text_without_products", "")


def test_do_and_do_not_are_those_reviewed() -> None:
    for kind, own in (("do", current().do), ("dont", current().dont)):
        wanted = [
            (s["text"], s.get("text_with_products", ""), tuple(s["sources"]))
            for s in REVIEWED[kind]
            if not any(s["text"].startswith(start) for start in NEEDS_A_RECORD)
        ]
        assert [(s.text, s.with_products, s.sources) for s in own] == wanted


def test_warning_signs_are_those_reviewed() -> None:
    found = [
        (
            s.id,
            s.level,
            s.text,
            s.period,
            s.action,
            list(s.sources),
            sorted(s.instead_of),
            _meant(s),
        )
        for s in current().warning_signs
    ]
    assert found == [
        (
            *(s["id"], s["level"], s["sign"], s["when"], s["action"], s["sources"]),
            sorted(s["instead_of"]),
            _wanted(s),
        )
        for s in REVIEWED["warning_signs"]
    ]


def _meant(sign: WarningSign) -> dict[str, list[str]]:
    assert not sign.condition.any_of
    assert not sign.condition.none_of
    return {kind: sorted(values) for kind, values in sign.condition.all_of.items()}


def _wanted(sign: dict[str, Any]) -> dict[str, list[str]]:
    wanted = {}
    if rule := sign["show_when"]:
        value = rule["value"]
        kind = {"areas": "area", "modality": "modality"}[rule["ctx"]]
        wanted[kind] = sorted([value] if isinstance(value, str) else value)
    if sign["flags_any"]:
        wanted["flag"] = sorted(sign["flags_any"])
    if sign.get("record_when"):
        assert sign["record_when"] == ["numbing_used"]
        wanted["numbing"] = ["yes"]
    return wanted


def test_every_reviewed_input_personalises() -> None:
    found = {(p.input, p.effect) for p in current().personalisation}
    assert found == {(p["input"], p["effect"]) for p in REVIEWED["personalisation"]}


def test_cold_sore_lines_are_those_reviewed() -> None:
    own = {p.id: (p.notes, p.sources) for p in current().personalisation}
    rule = REVIEWED["cold_sore_rule"]
    for name, key in {
        "cold_sore_taken": "if_taken",
        "cold_sore_history": "if_history_without",
        "cold_sore_unsure": "if_unsure",
    }.items():
        assert own[name] == ((rule[key]["text"],), tuple(rule[key]["sources"]))


def test_what_follows_a_reaction_is_as_reviewed() -> None:
    reviewed = {line["id"]: line for line in REVIEWED["reaction_seen"]["lines"]}
    for seen in current().seen:
        assert (seen.text, seen.sources) == (
            reviewed[seen.id]["text"],
            tuple(reviewed[seen.id]["sources"]),
        )
    # The first is the heading over what the record tells.
    assert {seen.id for seen in current().seen} == reviewed.keys() - {"reaction"}


def test_numbers_of_a_country_are_those_reviewed() -> None:
    for row in REVIEWED["emergency_numbers"]:
        known = call_for_help(row["country"])
        # Of two numbers the first: a client in danger does not choose.
        assert known.emergency == row["emergency"].partition(" or ")[0]
        assert known.urgent == row["urgent"]


def test_every_statement_names_its_sources_and_how_well_it_is_founded() -> None:
    statements = current().statements
    assert len(statements) > 90
    for statement in statements:
        assert statement.sources, statement
        assert all(re.fullmatch(r"S00\d|R\d\d\d?|BG", key) for key in statement.sources), statement
        assert statement.awaits_sign_off or "BG" not in statement.sources


def test_the_division_by_depth_is_marked_as_policy() -> None:
    advice = current()
    divided = (*advice.expectations, advice.redness_limit, advice.next_session)
    assert all(s.evidence == "source+policy" for s in divided)
    assert all(r.evidence == "source+policy" for r in advice.restrictions)


FINE = r"never stop a prescribed|do_not_stop_medicine|new products that were not prescribed"


def test_no_line_tells_anyone_to_stop_a_prescribed_medicine() -> None:
    medicine = re.compile(r"medicine|tablet|capsule|prescri|blood.thin|anticoag|steroid|insulin")
    stopping = re.compile(r"\b(stop|pause|skip|leave out|do not take|avoid)\b")
    text = RAW.decode().lower()
    for line in text.splitlines():
        for sentence in re.split(r"[.;\"]", line):
            if medicine.search(sentence) and stopping.search(sentence):
                # those that say the opposite, and the flag that is named so
                assert re.search(FINE, sentence), line


def test_a_published_file_cannot_be_edited_unnoticed() -> None:
    digest = published_hashes()[f"{CURRENT}.toml"]
    assert parse(RAW, expected_sha256=digest).sha256 == digest
    with pytest.raises(AdviceError, match="differs from the one that was published"):
        parse(RAW.replace(b"No alcohol", b"Some alcohol"), expected_sha256=digest)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b'sources = ["R15"]', b"sources = []", "nsaid: needs its sources"),
        (b'level = "EMERGENCY"', b'level = "SOON"', "anaphylaxis: level must be"),
        (b'instead_of = ["infection"', b'instead_of = ["infections"', "refers to 'infections'"),
        (b'answer = ["minoxidil=l', b'answer = ["minoxidil=x', "minoxidil: unknown condition"),
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
