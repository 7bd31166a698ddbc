"""Requests that no page offers, sent with the cookies and the token of somebody signed in."""

import re

from django.urls import reverse
from playwright.sync_api import APIResponse

from tests.journeys.person import Person

TOKEN = re.compile(r'x-csrftoken": "([^"]+)')


def post(person: Person, url_name: str, *args: int | str, **fields: str) -> APIResponse:
    """POST what a page of this person would not send. Redirects are not followed."""
    found = TOKEN.search(person.page.content().replace("&quot;", '"'))
    assert found, f"{person.page.url} has no token"
    return person.page.request.post(
        reverse(url_name, args=args),
        form={"csrfmiddlewaretoken": found.group(1), **fields},
        headers={"Referer": person.page.url},
        max_redirects=0,
    )
