"""Dates that a client knows only in part: asked, kept, shown again, and told to the reviewer."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from crispy_forms.utils import render_crispy_form
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from clinic.core.actor import Actor
from clinic.intake import actions
from clinic.intake.forms import SectionForm, section_form
from clinic.intake.forms.when import When
from clinic.intake.freezing import date_in_words, in_words, taken_as, wording_of
from clinic.intake.models import Intake
from screening.engine import Pack, Problem, assumed, read_answer, read_period
from screening.packs import latest
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.intake.conftest import Filled
from tests.clinic.intake.posting import posted_section
from tests.factories import MONDAY, NOW, Cast

PACK: Pack = latest()
BORN = date(1990, 4, 12)
STOP = "isotretinoin_stop"
STOPPED = ALL_CLEAR | {"isotretinoin": "stopped"}
SUN = "sun_exposure__tan__date"
SUNNED = ALL_CLEAR | {"sun_exposure": None}
SUN_SECTION = PACK.question_by_id["sun_exposure"].section
PARTS = ("day", "how", "month", "year", "count", "unit")
SignedIn = Callable[[Any], Browser]

TOLD = [
    pytest.param({"day": "2025-03-09"}, "2025-03-09", id="the day"),
    pytest.param({"day": "09/03/2025"}, "2025-03-09", id="the day, typed"),
    pytest.param({"day": "2025-03-09", "how": "day"}, "2025-03-09", id="the day, said so"),
    pytest.param({"day": " 2025-03 "}, "2025-03", id="a month typed for the day"),
    pytest.param({"day": "2025"}, "2025", id="a year typed for the day"),
    pytest.param({"how": "month", "month": "3", "year": "2025"}, "2025-03", id="the month"),
    pytest.param({"how": "month", "month": "12", "year": " 2025 "}, "2025-12", id="December"),
    pytest.param({"how": "year", "year": "2025"}, "2025", id="the year"),
    pytest.param(
        {"how": "year", "month": "3", "year": "2025"}, "2025", id="the year, a month left over"
    ),
    pytest.param(
        {"how": "about", "count": "2", "unit": "years"}, "2023-12-01/2024-12-01", id="about"
    ),
    pytest.param(
        {"how": "within", "count": "6", "unit": "months"}, "2025-12-01/2026-06-01", id="within"
    ),
    pytest.param(
        {"how": "2025-05-03/2025-11-03"}, "2025-05-03/2025-11-03", id="a span that was kept"
    ),
    pytest.param(
        {"how": "month", "month": "3", "year": "2025", "day": "2025-03-09"}, "2025-03",
        id="a day that fits the month",
    ),
]  # fmt: skip
WRONG = [
    pytest.param({"how": "month", "year": "2025"}, "choose the month", id="no month"),
    pytest.param({"how": "month", "month": "3"}, "four digits", id="no year"),
    pytest.param({"how": "month", "month": "13", "year": "2025"}, "choose the month", id="13"),
    pytest.param({"how": "month", "month": "0", "year": "2025"}, "choose the month", id="0"),
    pytest.param({"how": "month", "month": "03", "year": "2025"}, "choose the month", id="03"),
    pytest.param({"how": "year"}, "four digits", id="nothing"),
    pytest.param({"how": "year", "year": "25"}, "four digits", id="two digits"),
    pytest.param({"how": "year", "year": "２０２５"}, "four digits", id="full width"),
    pytest.param({"how": "year", "year": "2025\0"}, "four digits", id="NUL"),
    pytest.param({"how": "year", "year": "\udfff"}, "four digits", id="lone surrogate"),
    pytest.param({"how": "year", "year": "9" * 100_000}, "four digits", id="huge"),
    pytest.param({"how": "year", "year": "0000"}, "real date", id="year 0"),
    pytest.param({"how": "year", "year": "1890"}, "too long ago", id="too long ago"),
    pytest.param({"day": "0025-03-01"}, "too long ago", id="a year half typed"),
    pytest.param({"how": "year", "year": "2027"}, "not come yet", id="next year"),
    pytest.param({"how": "month", "month": "7", "year": "2026"}, "not come yet", id="next month"),
    pytest.param({"how": "about", "unit": "years"}, "how many", id="no number"),
    pytest.param({"how": "about", "count": "2"}, "weeks, months or years", id="no unit"),
    pytest.param({"how": "about", "count": "0", "unit": "years"}, "1 to 99", id="none"),
    pytest.param({"how": "about", "count": "-1", "unit": "years"}, "1 to 99", id="negative"),
    pytest.param({"how": "about", "count": "1.5", "unit": "years"}, "1 to 99", id="a fraction"),
    pytest.param({"how": "about", "count": "100", "unit": "years"}, "1 to 99", id="hundred"),
    pytest.param({"how": "about", "count": "２", "unit": "years"}, "1 to 99", id="full width 2"),
    pytest.param({"how": "about", "count": "9" * 9000, "unit": "years"}, "1 to 99", id="huge n"),
    pytest.param({"how": "within", "count": "2", "unit": "days"}, "weeks, months", id="days"),
    pytest.param({"how": "sometime"}, "from the list", id="no such choice"),
    pytest.param({"how": "2025-11-03/2025-05-03"}, "from the list", id="a span the wrong way"),
    pytest.param({"how": "2026-06-02/2027-06-02"}, "not come yet", id="a span ahead"),
    pytest.param({"how": "9" * 100_000}, "from the list", id="a huge choice"),
    pytest.param({"year": "2025", "month": "3"}, "how well you know", id="no choice"),
    pytest.param({"day": "2025-13"}, "real date", id="2025-13"),
    pytest.param({"day": "2025-3"}, "real date", id="2025-3"),
    pytest.param({"day": "２０２５-０３-０９"}, "real date", id="a full width day"),
    pytest.param({"day": "2025-03-09\0"}, "real date", id="a day with NUL"),
    pytest.param({"day": "\ud800"}, "real date", id="a day that is half a letter"),
    pytest.param({"day": "2025-03-09" * 20_000}, "real date", id="a huge day"),
    pytest.param(
        {"how": "month", "month": "3", "year": "2025", "day": "2025-04-01"}, "does not fit",
        id="a day of another month",
    ),
    pytest.param(
        {"how": "about", "count": "2", "unit": "years", "day": "2026-05-01"}, "does not fit",
        id="a day not about then",
    ),
    pytest.param(
        {"how": "year", "year": "2025", "day": "rubbish"}, "does not fit", id="a day that is none"
    ),
]  # fmt: skip


def _sent(name: str, told: dict[str, str]) -> dict[str, str]:
    return {name if part == "day" else f"{name}__{part}": text for part, text in told.items()}


def _form(section: str, answers: dict[str, Any], sent: dict[str, Any]) -> SectionForm:
    questions = PACK.sections[section].questions
    data = QueryDict(mutable=True)
    for key, value in (posted_section(questions, answers) | sent).items():
        data.setlist(key, value if isinstance(value, list) else [value])
    others = {k: v for k, v in ALL_CLEAR.items() if k not in {q.id for q in questions}}
    return section_form(PACK, section)(data, others=others, given_on=MONDAY, born=BORN)


def _block(html: str, name: str) -> str:
    return html.split(f'id="div_id_{name}"')[1].split('id="div_id_')[0]


def _empty(section: str, answers: dict[str, Any]) -> str:
    asked = section_form(PACK, section)
    own = {q.id: answers[q.id] for q in asked.section.questions if q.id in answers}
    form = asked(None, others=ALL_CLEAR, initial=own, given_on=MONDAY, born=BORN)
    return str(render_crispy_form(form))


@pytest.mark.parametrize(("told", "kept"), TOLD)
def test_a_date_is_kept_as_it_was_meant(told: dict[str, str], kept: str) -> None:
    form = _form("medicines", STOPPED, _sent(STOP, told))
    assert form.is_valid(), form.errors
    assert form.answers[STOP] == kept


@pytest.mark.parametrize(("told", "kept"), TOLD)
def test_so_is_the_date_of_something_ticked(told: dict[str, str], kept: str) -> None:
    form = _form(SUN_SECTION, SUNNED, {"sun_exposure__tan": "on"} | _sent(SUN, told))
    form.is_valid()
    assert "sun_exposure" not in form.errors
    assert form.answers["sun_exposure"] == {"tan": kept}


@pytest.mark.parametrize(("told", "words"), WRONG)
def test_what_is_no_date_is_refused_beside_it_and_shown_again(
    told: dict[str, str], words: str
) -> None:
    form = _form("medicines", STOPPED, _sent(STOP, told))
    assert not form.is_valid()
    assert STOP in form.wrong
    assert STOP not in form.answers
    html = render_crispy_form(form)
    block = _block(html, STOP)
    assert words in block.split('class="when')[0].replace("Please say how", "how")
    if len(typed := told.get("year", told.get("day", ""))) < 20 and typed.isprintable():
        assert f'value="{typed}"' in block


@pytest.mark.parametrize(("told", "words"), WRONG)
def test_so_is_that_of_something_ticked(told: dict[str, str], words: str) -> None:
    form = _form(SUN_SECTION, SUNNED, {"sun_exposure__tan": "on"} | _sent(SUN, told))
    assert not form.is_valid()
    assert "sun_exposure" in form.wrong
    assert "sun_exposure" not in form.answers
    assert words in _block(render_crispy_form(form), "sun_exposure").replace(
        "Please say how", "how"
    )


def test_every_date_that_is_wrong_is_named() -> None:
    sent = {
        "sun_exposure__tan": "on",
        "sun_exposure__sunburn": "on",
        "sun_exposure__sunburn__date__how": "year",
        "sun_exposure__sunbed": "on",
        "sun_exposure__sunbed__date": "2026-05-20",
    }
    form = _form(SUN_SECTION, SUNNED, sent)
    form.is_valid()
    labels = {o.value: o.label for o in PACK.question_by_id["sun_exposure"].options}
    told = " ".join(map(str, form.errors["sun_exposure"]))
    assert labels["tan"] in told
    assert labels["sunburn"] in told
    assert labels["sunbed"] not in told


def test_nothing_said_is_missing_whatever_was_half_chosen() -> None:
    for told in ({}, {"day": ""}, {"how": "day"}, {"unit": "years"}):
        form = _form("medicines", STOPPED, _sent(STOP, told))
        assert not form.is_valid()
        assert STOP not in form.wrong
        assert "Please give a date" in str(form.errors[STOP])


def test_a_date_that_may_be_left_out_may_but_not_half() -> None:
    filler = "recent_injectables__permanent_filler"
    none_yet = ALL_CLEAR | {"recent_injectables": None}
    form = _form("past_treatment", none_yet, {filler: "on"})
    form.is_valid()
    assert form.answers["recent_injectables"] == {"permanent_filler": None}
    form = _form("past_treatment", none_yet, {filler: "on", f"{filler}__date__year": "2019"})
    form.is_valid()
    assert "recent_injectables" in form.wrong
    sent = {filler: "on", f"{filler}__date__year": "2019", f"{filler}__date__how": "year"}
    form = _form("past_treatment", none_yet, sent)
    form.is_valid()
    assert form.answers["recent_injectables"] == {"permanent_filler": "2019"}


def test_a_month_without_its_tick_is_asked_about() -> None:
    told = {"how": "month", "month": "3", "year": "2026"}
    form = _form(SUN_SECTION, SUNNED, _sent(SUN, told))
    form.is_valid()
    assert "sun_exposure" in form.wrong
    block = _block(render_crispy_form(form), "sun_exposure")
    assert "dated-stray" in block
    assert '<option value="3" selected>March' in block
    form = _form(SUN_SECTION, ALL_CLEAR, {f"{SUN}__how": "month"})
    form.is_valid()
    assert form.answers["sun_exposure"] == {}, "a choice without a date says nothing"


def test_a_date_of_birth_is_asked_to_the_day() -> None:
    form = _form("about_you", ALL_CLEAR, {"dob": "1990", "dob__how": "year", "dob__year": "1990"})
    assert not form.is_valid()
    assert "dob" in form.wrong
    assert "dob__how" not in render_crispy_form(form)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"how": "month", "month": "8", "year": "2026"}, "2026-08"),
        ({"how": "about", "count": "3", "unit": "weeks"}, "2026-06-18/2026-06-26"),
        ({"how": "within", "count": "2", "unit": "months"}, "2026-06-01/2026-08-01"),
    ],
)
def test_what_is_still_to_come_is_told_from_now_on(told: dict[str, str], kept: str) -> None:
    sunny = ALL_CLEAR | {"planned_sun": "yes"}
    form = _form(SUN_SECTION, sunny, _sent("planned_sun_end", told))
    assert form.is_valid(), form.errors
    assert form.answers["planned_sun_end"] == kept
    block = _block(render_crispy_form(form), "planned_sun_end")
    assert "from now" in block
    assert " ago" not in block


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("2025-03-09", ['value="2025-03-09"', '<option value="day" selected>']),
        ("2025-03", ['<option value="month" selected>', '<option value="3" selected>March',
                     'value="2025"']),
        ("2025", ['<option value="year" selected>', 'value="2025"']),
        ("2025-05-03/2025-11-03", [
            'value="2025-05-03/2025-11-03" selected>As it was told before</option>',
            ">Some time between 3 May and 3 November 2025</p>"]),
    ],
)  # fmt: skip
def test_what_was_kept_is_shown_again_as_it_was_meant(stored: str, shown: list[str]) -> None:
    block = _block(_empty("medicines", STOPPED | {STOP: stored}), STOP)
    for part in shown:
        assert part in block
    assert block.count(" selected") == (2 if "-" in stored[4:5] and len(stored) == 7 else 1)
    dated = _block(
        _empty(SUN_SECTION, ALL_CLEAR | {"sun_exposure": {"tan": stored}}), "sun_exposure"
    )
    for part in shown:
        assert part in dated


@pytest.mark.parametrize("stored", ["2025-03-09", "2025-03", "2025", "2025-05-03/2025-11-03"])
def test_sending_it_again_unchanged_changes_nothing(stored: str) -> None:
    when = When.stored(stored)
    again = When.posted(_sent("x", {p: getattr(when, p) for p in PARTS}), "x")
    assert again == when
    for today in (MONDAY, date(2027, 1, 1)):
        assert again.answer(today=today, ahead=False) == stored


TYPED = st.text(max_size=12) | st.sampled_from(
    ["day", "month", "year", "about", "within", "3", "12", "2025", "weeks", "months", "years",
     "2025-05-03/2025-11-03", "2025-03", "2025-03-09", "9999-12-31", "0001-01-01", "9999", "0001"]
)  # fmt: skip


@given(parts=st.fixed_dictionaries(dict.fromkeys(PARTS, TYPED)), ahead=st.booleans())
def test_whatever_is_typed_is_a_date_or_is_refused(parts: dict[str, str], *, ahead: bool) -> None:
    when = When.posted(_sent("x", parts), "x")
    try:
        kept = when.answer(today=MONDAY, ahead=ahead)
    except ValidationError:
        return
    assert kept is None or read_period(kept) is not None
    name = "planned_sun_end" if ahead else STOP
    read = read_answer(PACK.question_by_id[name], kept, given_on=MONDAY)
    assert isinstance(read, date) or read in (Problem.MISSING, Problem.IN_THE_FUTURE)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("2025-03-09", "9 March 2025"),
        ("2025-03", "March 2025"),
        ("2025", "2025"),
        ("2025-05-03/2025-11-03", "between 3 May and 3 November 2025"),
        ("2023-12-01/2024-12-01", "between 1 December 2023 and 1 December 2024"),
        ("none", ""),
        ("2025-13", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_a_date_is_said_as_a_person_would(raw: object, words: str) -> None:
    assert date_in_words(raw) == words


def test_what_was_taken_is_said_for_each_option() -> None:
    question = PACK.question_by_id["recent_injectables"]
    answer = {"threads": "2025", "ha_filler": "2026-05-01", "permanent_filler": None}
    answers = ALL_CLEAR | {question.id: answer}
    wording = wording_of(question)
    assert in_words(wording, answer) == (
        "Threads (2025); Filler made of hyaluronic acid (1 May 2026); "
        "Permanent filler (for example silicone)"
    )
    told = assumed(PACK, answers, MONDAY)
    assert taken_as(wording, answer, told) == ("Threads: taken as 31 December 2025",)
    assert taken_as(wording, {"threads": "2025"}, told) == ("taken as 31 December 2025",)
    assert taken_as(wording, answer, ()) == ()


class TestPages:
    """From the desk to the reviewer. Access to these pages is held by `test_pages`."""

    @pytest.fixture(autouse=True)
    def _monday(self) -> Any:
        with time_machine.travel(NOW, tick=False):
            yield

    def _send(self, browser: Browser, draft: Intake, told: dict[str, str]) -> Any:
        answers = draft.answers | {"isotretinoin": "stopped", STOP: None}
        sent = posted_section(PACK.sections["medicines"].questions, answers)
        url = reverse("intake:section", args=[draft.pk, "medicines"])
        more = {"version": draft.version, "go": "next"}
        return browser.post(url, sent | _sent(STOP, told) | more)

    def test_from_the_question_to_the_reviewer(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, fred: Actor
    ) -> None:
        draft = filled()
        answer = self._send(
            signed_in(cast.fred), draft, {"how": "month", "month": "3", "year": "2026"}
        )
        assert answer.status_code == 302
        draft.refresh_from_db()
        assert draft.answers[STOP] == "2026-03"
        check = signed_in(cast.fred).get(reverse("intake:check", args=[draft.pk])).text
        assert "March 2026" in check
        made = actions.submit(actor=fred, intake=draft, at=NOW, today=timezone.localdate())
        assert made.submission.answers[STOP] == "2026-03"
        assert made.defer_until == date(2026, 9, 30)
        assert made.result["further"]["assumed"] == [
            {"question": STOP, "option": None, "said": "2026-03", "day": "2026-03-31"}
        ]
        page = signed_in(cast.petra).get(reverse("intake:answers", args=[made.submission_id])).text
        assert re.search(r"March 2026\s*<span[^>]*>taken as 31 March 2026</span>", page)
        case = signed_in(cast.petra).get(reverse("review:case", args=[made.pk])).text
        assert re.search(r"March 2026</strong>\s*<span[^>]*>taken as 31 March 2026</span>", case)

    def test_an_exact_date_is_taken_as_itself_and_nothing_is_said(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, fred: Actor
    ) -> None:
        draft = filled()
        self._send(signed_in(cast.fred), draft, {"day": "2026-03-31"})
        made = actions.submit(actor=fred, intake=draft, at=NOW, today=timezone.localdate())
        assert made.defer_until == date(2026, 9, 30)
        for url in (
            reverse("intake:answers", args=[made.submission_id]),
            reverse("review:case", args=[made.pk]),
        ):
            page = signed_in(cast.petra).get(url).text
            assert "31 March 2026" in page
            assert "taken as" not in page

    def test_about_keeps_its_days_when_the_answers_are_changed_later(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, fred: Actor
    ) -> None:
        draft = filled()
        self._send(signed_in(cast.fred), draft, {"how": "within", "count": "6", "unit": "months"})
        made = actions.submit(actor=fred, intake=draft, at=NOW, today=timezone.localdate())
        again = actions.amend(
            actor=fred, client=made.client, procedure=made.procedure, at=timezone.now()
        )
        assert again.earlier[STOP] == "2025-12-01/2026-06-01"
        url = reverse("intake:section", args=[again.pk, "medicines"])
        page = signed_in(cast.fred).get(url).text
        assert "<strong>between 1 December 2025 and 1 June 2026</strong>" in page

    @pytest.mark.parametrize(
        "raw", [b"%ED%A0%80", b"%00", b"%EF%BC%92", b"2025-13", b"2025-3", b"9" * 50_000]
    )
    def test_bytes_that_are_no_date_are_an_error_beside_the_field(
        self, signed_in: SignedIn, cast: Cast, filled: Filled, raw: bytes
    ) -> None:
        draft = filled()
        browser = signed_in(cast.fred)
        answers = draft.answers | {"isotretinoin": "stopped", STOP: None}
        sent = posted_section(PACK.sections["medicines"].questions, answers)
        pairs = [
            f"{quote(k)}={quote(one)}"
            for k, v in (sent | {"version": str(draft.version)}).items()
            for one in (v if isinstance(v, list) else [v])
        ]
        for part in (STOP, f"{STOP}__how", f"{STOP}__how=year&{STOP}__year"):
            body = "&".join([*pairs, f"{part}="]).encode() + raw
            url = reverse("intake:section", args=[draft.pk, "medicines"])
            page = browser.post(url, body, content_type="application/x-www-form-urlencoded")
            assert page.status_code == 200
            assert list(page.context["form"].errors) == [STOP]
            draft.refresh_from_db()
            assert STOP not in draft.answers
            pairs = [f"version={draft.version}" if p.startswith("version=") else p for p in pairs]

    def test_the_longest_page_of_dates_is_light(
        self, signed_in: SignedIn, cast: Cast, filled: Filled
    ) -> None:
        url = reverse("intake:section", args=[filled().pk, "past_treatment"])
        browser = signed_in(cast.fred)
        plain, packed = browser.get(url), browser.get(url, headers={"accept-encoding": "gzip"})
        assert len(plain.content) < 60_000
        assert len(packed.content) < 15_000
