"""A page's form as a browser would send it back."""

from typing import Any

from django import forms
from django.test import Client

from tests.factories import Cast


def filled(form: forms.Form, **changed: Any) -> dict[str, Any]:
    """What the form shows, with some fields changed."""
    sent: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, forms.BooleanField):
            if value:
                sent[name] = "on"
        elif value is not None:
            sent[name] = value
    return sent | changed


def send(client: Client, to: str, **changed: Any) -> Any:
    """Open a page and send its form back with some fields changed."""
    shown: Any = client.get(to)
    assert shown.status_code == 200
    return client.post(to, filled(shown.context["form"], **changed))


def lena(client: Client, cast: Cast) -> Client:
    """The browser of the clinical lead."""
    client.force_login(cast.lena)
    return client
