"""A Questionnaire from outside: what a pack cannot say is refused by item, in one line."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.engine import PackError
from screening.exchange import ExchangeError
from screening.exchange.fhir import RELEASES, from_questionnaire, to_questionnaire
from screening.packs import pack_from
from tests.screening.cases import bare_tables
from tests.screening.exchange.forms import questions_of

BASE = bare_tables()
WHOLE = {release: to_questionnaire(BASE, release) for release in RELEASES}


def resource() -> dict[str, Any]:
    return copy.deepcopy(WHOLE["R5"])


def item(of: dict[str, Any], link: str) -> dict[str, Any]:
    return next(found for found in questions_of(of["item"]) if found["linkId"] == link)


def refusal(data: object) -> str:
    with pytest.raises(ExchangeError) as caught:
        from_questionnaire(data if isinstance(data, bytes) else json.dumps(data).encode())
    line = str(caught.value)
    assert line.startswith("Questionnaire: ")
    assert "\n" not in line
    assert len(line) <= 500
    return line


def when(link: str, **row: Any) -> dict[str, Any]:
    return {"question": link, "operator": "=", **row}


YES = {"system": "urn:cleared:yes-no-not-sure", "code": "yes"}
NONE = {"system": "urn:cleared:none-of-these", "code": "none-of-these"}

REFUSED: list[tuple[str, Callable[[dict[str, Any]], Any], str]] = [
    ("a key that FHIR does not know", lambda r: r.update(zzz=1), "zzz: Extra inputs"),
    ("a resource inside", lambda r: r.update(contained=[{"resourceType": "Patient"}]),
     "'contained' cannot be read into a pack"),
    ("an extension that must not be ignored",
     lambda r: r.update(modifierExtension=[{"url": "urn:x", "valueBoolean": True}]),
     "'modifierExtension' cannot be read"),
    ("an extension of others", lambda r: r["extension"].append(
        {"url": "urn:other", "valueBoolean": True}), "the extension 'urn:other' cannot be read"),
    ("a question outside a section", lambda r: r["item"].append(item(r, "pregnant")),
     "item 'pregnant': a question should lie in a group"),
    ("a group in a group", lambda r: r["item"][0]["item"].append(r["item"][1]),
     "the type 'group' cannot be read"),
    ("a question twice", lambda r: r["item"][0]["item"].append(item(r, "pregnant")),
     "item 'pregnant': is there twice"),
    ("a number", lambda r: item(r, "other_health").update(type="integer"),
     "item 'other_health': the type 'integer' cannot be read"),
    ("yes or no without not sure", lambda r: item(r, "other_health").update(type="boolean"),
     "the type 'boolean' cannot be read"),
    ("an answer that may be left out", lambda r: item(r, "pregnant").update(required=False),
     "item 'pregnant': should be required"),
    ("an answer filled in beforehand", lambda r: item(r, "other_health").update(
        initial=[{"valueString": "none"}]), "item 'other_health': 'initial' cannot be read"),
    ("an option chosen beforehand", lambda r: item(r, "pregnant")["answerOption"][0].update(
        initialSelected=True), "answerOption: 'initialSelected' cannot be read"),
    ("options from elsewhere", lambda r: item(r, "pregnant").update(answerValueSet="urn:x"),
     "'answerValueSet' cannot be read"),
    ("words beside the options", lambda r: item(r, "pregnant").update(
        answerConstraint="optionsOrString"), "only answers from the options can be read"),
    ("an option without words", lambda r: item(r, "pregnant")["answerOption"][0]["valueCoding"].pop(
        "display"), "item 'pregnant': answerOption: 'display' is missing"),
    ("an option that is a number", lambda r: item(r, "pregnant")["answerOption"].append(
        {"valueInteger": 3}), "answerOption: 'valueInteger' cannot be read"),
    ("an exclusive option", lambda r: item(r, "sun_exposure")["answerOption"][0].update(
        extension=[{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive",
                    "valueBoolean": True}]),
     "in a list with dates no option can rule out the others"),
    ("an exclusive option of a choice",
     lambda r: item(r, "pregnant")["answerOption"][0].update(
        extension=[{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive",
                    "valueBoolean": True}]), "only an option of a list can rule out the others"),
    ("another constraint", lambda r: item(r, "dob")["extension"][0]["extension"][2].update(
        valueString="true"), "a constraint other than not-after-today"),
    ("a hidden item", lambda r: item(r, "pregnant").update(
        extension=[{"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden",
                    "valueBoolean": True}]), "questionnaire-hidden' cannot be read"),
    ("two helps", lambda r: item(r, "phototype")["item"].append(item(r, "phototype")["item"][0]),
     "item 'phototype': only one help text"),
    ("a question in a question", lambda r: item(r, "pregnant").update(item=[item(r, "dob")]),
     "item 'pregnant': only one help text"),
    ("a code of others", lambda r: item(r, "dob").update(code=[{"system": "urn:x", "code": "1"}]),
     "item 'dob': its code cannot be read"),
    ("a comparison with a number",
     lambda r: item(r, "metal_kind").update(enableWhen=[when("dob", answerInteger=3)]),
     "item 'metal_kind': enableWhen reads 'dob', which is no choice"),
    ("a question that is not there",
     lambda r: item(r, "metal_kind").update(enableWhen=[when("nobody", answerCoding=YES)]),
     "item 'metal_kind': enableWhen reads 'nobody', which is no question"),
    ("an option that is not there", lambda r: item(r, "metal_kind").update(
        enableWhen=[when("smoking", answerCoding={"code": "pipe"})]),
     "item 'metal_kind': enableWhen asks 'smoking' for what is no option of it"),
    ("shown while nothing is answered", lambda r: item(r, "metal_kind").update(
        enableWhen=[when("pregnant", operator="!=", answerCoding=YES)]),
     "item 'metal_kind': enableWhen can be read with '=', or 'exists' true then '!='"),
    ("shown where nothing is answered", lambda r: item(r, "metal_kind").update(
        enableWhen=[when("pregnant", operator="exists", answerBoolean=False)]),
     "enableWhen can be read with '='"),
    ("shown for none of these, too", lambda r: item(r, "metal_kind").update(
        enableWhen=[when("sun_exposure", operator="exists", answerBoolean=True)]),
     "would be true for \"none of these\" too"),
    ("shown for none of these", lambda r: item(r, "metal_kind").update(
        enableWhen=[when("sun_exposure", answerCoding=NONE)]),
     'where it asks for "none of these"'),
    ("two rows that nothing joins", lambda r: item(r, "metal_kind").update(
        enableWhen=[when("pregnant", answerCoding=YES)] * 2),
     "item 'metal_kind': enableBehavior should be all or any"),
    ("an expression of others", lambda r: item(r, "pregnant").update(extension=[{
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
               "sdc-questionnaire-enableWhenExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": "true"}}]),
     "item 'pregnant': an enableWhenExpression of others cannot be read"),
    ("a date of an option that is none", lambda r: item(r, "sun_exposure.tan.date").update(
        linkId="sun_exposure.moon.date",
        enableWhen=[when("sun_exposure", answerCoding={"code": "moon"})]),
     "item 'sun_exposure': the date of 'moon': belongs to no option of a list"),
    ("dates that differ", lambda r: item(r, "sun_exposure.tan.date").pop("extension"),
     "the date of 'tan': may lie in the future, and another date of it may not"),
    ("no title", lambda r: r["item"][0].pop("text"), "'text' is missing"),
    ("no areas", lambda r: r.pop("extension"), "does not say the modalities of the pack"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "message"), [r[1:] for r in REFUSED], ids=[name for name, *_ in REFUSED]
)
def test_what_a_pack_cannot_say_is_refused_by_item(
    spoil: Callable[[dict[str, Any]], Any], message: str
) -> None:
    spoilt = resource()
    spoil(spoilt)
    assert message in refusal(spoilt)


DEEP = '{"not": ' * 500 + "{}" + "}" * 500


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (json.dumps({"q": "pregnant", "op": "eq", "value": "yes"}), "do not say the same"),
        (json.dumps({"ctx": "age", "op": "lt", "value": 18}), "reads more than answers"),
        (json.dumps({"q": "nobody", "op": "not_empty"}), "reads 'nobody', which is no question"),
        ("{", "its show-when cannot be read: is not valid JSON"),
        ("7", "its show-when cannot be read: a condition must be a table"),
        ("{}", "its show-when cannot be read: unknown condition"),
        (DEEP, "its show-when cannot be read: is nested too deeply"),
        (DEEP.replace("not", "all"), "its show-when cannot be read: is nested too deeply"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_condition_that_was_changed_or_is_none_is_refused(written: str, message: str) -> None:
    made = resource()
    item(made, "metal_kind").setdefault("extension", []).append(
        {"url": "urn:cleared:fhir:show-when", "valueString": written}
    )
    line = refusal(made)
    assert message in line
    assert "item 'metal_kind'" in line


def test_questions_that_show_each_other_in_a_circle_are_refused() -> None:
    made = resource()
    both = [{"url": "urn:cleared:fhir:show-when"}, {"url": "urn:cleared:fhir:show-when"}]
    for link, other, extension in (
        ("smoking", "pregnant", both[0]),
        ("pregnant", "smoking", both[1]),
    ):
        asks = {"not": {"q": other, "op": "eq", "value": "no" if other == "pregnant" else "none"}}
        extension["valueString"] = json.dumps(asks)
        item(made, link)["extension"] = [extension]
    refusal(made)


HOSTILE = {
    "nothing": b"",
    "no JSON": b"<Questionnaire/>",
    "a list": b"[]",
    "another resource": b'{"resourceType": "Patient"}',
    "a type that is no text": b'{"resourceType": ["Questionnaire"]}',
    "UTF-16": json.dumps(WHOLE["R5"]).encode("utf-16"),
    "no UTF-8": b'{"resourceType": "\xff"}',
    "nested lists": b"[" * 1_000_000,
    "nested items": b'{"resourceType":"Questionnaire","item":' + b'[{"item":' * 300_000,
    "items in items": b'{"resourceType":"Questionnaire","status":"draft","item":'
    + b'[{"linkId":"a","type":"group","item":' * 30
    + b"[]"
    + b"}]" * 30
    + b"}",
    "NaN": b'{"resourceType":"Questionnaire","status":NaN}',
    "a number out of range": b'{"resourceType":"Questionnaire","version":1e999}',
    "a number without end": b'{"resourceType":"Questionnaire","version":' + b"9" * 100_000 + b"}",
    "a NUL": b'{"resourceType":"Questionnaire","title":"\\u0000"}',
    "half a character": b'{"resourceType":"Questionnaire","title":"\\ud800"}',
    "half a character in a key": b'{"resourceType":"Questionnaire","\\ud800":1}',
    "a key twice": b'{"resourceType":"Questionnaire","title":"a","title":"b"}',
    "a text without end": b'{"resourceType":"Questionnaire","title":"' + b"x" * 900_000 + b'"}',
    "too long": b" " * 5_000_000,
    "a hundred thousand items": json.dumps(
        {"resourceType": "Questionnaire", "status": "draft", "item": [{"linkId": "a"}] * 100_000}
    ).encode(),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_in_one_line_and_in_little_time(data: bytes) -> None:
    started = time.perf_counter()
    refusal(data)
    assert time.perf_counter() - started < 10


JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    " ",
    "x",
    "\u202e",
    [],
    {},
    [{}],
    [[]],
    {"a": 1},
    "yes",
    [None],
)


def _places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    for key in value if isinstance(value, dict) else range(len(value)):
        found.append((value, key))
        if isinstance(value[key], dict | list):
            _places(value[key], found)
    return found


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_spoilt_questionnaire_is_read_or_refused_and_never_fails_otherwise(
    data: st.DataObject,
) -> None:
    made = copy.deepcopy(WHOLE[data.draw(st.sampled_from(RELEASES))])
    for _ in range(data.draw(st.integers(1, 3))):
        places = _places(made, [])
        holder, key = places[data.draw(st.integers(0, len(places) - 1))]
        match data.draw(st.sampled_from(["junk", "remove", "move", "double"])):
            case "junk":
                holder[key] = copy.deepcopy(data.draw(st.sampled_from(JUNK)))
            case "remove":
                del holder[key]
            case "move":
                other, place = places[data.draw(st.integers(0, len(places) - 1))]
                with suppress(KeyError, IndexError):
                    holder[key] = copy.deepcopy(other[place])
            case _:
                if isinstance(holder, list):
                    holder.append(copy.deepcopy(holder[key]))
    with suppress(ExchangeError, PackError):
        pack_from({**BASE, "questions": from_questionnaire(json.dumps(made).encode())})


def test_what_a_questionnaire_does_not_say_is_taken_from_the_pack_it_replaces() -> None:
    foreign = {key: value for key, value in resource().items() if key not in ("extension", "url")}
    found = from_questionnaire(json.dumps(foreign).encode(), BASE["questions"])
    assert found == BASE["questions"]


def test_what_says_nothing_of_the_questions_is_left_aside() -> None:
    about = {**resource(), "id": "q1", "publisher": "Somebody", "meta": {"versionId": "3"}}
    assert from_questionnaire(json.dumps(about).encode()) == BASE["questions"]


def test_a_rule_whose_question_is_gone_is_named_in_one_line() -> None:
    made = resource()
    for group in made["item"]:
        group["item"] = [i for i in group["item"] if i["linkId"] != "pregnant"]
    tables = {**BASE, "questions": from_questionnaire(json.dumps(made).encode())}
    with pytest.raises(PackError) as caught:
        pack_from(tables)
    assert str(caught.value) == "rules.toml: rule 'pregnancy': unknown question 'pregnant'"
