"""The titles that clients read above the questions."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.packs import content, queries
from tests.clinic.packs.filling import lena, send
from tests.factories import Cast, rules

pytestmark = pytest.mark.django_db


def test_the_titles_of_sections_are_changed_and_told(client: Client, cast: Cast) -> None:
    draft = rules.draft_of(cast, rules.tables_in_force("1.9.0"))
    browser, url = lena(client, cast), reverse("packs:head", args=[draft.pk])
    empty: Any = send(browser, url, section_health="", why="Clearer.")
    assert "section_health" in empty.context["form"].errors
    done = send(browser, url, section_health="How you are", why="Clearer.")
    assert done.status_code == 302
    tables: Any = content.tables_of(queries.newest_revision(draft))
    titles = {one["id"]: one["title"] for one in tables["questions"]["section"]}
    before: Any = rules.tables_in_force("1.9.0")
    assert titles == {one["id"]: one["title"] for one in before["questions"]["section"]} | {
        "health": "How you are"
    }
    answer: Any = browser.get(reverse("packs:difference", args=[draft.pk]))
    told = dict(answer.context["parts"])
    [(where, [change])] = told["Questions"]
    assert (where, change.what) == ("section “How you are”", "title")
    assert (change.old, change.new, change.softer) == ("Your health", "How you are", False)
