"""What is typed is kept; a late save overwrites nothing; what is handed in is forgotten."""

import threading
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict

from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.form_drafts import (
    LARGEST,
    ChangedElsewhere,
    Save,
    forget,
    keep,
    kept_of,
    restore,
)
from clinic.core.models import FormDraft
from tests.factories.days import NOW

KEY = "treatment:1"
PETRA = Actor(kind="staff", id=1, name="Petra Novak", site_id=1)


def save(words: str, *, base: int = 0, page: str = "a", sequence: int = 1) -> Save:
    return Save(values={"notes": [words]}, base=base, page=page, sequence=sequence)


def kept(words: str, **of_the_page: Any) -> int:
    return keep(key=KEY, actor=PETRA, save=save(words, **of_the_page), at=NOW)


def words() -> str:
    found = kept_of(KEY)
    assert found is not None
    return str(found.values["notes"][0])


@pytest.mark.django_db
def test_each_save_is_a_newer_version() -> None:
    assert kept("one") == 1
    assert kept("two", base=1, sequence=2) == 2
    row = FormDraft.objects.get()
    assert (words(), row.actor_name, row.saved_at) == ("two", "Petra Novak", NOW)


@pytest.mark.django_db
def test_a_save_that_arrives_late_or_again_changes_nothing() -> None:
    kept("one")
    kept("three", base=1, sequence=3)
    assert kept("two", base=1, sequence=2) == 2
    assert kept("three again", base=1, sequence=3) == 2
    assert words() == "three"


@pytest.mark.django_db
def test_a_save_whose_answer_was_lost_goes_on_from_what_it_knew() -> None:
    kept("one")
    assert kept("two", base=0, sequence=2) == 2  # the page never heard of version 1
    assert words() == "two"


@pytest.mark.django_db
def test_a_page_that_is_behind_is_told_and_overwrites_nothing() -> None:
    kept("on the tablet")
    with pytest.raises(ChangedElsewhere) as newer:
        kept("on the desk", page="b")
    assert newer.value.version == 1
    assert words() == "on the tablet"
    assert kept("loaded again", page="b", base=1, sequence=2) == 2
    with pytest.raises(ChangedElsewhere):
        kept("the tablet wakes", base=1, sequence=2)
    assert words() == "loaded again"


@pytest.mark.django_db
def test_what_was_handed_in_is_not_kept_again_by_a_late_save() -> None:
    kept("one")
    forget(KEY)
    assert kept_of(KEY) is None
    with pytest.raises(Refused, match="handed in"):
        kept("late", base=1, sequence=2)
    assert not FormDraft.objects.exists()


@pytest.mark.django_db
def test_forms_are_kept_apart() -> None:
    kept("one")
    keep(key="treatment:2", actor=PETRA, save=save("other"), at=NOW)
    forget("treatment:2")
    assert words() == "one"


def test_a_token_a_password_and_what_is_the_pages_own_are_not_kept() -> None:
    sent = QueryDict(
        "notes=x&csrfmiddlewaretoken=t&password=p&autosave_page=a&autosave_base=3"
        "&autosave_sequence=7&seen=a&seen=b"
    )
    read = Save.read(sent)
    assert read == Save(values={"notes": ["x"], "seen": ["a", "b"]}, base=3, page="a", sequence=7)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 12, "\u0663"])
def test_a_number_that_no_page_sends_is_none(number: str) -> None:
    sent = QueryDict(mutable=True)
    sent["autosave_base"] = number
    assert Save.read(sent).base == 0


def test_more_than_a_form_holds_is_refused() -> None:
    sent = QueryDict(mutable=True)
    sent["notes"] = "x" * (LARGEST + 1)
    with pytest.raises(Refused, match="shorten"):
        Save.read(sent)


class _Form(forms.Form):
    notes = forms.CharField()
    day = forms.DateField()
    seen = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    treated = forms.BooleanField(initial=True)


def test_what_was_typed_is_shown_as_it_was_and_nothing_as_wrong() -> None:
    form = _Form()
    values = {"notes": [" half a wo"], "day": ["31/13"], "seen": ["b"]}
    restore(form, FormDraft(key=KEY, values=values))
    page = str(form)
    assert form["notes"].value() == " half a wo"
    assert 'value="31/13"' in page
    assert form["seen"].value() == ["b"]
    assert form["treated"].value() is False
    assert "errorlist" not in page


def test_a_form_that_was_sent_shows_what_was_sent() -> None:
    form = _Form({"notes": "sent"})
    restore(form, FormDraft(key=KEY, values={"notes": ["typed before"]}))
    assert form["notes"].value() == "sent"


@pytest.mark.django_db(transaction=True)
def test_of_two_pages_that_save_at_the_same_moment_one_is_told() -> None:
    outcomes: list[object] = []
    line = threading.Barrier(2)

    def run(page: str) -> None:
        line.wait()
        try:
            outcomes.append(kept(page, page=page))
        except ChangedElsewhere as newer:
            outcomes.append(newer)
        finally:
            connection.close()

    for _ in range(8):
        FormDraft.objects.all().delete()
        outcomes.clear()
        threads = [threading.Thread(target=run, args=(page,)) for page in ("a", "b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(str(type(one).__name__) for one in outcomes) == ["ChangedElsewhere", "int"]
