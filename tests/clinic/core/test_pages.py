"""The frame around every page stands whatever the page knows."""

from copy import deepcopy
from datetime import date

import pytest
from django.conf import LazySettings
from django.template import Context, Template
from django.template.loader import render_to_string

from clinic.core import words

PERSON = {"name": "Noor Haddad", "role": "Front desk"}
NAV = [
    {"label": "Today", "url": "/", "active": True, "count": None},
    {"label": "To review", "url": "/review/", "active": False, "count": 3},
]


@pytest.fixture(autouse=True)
def _uncollected_static_files(settings: LazySettings) -> None:
    storages = deepcopy(settings.STORAGES)
    storages["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = storages


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context_and_shows_no_detail(page: str) -> None:
    html = render_to_string(f"{page}.html", {"exception": "secret", "reason": "secret"})
    heading = html.split("<h1>")[1].split("</h1>")[0]
    assert html.count("<h1>") == 1
    assert f"<title>{heading} · " in html
    assert "secret" not in html
    assert "<nav" not in html


def test_the_bar_shows_only_what_this_person_may_see() -> None:
    html = render_to_string("base.html", {"nav": NAV, "person": PERSON})
    assert '<a href="/" aria-current="page">Today</a>' in html
    assert 'class="count">3<' in html
    assert "Noor Haddad" in html
    assert "Clients" not in html


def test_no_page_lets_the_browser_keep_a_copy_of_it() -> None:
    assert '"historyCacheSize":0' in render_to_string("base.html")


@pytest.mark.parametrize("template", ["base.html", "client_base.html", "signed_out.html"])
def test_no_style_or_script_is_inline(template: str) -> None:
    html = render_to_string(template, {"nav": NAV, "person": PERSON})
    assert " style=" not in html
    assert "<style" not in html
    assert "<script>" not in html
    assert " onclick=" not in html


@pytest.mark.parametrize("level", list(words.LEVELS))
def test_a_level_is_told_by_word_and_colour(level: str) -> None:
    html = Template("{% load look %}{% level_chip level %}").render(
        Context({"level": level.upper()})
    )
    assert str(words.LEVELS[level].word) in html
    assert f"tone-{words.LEVELS[level].tone}" in html


def test_a_step_says_its_state_in_words_too() -> None:
    steps = [
        {"label": "Intake", "state": "done", "date": date(2020, 3, 1)},
        {"label": "Consent", "state": "waiting"},
    ]
    html = render_to_string("partials/steps.html", {"steps": steps})
    assert 'visually-hidden">done: </span>1 Mar 2020' in html
    assert "not yet" in html


def test_drawn_windows_say_the_same_in_words() -> None:
    template = Template("{% load look %}{% timeline spans marks caption %}")
    html = template.render(
        Context(
            {
                "spans": [(date(2020, 3, 1), date(2020, 3, 8), "Retinol")],
                "marks": [(date(2020, 3, 4), "Planned")],
                "caption": ["Last used 1 March 2020: over on 8 March 2020."],
            }
        )
    )
    drawn, said = html.split("<figcaption")
    assert 'aria-hidden="true"' in drawn
    for words_of_it in ("1 Mar 2020", "8 Mar 2020", "Planned 4 Mar 2020", "Retinol"):
        assert words_of_it in drawn
    assert "Last used 1 March 2020: over on 8 March 2020." in said
