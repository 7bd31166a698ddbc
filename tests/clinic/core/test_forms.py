"""A form keeps what was typed, and says what is wrong beside the field and at the top."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from clinic.core.forms import DayField, PlainForm


class Details(PlainForm):
    name = forms.CharField(label="Given name")
    nick = forms.CharField(label="Nickname", required=False)
    born = DayField(label="Date of birth", help_text="As on the identity card.")
    reach = forms.ChoiceField(
        label="How may we reach you?",
        choices=[("phone", "Phone"), ("mail", "E-mail")],
        widget=forms.RadioSelect,
    )
    skin = forms.MultipleChoiceField(
        label="Your skin now", choices=[("a", "Cold sores")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="I agree")
    own = forms.CharField(error_messages={"required": "Words of its own."})


class Draft(PlainForm):
    mark_optional = False
    answer = forms.CharField(label="Answer", required=False)


def shown(form: forms.Form) -> str:
    return render_to_string("partials/form.html", {"form": form, "action": "Add"})


def test_each_field_says_in_plain_words_what_is_missing() -> None:
    assert {name: list(errors) for name, errors in Details({}).errors.items()} == {
        "name": ["Please fill this in."],
        "born": ["Please give a date."],
        "reach": ["Please choose an answer."],
        "skin": ["Please choose an answer."],
        "agreed": ["Please tick this box to go on."],
        "own": ["Words of its own."],
    }


@pytest.mark.parametrize("typed", ["31/02/2026", "yesterday", "2026-13-01"])
def test_a_date_that_does_not_exist_is_refused_in_words(typed: str) -> None:
    assert Details({"born": typed}).errors["born"] == [
        "Please give a real date, for example 31/12/1985."
    ]


def test_an_error_stands_beside_its_field_and_is_tied_to_it() -> None:
    html = shown(Details({"name": ""}))
    assert 'id="id_name_error"' in html
    assert re.search(r'<input[^>]* name="name"[^>]*aria-describedby="id_name_error"', html)
    assert re.search(r'<input[^>]* name="name"[^>]*aria-invalid="true"', html)
    born = re.search(r'<input[^>]* name="born"[^>]*>', html)
    assert born
    assert 'aria-describedby="id_born_helptext id_born_error"' in born.group()
    assert '<fieldset aria-describedby="id_reach_error">' in html


def test_every_link_of_the_error_summary_leads_to_something() -> None:
    html = shown(Details({}))
    links = re.findall(r'<li><a href="#([^"]+)">', html)
    assert len(links) == 6
    assert all(f'id="{target}"' in html for target in links)


def test_nothing_that_was_typed_is_lost() -> None:
    html = shown(Details({"nick": '<b>"Mia"</b>', "reach": "mail", "skin": ["a"]}))
    assert 'value="&lt;b&gt;&quot;Mia&quot;&lt;/b&gt;"' in html
    assert html.count(" checked") == 2


def test_nothing_is_chosen_beforehand() -> None:
    assert " checked" not in shown(Details())


def test_only_what_is_optional_says_so() -> None:
    assert shown(Details()).count("(optional)") == 1
    assert "(optional)" not in shown(Draft())


def test_a_whole_form_has_one_form_tag_and_one_main_action() -> None:
    html = shown(Details())
    assert html.count("<form") == 1
    assert html.count("btn-primary") == 1
