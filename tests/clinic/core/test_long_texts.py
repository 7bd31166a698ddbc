"""A line break counts as one letter, as the browser counts it."""

import pytest
from django import forms
from django.http import QueryDict

from clinic.core.forms import TextArea


class _Form(forms.Form):
    words = forms.CharField(max_length=2000, widget=TextArea)


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n"])
def test_a_text_of_the_greatest_length_is_taken_whatever_ends_its_lines(line_break: str) -> None:
    lines = ["a" * 17] * 111
    text = "\n".join([*lines, "b" * (2000 - 111 * 18)])
    assert len(text) == 2000
    posted = QueryDict(mutable=True)
    posted["words"] = text.replace("\n", line_break)
    form = _Form(posted)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["words"] == text
    posted["words"] = text + "c"
    assert not _Form(posted).is_valid()
