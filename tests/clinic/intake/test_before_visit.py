"""What a client does before the visit: the reviewed words, for whom they are, and the days."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clinic.intake.before_visit import FILE, Place, before_visit, lines, told
from screening.packs import latest, pack_from
from tests.clinic.intake.answers import ALL_CLEAR
from tests.screening.cases import bare_tables

PACK = latest()
REVIEWED = json.loads((Path(__file__).parent / "pre_care.json").read_text("utf-8"))["pre_care"]
VISIT = date(2026, 6, 16)
EVERYWHERE = tuple(Place)


def shown(
    answers: dict[str, Any],
    *places: Place,
    areas: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
) -> list[str]:
    known = told(PACK, answers, areas=areas, flags=flags, answered_on=date(2026, 6, 1))
    texts = {line.text: line.id for line in lines()}
    return [texts[todo.text] for todo in before_visit(known, *(places or EVERYWHERE))]


def test_the_text_is_the_reviewed_one_word_for_word() -> None:
    names = {"days_before": "from_days_before"}
    ours = [
        {names.get(key, key): value for key, value in raw.items()}
        for raw in tomllib.loads(FILE.read_text("utf-8"))["line"]
    ]
    reviewed = [{k: v for k, v in one.items() if v is not None} for one in REVIEWED]
    assert ours == reviewed
    assert all(line.sources for line in lines())


def test_every_question_area_option_and_flag_that_a_line_names_is_in_the_pack() -> None:
    raw = json.dumps([one.get("show_when") for one in REVIEWED])
    assert set(re.findall(r'"q": "(\w+)"', raw)) <= {q.id for q in PACK.questions}
    flags = {flag for line in lines() for flag in line.audience.flags_any}
    assert flags <= set(PACK.flags)


def test_no_line_tells_anyone_to_stop_what_was_prescribed() -> None:
    for line in lines():
        for sentence in line.text.lower().split("."):
            if re.search(r"\b(stop|leave out|pause|no retinol|no minoxidil)\b", sentence):
                assert re.search(
                    r"smoking|that no doctor, nurse or pharmacist told you|of your own choice"
                    r"|minoxidil lotion on your scalp on the day",
                    sentence,
                ), line.text


def test_everybody_sees_what_is_for_everybody() -> None:
    assert shown({}) == [
        *("plan_your_days", "any_time", "sun_6w", "laser_filler_4w", "sunbathing_14d"),
        *("hair_pills_7d", "actives_5d", "alcohol_24h", "the_day"),
    ]


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"hsv_history": "yes", "hsv_prophylaxis": "yes"}, "cold_sore_2d"),
        ({"isotretinoin": "not_sure"}, "isotretinoin_scars_6m"),
        ({"cancer_treatment": "finished"}, "isotretinoin_scars_6m"),
    ],
)
def test_a_line_for_some_is_shown_to_them_and_to_nobody_else(
    answers: dict[str, Any], line: str
) -> None:
    assert line in shown({**ALL_CLEAR, **answers})
    assert line not in shown(ALL_CLEAR)
    assert line not in shown({})


@pytest.mark.parametrize("answer", ["no", "not_sure", None])
def test_cold_sore_tablets_are_named_only_to_who_was_given_them(answer: str | None) -> None:
    answers = {**ALL_CLEAR, "hsv_history": "yes", "hsv_prophylaxis": answer}
    assert "cold_sore_2d" not in shown(answers)


def test_minoxidil_is_for_lotion_on_a_scalp_that_is_treated() -> None:
    answers = {**ALL_CLEAR, "minoxidil": "lotion_or_foam"}
    assert "minoxidil_scalp" in shown(answers, areas=("scalp",))
    assert "minoxidil_scalp" not in shown(answers, areas=("cheeks",))
    assert "minoxidil_scalp" not in shown(ALL_CLEAR, areas=("scalp",))


@pytest.mark.parametrize(
    ("flag", "line"), [("bring_inhaler", "inhaler"), ("answers_stale", "confirm_answers")]
)
def test_a_flag_brings_its_line(flag: str, line: str) -> None:
    assert line in shown(ALL_CLEAR, flags=(flag,))
    assert line not in shown(ALL_CLEAR, flags=("latex_free",))


@pytest.mark.parametrize("place", Place)
def test_each_place_shows_its_own_lines(place: Place) -> None:
    wanted = {one["id"] for one in REVIEWED if place in one["show_at"]}
    assert set(shown({}, place)) == wanted & set(shown({}))


def test_the_days_are_counted_back_from_the_visit() -> None:
    known = told(PACK, {}, areas=(), flags=(), answered_on=date(2026, 6, 1))
    days = {todo.when: todo.day for todo in before_visit(known, *EVERYWHERE, visit=VISIT)}
    assert days["6–4 weeks"] == date(2026, 5, 5)
    assert days["14 days"] == date(2026, 6, 2)
    assert days["24 hours"] == date(2026, 6, 15)
    assert days["The day"] == VISIT
    assert days["Any time before"] is None
    assert all(todo.day is None for todo in before_visit(known, *EVERYWHERE))


def test_answers_under_an_older_pack_are_read_too() -> None:
    old = pack_from(bare_tables())
    known = told(old, {}, areas=("scalp",), flags=(), answered_on=date(2026, 6, 1))
    assert before_visit(known, Place.PRINT)
