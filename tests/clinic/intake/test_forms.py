"""Every question of the pack can be asked, answered and read back; nothing is guessed."""

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict

from clinic.intake.forms import SectionForm, section_form
from clinic.intake.forms.none import NONE
from clinic.intake.freezing import freeze
from screening.engine import Context, Pack, Question, QuestionType, evaluate
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.posting import posted, posted_section
from tests.factories import MONDAY, TUESDAY

PACK: Pack = latest()
BORN = date(1990, 4, 12)
TICKED = re.compile(r"<input[^>]* checked[ >]")
SURGERY = f"recent_surgery__{PACK.question_by_id['recent_surgery'].options[0].value}"
EVERY = [pytest.param(question, id=question.id) for question in PACK.questions]


def _query(sent: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, value in sent.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def _form(section: str, sent: dict[str, Any] | None = None, **kwargs: Any) -> SectionForm:
    asked = section_form(PACK, section)
    own = {q.id for q in asked.section.questions}
    others = {key: value for key, value in ALL_CLEAR.items() if key not in own}
    values: dict[str, Any] = {"others": others, "given_on": MONDAY, "born": BORN} | kwargs
    return asked(None if sent is None else _query(sent), **values)


def _some_answers(question: Question) -> list[Any]:
    """Every single answer, and for lists a few together."""
    values = [option.value for option in question.options]
    match question.type:
        case QuestionType.DATE:
            return ["1990-04-12"] if question.birth_date else ["2026-05-30"]
        case QuestionType.TEXT:
            return ["none", "Vitamin D & <fish> oil"]
        case QuestionType.MULTI_CHOICE:
            several = [value for value in values if value != "none"]
            nothing: list[list[str]] = [[]] if question.allow_empty else []
            return [*([value] for value in values), several, *nothing]
        case QuestionType.MULTI_CHOICE_DATED:
            day = "2026-05-20"
            optional = [o.value for o in question.options if o.date == "optional"]
            return [
                *({value: day} for value in values),
                dict.fromkeys(values, day),
                *({value: None} for value in optional),
                {},
            ]
    return list(values)


def _parent_answers(question: Question) -> dict[str, Any]:
    """Answers of the section that make a follow-up appear."""
    when = question.show_when
    if when is None:
        return {}
    parent = PACK.question_by_id[when.question]  # type: ignore[union-attr]
    wanted = sorted(getattr(when, "values", ())) or [parent.options[0].value]
    is_list = parent.type is QuestionType.MULTI_CHOICE
    return {parent.id: [wanted[0]] if is_list else wanted[0]}


def test_no_option_of_a_list_is_named_like_our_none() -> None:
    lists = (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)
    for question in PACK.questions:
        assert "__" not in question.id
        if question.type in lists:
            assert NONE not in question.values or not question.allow_empty


@pytest.mark.parametrize("question", EVERY)
def test_a_question_is_shown_with_nothing_chosen(question: Question) -> None:
    html = render_crispy_form(_form(question.section))
    block = html.split(f'id="div_id_{question.id}"')[1].split('id="div_id_')[0]
    assert question.text in block.replace("&#x27;", "'").replace("&quot;", '"')
    assert not TICKED.findall(block)
    for option in question.options:
        assert (
            f'value="{option.value}"' in block or f'name="{question.id}__{option.value}"' in block
        )


@pytest.mark.parametrize("question", EVERY)
def test_each_answer_comes_back_as_it_was_given(question: Question) -> None:
    for answer in _some_answers(question):
        section = posted_section(
            PACK.sections[question.section].questions,
            ALL_CLEAR | _parent_answers(question) | {question.id: answer},
        )
        form = _form(question.section, section)
        form.is_valid()
        assert question.id not in form.errors, form.errors
        assert form.answers[question.id] == answer
        again = _form(question.section, None, initial=form.answers)
        html = render_crispy_form(again)
        block = html.split(f'id="div_id_{question.id}"')[1].split('id="div_id_')[0]
        assert len(TICKED.findall(block)) == (0 if not question.options else _ticks(answer))


def _ticks(answer: Any) -> int:
    return max(1, len(answer)) if isinstance(answer, list | dict) else 1


@pytest.mark.parametrize("question", EVERY)
def test_left_blank_it_is_missing_and_never_no(question: Question) -> None:
    answers = ALL_CLEAR | _parent_answers(question)
    answers.pop(question.id, None)
    form = _form(
        question.section, posted_section(PACK.sections[question.section].questions, answers)
    )
    assert not form.is_valid()
    assert question.id in form.errors
    assert question.id not in form.answers
    assert question.id not in form.wrong, "missing is not wrong: the rest may be kept for later"


def test_none_with_something_else_is_a_contradiction() -> None:
    form = _form("allergies", {"contact_allergy": ["latex", "none"]})
    form.is_valid()
    assert "contact_allergy" in form.wrong
    assert "contact_allergy" not in form.answers
    sent = {"recent_surgery__none": "on", SURGERY: "on", f"{SURGERY}__date": "2026-05-20"}
    form = _form("past_treatment", sent)
    form.is_valid()
    assert "recent_surgery" in form.wrong
    assert "recent_surgery" not in form.answers


def test_what_is_not_shown_is_ignored_even_when_sent() -> None:
    sent = posted_section(PACK.sections["health"].questions, ALL_CLEAR)
    form = _form("health", sent | {"diabetes": "no", "diabetes_control": "poor"})
    assert form.is_valid(), form.errors
    assert "diabetes_control" not in form.answers


@pytest.mark.parametrize(
    ("section", "sent", "name"),
    [
        ("about_you", {"dob": "31/02/1990"}, "dob"),
        ("about_you", {"dob": "1990-04-13"}, "dob"),
        ("about_you", {"phototype": "VII"}, "phototype"),
        ("health", {"other_health": "x" * 2001}, "other_health"),
        ("health", {"other_health": "a\0b"}, "other_health"),
        (
            "past_treatment",
            {"home_needling": "yes", "home_needling_date": "2026-06-02"},
            "home_needling_date",
        ),
        (
            "past_treatment",
            {SURGERY: "on", f"{SURGERY}__date": "31/02/2026"},
            "recent_surgery",
        ),
    ],
)
def test_what_cannot_be_is_wrong_and_is_not_kept(
    section: str, sent: dict[str, Any], name: str
) -> None:
    form = _form(section, sent)
    form.is_valid()
    assert name in form.wrong
    assert name not in form.answers


def test_a_date_without_its_tick_is_asked_about_and_shown_again() -> None:
    form = _form("past_treatment", {f"{SURGERY}__date": "2026-05-01"})
    form.is_valid()
    assert "recent_surgery" in form.wrong
    assert 'value="2026-05-01"' in render_crispy_form(form)


def test_what_was_typed_wrong_is_shown_again_beside_its_error() -> None:
    form = _form("about_you", {"dob": "31/02/1990", "smoking": "none"})
    html = render_crispy_form(form)
    assert 'value="31/02/1990"' in html
    assert "real date" in html
    assert 'href="#id_dob"' in html, "the summary leads to the field"


def test_a_follow_up_says_when_it_is_asked() -> None:
    html = render_crispy_form(_form("health"))
    block = html.split('id="div_id_diabetes_control"')[1].split('id="div_id_')[0]
    assert "Only if you answered “Yes” to “Do you have diabetes?”" in block
    assert "&quot;op&quot;: &quot;eq&quot;" in block


def test_a_form_class_is_built_once() -> None:
    assert section_form(PACK, "skin") is section_form(PACK, "skin")


def test_random_answers_mean_the_same_through_the_form_as_given_directly() -> None:
    rng = random.Random(20260601)
    contexts = [
        Context(
            assessment_date=MONDAY,
            planned_date=TUESDAY,
            modality=modality,
            depth_mm=depth,
            areas=("cheeks", "perioral"),
            anaesthetic_planned=numb,
        )
        for modality, depth, numb in [
            ("MN_PEN", 0.5, False),
            ("MN_ROLLER", 1.5, True),
            ("RF_MN", 2.5, True),
        ]
    ]
    for _round in range(60):
        answers: dict[str, Any] = {
            q.id: rng.choice(_some_answers(q))
            if rng.random() < 0.3
            else ALL_CLEAR.get(q.id, rng.choice(_some_answers(q)))
            for q in PACK.questions
        }
        stored: dict[str, Any] = {}
        for section in PACK.sections.values():
            sent = posted_section(section.questions, answers)
            form = _form(section.id, sent, others=stored)
            assert form.is_valid(), form.errors
            stored |= form.answers
        frozen, _wording = freeze(PACK, stored)
        for context in contexts:
            through, direct = evaluate(PACK, context, frozen), evaluate(PACK, context, answers)
            assert (through.hits, through.level) == (direct.hits, direct.level)
            assert (through.complete, through.earliest) == (direct.complete, direct.earliest)


def test_posting_helper_sends_nothing_for_nothing() -> None:
    assert posted(PACK.question_by_id["dob"], None) == {}


def test_the_day_after_is_still_the_day_of_answering() -> None:
    tomorrow = (MONDAY + timedelta(days=1)).isoformat()
    sent = {"planned_sun": "yes", "planned_sun_end": tomorrow}
    form = _form("skin", sent)
    form.is_valid()
    assert form.answers["planned_sun_end"] == tomorrow, "this question asks about the future"
