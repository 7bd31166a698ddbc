"""A pack that is not sound is refused with one error that names the file and the rule."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from screening.engine import PackError, build_pack
from screening.packs import CONTENT, latest, load_folder
from tests.screening.cases import tables

Tables = dict[str, Any]
YES = {"q": "pregnant", "op": "eq", "value": "yes"}


def rule(t: Tables, code: str = "pregnancy") -> dict[str, Any]:
    both = t["rules"]["rule"] + t["rules"]["combination"]
    found: dict[str, Any] = next(r for r in both if r["code"] == code)
    return found


def outcome(t: Tables, code: str = "pregnancy", number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = rule(t, code)["outcome"][number]
    return found


def question(t: Tables, name: str) -> dict[str, Any]:
    asked = [q for s in t["questions"]["section"] for q in s["question"]]
    found: dict[str, Any] = next(q for q in asked if q["id"] == name)
    return found


def when(
    condition: dict[str, Any], code: str = "pregnancy", number: int = 0
) -> Callable[[Tables], Any]:
    return lambda t: outcome(t, code, number).update(when=condition)


def second(condition: dict[str, Any], code: str = "pregnancy") -> Callable[[Tables], Any]:
    """Put another outcome behind the first one."""

    def change(t: Tables) -> None:
        first = outcome(t, code)
        rule(t, code)["outcome"].insert(1, {**first, "id": "second", "when": condition})

    return change


BROKEN: list[tuple[str, Callable[[Tables], Any], str]] = [
    ("unknown question in a condition", when({"q": "pregnnt", "op": "eq", "value": "yes"}),
     "rules.toml: rule 'pregnancy': outcome 'pregnant': unknown question 'pregnnt'"),
    ("unknown question in question_ids", lambda t: rule(t).update(question_ids=["nobody"]),
     "rule 'pregnancy': unknown question 'nobody'"),
    ("unknown question in show_when",
     lambda t: question(t, "metal_kind").update(show_when={"q": "x", "op": "eq", "value": "yes"}),
     "questions.toml: question 'metal_kind': unknown question 'x'"),
    ("unknown option", when({"q": "pregnant", "op": "eq", "value": "perhaps"}),
     "outcome 'pregnant': 'pregnant' has no option 'perhaps'"),
    ("unknown option in show_when",
     lambda t: question(t, "metal_kind")["show_when"].update(value="maybe"),
     "question 'metal_kind': 'metal_allergy' has no option 'maybe'"),
    ("unknown option in a flag",
     lambda t: rule(t, "hsv_history")["flag_when"][0]["when"].update(value=["often"]),
     "rule 'hsv_history': flag_when \\['antiviral_check'\\]: 'hsv_history' has no option 'often'"),
    ("unknown operator", when({"q": "pregnant", "op": "equals", "value": "yes"}),
     "outcome 'pregnant': 'when': unknown operator 'equals'"),
    ("operator that does not fit", when({"q": "pregnant", "op": "not_empty"}),
     "operator 'not_empty' does not fit 'pregnant'"),
    ("unknown context field", when({"ctx": "moon", "op": "eq", "value": "full"}),
     "unknown context field 'moon'"),
    ("context value that cannot be", when({"ctx": "modality", "op": "eq", "value": "LASER"}),
     "context field 'modality' cannot be 'LASER'"),
    ("context operator that does not fit", when({"ctx": "areas", "op": "eq", "value": "neck"}),
     "operator 'eq' does not fit context field 'areas'"),
    ("number that is a text", when({"ctx": "depth_mm", "op": "gt", "value": "1.5"}),
     "context field 'depth_mm' cannot be '1.5'"),
    ("number that is a truth", when({"ctx": "depth_mm", "op": "gt", "value": True}),
     "context field 'depth_mm' cannot be True"),
    ("truth that is a text", when({"ctx": "test_patch_ok", "op": "eq", "value": "yes"}),
     "context field 'test_patch_ok' cannot be 'yes'"),
    ("area that nobody knows",
     when({"ctx": "areas", "op": "intersects", "value": ["neck", "moon"]}),
     "context field 'areas' cannot be 'moon'"),
    ("plan read where questions are shown",
     lambda t: question(t, "metal_kind").update(
         show_when={"ctx": "modality", "op": "eq", "value": "RF_MN"}),
     "questions.toml: question 'metal_kind': show_when must not read the context"),
    ("rules read where questions are shown",
     lambda t: question(t, "metal_kind").update(
         show_when={"hit": "diabetes", "min_level": "REVIEW"}),
     "questions.toml: question 'metal_kind': show_when must not read rules"),
    ("more ticks asked for than there are options",
     when({"q": "blood_thinner_kinds", "op": "count_gte", "value": 7}, "combo_two_blood_thinners"),
     "'blood_thinner_kinds' has fewer than 7 options"),
    ("more ticks asked for than the options that count",
     when({"q": "blood_thinner_kinds", "op": "count_gte", "value": 6, "exclude": ["doac"]},
          "combo_two_blood_thinners"),
     "'blood_thinner_kinds' has fewer than 6 options"),
    ("condition of no known kind", when({"maybe": []}), "unknown condition"),
    ("condition with a key too many", when({**YES, "unless": 1}), "unknown keys \\['unless'\\]"),
    ("empty all", when({"all": []}), "need a list that is not empty"),
    ("same outcome twice", second(YES), "outcome 'second': can never be reached: 'pregnant'"),
    ("narrower outcome after a wider one",
     second({"all": [YES, {"ctx": "modality", "op": "eq", "value": "RF_MN"}]}),
     "outcome 'second': can never be reached"),
    ("narrower list after a wider one",
     lambda t: rule(t, "blood_thinners")["outcome"].insert(1, {
         **outcome(t, "blood_thinners"), "id": "second",
         "when": {"all": [{"q": "blood_thinner_kinds", "op": "contains_any", "value": ["doac"]},
                          {"q": "blood_thinner", "op": "eq", "value": "yes"}]}}),
     "'second': can never be reached"),
    ("lower age after a higher one",
     lambda t: outcome(t, "age_minimum", 1)["when"].update(value=17),
     "outcome 'age_18_21': can never be reached: 'under_18' always comes first"),
    ("deeper limit after a shallower one",
     lambda t: rule(t, "depth_limit").update(outcome=[
         {**outcome(t, "depth_limit", 1), "id": "a",
          "when": {"ctx": "depth_mm", "op": "gte", "value": 1.5}},
         {**outcome(t, "depth_limit", 1), "id": "b",
          "when": {"ctx": "depth_mm", "op": "gt", "value": 1.5}}]),
     "outcome 'b': can never be reached: 'a'"),
    ("outcome after everything was taken one by one",
     lambda t: rule(t).update(outcome=[
         {**outcome(t), "id": v, "when": {"q": "pregnant", "op": "eq", "value": v}}
         for v in ("yes", "not_sure")
     ] + [{**outcome(t), "id": "either",
           "when": {"q": "pregnant", "op": "in", "value": ["yes", "not_sure"]}}]),
     "outcome 'either': can never be reached: the outcomes before it take every case"),
    ("outcome after one that always holds",
     lambda t: rule(t).update(outcome=[
         {**outcome(t), "id": "always",
          "when": {"q": "pregnant", "op": "in", "value": ["yes", "no", "not_sure"]}},
         {**outcome(t), "id": "never", "when": {"ctx": "age", "op": "lt", "value": 50}}]),
     "outcome 'never': can never be reached: 'always' always comes first"),
    ("outcome that contradicts itself",
     when({"all": [YES, {"q": "pregnant", "op": "eq", "value": "no"}]}),
     "can never be reached: its condition contradicts itself"),
    ("follow-up read where it is not shown",
     when({"all": [{"q": "metal_allergy", "op": "eq", "value": "no"},
                   {"q": "metal_kind", "op": "eq", "value": "not_sure"}]}, "metal_allergy"),
     "rule 'metal_allergy': outcome 'stainless_steel': can never be reached: its condition"),
    ("question of another rule", when({"q": "diabetes", "op": "eq", "value": "no"}),
     "reads 'diabetes', which is not in the rule's question_ids"),
    ("no source", lambda t: rule(t).update(sources=[]), "rule 'pregnancy': has no source"),
    ("source left out", lambda t: rule(t).pop("sources"), "rule 'pregnancy': lacks 'sources'"),
    ("unknown source", lambda t: rule(t)["sources"].append("R999"),
     "rule 'pregnancy': unknown source 'R999'"),
    ("source twice", lambda t: t["sources"]["source"].append(t["sources"]["source"][0]),
     "sources.toml: 'S000' is there twice"),
    ("an option that says none of them",
     lambda t: question(t, "blood_thinner_kinds")["options"].append(
         {"value": "none", "label": "None"}),
     "'blood_thinner_kinds': no option of a list that may be empty is 'none'"),
    ("a source that is a script",
     lambda t: t["sources"]["source"][0].update(url="javascript:alert(1)"),
     "sources.toml: source 'S000': 'url' should be the address of a page"),
    ("show_when in a circle",
     lambda t: question(t, "diabetes").update(
         show_when={"q": "diabetes_control", "op": "eq", "value": "good"}),
     "questions.toml: show_when goes in a circle.*diabetes"),
    ("a rule that reads hits",
     when({"hit": "diabetes", "min_level": "REVIEW"}),
     "rule 'pregnancy': only a combination may read hits"),
    ("a combination that reads itself",
     when({"hit": "combo_smoker_deep", "min_level": "REVIEW"}, "combo_smoker_deep"),
     "rule 'combo_smoker_deep': reads the combination 'combo_smoker_deep': hits go in a circle"),
    ("a hit of an unknown rule",
     when({"hit": "lunacy", "min_level": "REVIEW"}, "combo_smoker_deep"),
     "rule 'combo_smoker_deep': reads the unknown rule 'lunacy'"),
    ("an unknown rule in a group",
     lambda t: outcome(t, "combo_two_healing_risks")["when"]["count_hit_groups"]["groups"].append(
         ["lunacy"]),
     "reads the unknown rule 'lunacy'"),
    ("group without a rule",
     lambda t: outcome(t, "combo_two_healing_risks")["when"]["count_hit_groups"]["groups"].append(
         []),
     "count_hit_groups has a group without rules"),
    ("more groups asked for than there are",
     lambda t: outcome(t, "combo_two_healing_risks")["when"]["count_hit_groups"].update(min=5),
     "asks for 5 of 4 groups"),
    ("unknown level in a hit",
     when({"hit": "diabetes", "min_level": "BAD"}, "combo_smoker_deep"), "unknown level 'BAD'"),
    ("a combination that involves nobody",
     lambda t: rule(t, "combo_smoker_deep").update(involves=[]), "involves at least one rule"),
    ("a combination that involves a stranger",
     lambda t: rule(t, "combo_smoker_deep").update(involves=["lunacy"]),
     "involves the unknown rule 'lunacy'"),
    ("rule code twice", lambda t: t["rules"]["rule"].append(rule(t)),
     "rules.toml: rule 'pregnancy' is there twice"),
    ("combination with a rule's code",
     lambda t: rule(t, "combo_smoker_deep").update(code="pregnancy"), "'pregnancy' is there twice"),
    ("outcome twice",
     lambda t: rule(t)["outcome"].append(outcome(t)), "outcome 'pregnant' is there twice"),
    ("question twice",
     lambda t: t["questions"]["section"][0]["question"].append(question(t, "pregnant")),
     "questions.toml: question 'pregnant' is there twice"),
    ("option twice",
     lambda t: question(t, "acne")["options"].append({"value": "few", "label": "Few"}),
     "question 'acne': option 'few' is there twice"),
    ("a DEFER without a wait", lambda t: outcome(t, "unwell_now").pop("defer"),
     "rule 'unwell_now': outcome 'yes': 'defer', a basis and a window, goes with DEFER"),
    ("a DEFER without a window", lambda t: outcome(t, "unwell_now")["defer"].pop("window"),
     "outcome 'yes': a DEFER without a window"),
    ("a DEFER without a basis", lambda t: outcome(t, "unwell_now")["defer"].pop("basis"),
     "rule 'unwell_now': outcome 'yes': defer: lacks 'basis'"),
    ("an unknown basis", lambda t: outcome(t, "unwell_now")["defer"].update(basis="moon"),
     "'basis' is 'moon'"),
    ("a window of nothing",
     lambda t: outcome(t, "unwell_now")["defer"].update(window={"days": 0}),
     "outcome 'yes': defer: 'window': a window is a positive number"),
    ("a window of both",
     lambda t: outcome(t, "unwell_now")["defer"].update(window={"days": 1, "months": 1}),
     "positive number of either days or months"),
    ("a wait from something that is no date",
     lambda t: outcome(t, "recent_hair_removal")["defer"].update(question="hair_removal"),
     "counts from 'hair_removal', which is not a date question"),
    ("a window for an unknown option",
     lambda t: outcome(t, "sun_and_tanning")["defer"]["window_by_option"].update(moon={"days": 1}),
     "a window for the unknown option 'moon'"),
    ("a window for an option whose date is optional",
     lambda t: outcome(t, "recent_injectables")["defer"]["window_by_option"].update(
         permanent_filler={"days": 1}),
     "a window for 'permanent_filler', whose date is not required"),
    ("no level after the window",
     lambda t: outcome(t, "unwell_now").pop("after_window_level"), "lacks 'after_window_level'"),
    ("DEFER after the window",
     lambda t: outcome(t, "unwell_now").update(after_window_level="DEFER"), "lower than DEFER"),
    ("a wait on what is no DEFER", lambda t: outcome(t).update(
        defer={"basis": "assessment_date", "window": {"days": 1}}), "goes with DEFER"),
    ("an unknown level", lambda t: outcome(t).update(level="BAD"),
     "rule 'pregnancy': outcome 'pregnant': 'level' is 'BAD'"),
    ("an outcome that clears", lambda t: outcome(t, "smoking").update(level="CLEAR"),
     "an outcome cannot be CLEAR"),
    ("a stop that does not say how long", lambda t: outcome(t).pop("kind"),
     "'kind' goes with CONTRAINDICATED"),
    ("an override by nobody",
     lambda t: outcome(t).update(override={"allowed": True, "reason_required": True}),
     "outcome 'pregnant': an override that is allowed names by whom"),
    ("an override that is not allowed, by somebody",
     lambda t: outcome(t).update(override={"allowed": False, "by": "prescriber"}),
     "an override that is allowed names by whom"),
    ("an override without a reason",
     lambda t: outcome(t, "rosacea", 1)["override"].update(reason_required=False),
     "rule 'rosacea': outcome 'calm': an override that is allowed needs a reason"),
    ("an override by the receptionist",
     lambda t: outcome(t, "rosacea", 1)["override"].update(by="front_desk"),
     "'by' is 'front_desk'"),
    ("an unknown kind of evidence", lambda t: rule(t).update(evidence="rumour"),
     "rule 'pregnancy': 'evidence' is 'rumour'"),
    ("a misspelt key", lambda t: rule(t).update(evidance="source"),
     "rules.toml: rule 'pregnancy': unknown key 'evidance'"),
    ("two dates of birth", lambda t: question(t, "steroid_stop").update(birth_date=True),
     "exactly one question asks for the date of birth"),
    ("a list without 'none of these'", lambda t: question(t, "contact_allergy").pop("none_label"),
     "question 'contact_allergy': 'none_label' goes with 'allow_empty'"),
    ("a choice without options", lambda t: question(t, "acne").pop("options"),
     "question 'acne': options belong to choices"),
    ("a dated option that does not say so",
     lambda t: question(t, "sun_exposure")["options"][0].pop("date"),
     "question 'sun_exposure': option 'sunburn': wrong 'date' None"),
    ("a date that moves with time",
     lambda t: question(t, "steroid_stop").update(moves_with_time=True),
     "question 'steroid_stop': a date stays true: 'moves_with_time' belongs to the question"),
    ("a question of no type", lambda t: question(t, "acne").update(type="drawing"),
     "question 'acne': 'type' is 'drawing'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("breaks", "message"), [b[1:] for b in BROKEN], ids=[name for name, *_ in BROKEN]
)
def test_a_broken_pack_is_refused_by_name(breaks: Callable[[Tables], Any], message: str) -> None:
    broken = copy.deepcopy(tables())
    breaks(broken)
    with pytest.raises(PackError, match=message) as caught:
        build_pack(**broken)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(("questions.toml", "rules.toml", "sources.toml"))


def test_the_tables_of_the_released_pack_are_sound() -> None:
    assert build_pack(**copy.deepcopy(tables())).rules


def test_a_limit_that_is_one_point_wider_can_be_reached() -> None:
    sound = copy.deepcopy(tables())
    base = outcome(sound, "depth_limit", 1)
    rule(sound, "depth_limit")["outcome"] = [
        {**base, "id": "over", "when": {"ctx": "depth_mm", "op": "gt", "value": 1.5}},
        {**base, "id": "at", "when": {"ctx": "depth_mm", "op": "gte", "value": 1.5}},
    ]
    assert build_pack(**sound)


@pytest.mark.parametrize(
    "sound",
    [
        {"q": "blood_thinner_kinds", "op": "count_gte", "value": 6},
        {"q": "blood_thinner_kinds", "op": "count_gte", "value": 5, "exclude": ["doac"]},
        {"q": "sun_exposure", "op": "count_gte", "value": 2},
        {"q": "sun_exposure", "op": "not_empty"},
        {"ctx": "last_session.depth_mm", "op": "gte", "value": 2},
        {"ctx": "last_session.date", "op": "exists", "value": False},
    ],
    ids=str,
)
def test_what_fits_is_accepted(sound: dict[str, Any]) -> None:
    changed = copy.deepcopy(tables())
    outcome(changed, "combo_smoker_deep").update(when=sound)
    assert build_pack(**changed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = CONTENT / latest().id.replace("@", "-")
    return Path(shutil.copytree(source, tmp_path / source.name))


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "sources.toml").unlink()
    with pytest.raises(PackError, match=r"^sources.toml: cannot be read"):
        load_folder(folder)


def test_a_file_that_is_no_toml_is_named(folder: Path) -> None:
    (folder / "rules.toml").write_text("[[rule]\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"^rules.toml: "):
        load_folder(folder)


def test_a_pack_in_the_wrong_folder_is_refused(folder: Path) -> None:
    with pytest.raises(PackError, match="lies in the folder"):
        load_folder(folder.rename(folder.with_name("microneedling-2.0.0")))
