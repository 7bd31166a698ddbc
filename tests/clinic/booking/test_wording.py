"""Words: every code and verdict has a sentence, with its day where it has one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.booking import wording
from clinic.booking.next_step import About, step_for
from clinic.booking.states import state_of
from clinic.booking.verdicts import Answer, Code, Reason, Verdict
from clinic.booking.wording_reasons import REASONS, REASONS_WITH_DAY
from clinic.core.words import STATES
from tests.clinic.booking.facts_made import CONSENT, GOOD

MONDAY = date(2026, 6, 1)
TUESDAY = date(2026, 6, 16)
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_headline_and_something_to_do(verdict: Verdict) -> None:
    answer = Answer(verdict=verdict)
    assert "Maya Lind" in wording.headline(answer, name="Maya Lind")
    assert wording.todo(answer).endswith(".")


@pytest.mark.parametrize("code", Code)
def test_every_reason_has_a_plain_sentence(code: Code) -> None:
    sentence = wording.reason_words(Reason(code=code, where="Hilltop"), now=NOW)
    assert sentence.endswith(".")
    assert "%" not in sentence
    assert "!" not in sentence


def test_no_words_are_left_over() -> None:
    assert set(REASONS) == set(Code)
    assert set(wording.VERDICTS) == set(Verdict)
    assert set(REASONS_WITH_DAY) <= set(Code)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            Reason(code=Code.NOT_BEFORE, on=TUESDAY + timedelta(days=3)),
            "It may not be booked for a day before Friday 19 June.",
        ),
        (
            Reason(code=Code.SKIN_RESTS, on=TUESDAY),
            "The skin needs its rest. The first possible day is tomorrow.",
        ),
        (
            Reason(code=Code.THINKING_TIME, at=datetime(2026, 6, 16, 9, 30, tzinfo=UTC)),
            "The time to think it over ends tomorrow at 10:30.",
        ),
    ],
)
def test_days_are_said_as_people_say_them(reason: Reason, sentence: str) -> None:
    assert wording.reason_words(reason, now=NOW) == sentence


def test_whom_to_call_and_why() -> None:
    answer = Answer(verdict=Verdict.NEEDS_REVIEW)
    line = wording.call_line(
        answer, name="Maya Lind", before=TUESDAY + timedelta(days=3), today=NOW.date()
    )
    assert line == "Call Maya Lind: review needed before Friday 19 June"


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_state_of_the_look(verdict: Verdict) -> None:
    assert state_of("BOOKED", [Answer(verdict=verdict)]) in STATES
    assert state_of("ON_HOLD", [Answer(verdict=verdict)]) == "on_hold"
    assert state_of("BOOKED", []) == "ready"


NO_PAGE = {
    Verdict.DEFERRED,
    Verdict.TOO_SOON,
    Verdict.BOOKABLE,
    Verdict.COOLING_OFF,
    Verdict.TREATABLE,
}


@pytest.mark.parametrize("verdict", Verdict)
def test_what_stands_in_the_way_has_a_page_or_passes_with_time(verdict: Verdict) -> None:
    about = About(client_id=1, procedure_id=2, appointment_id=3, consent=CONSENT, facts=GOOD)
    step = step_for(Answer(verdict=verdict), about)
    assert (step is None) == (verdict in NO_PAGE)


def test_a_plan_that_goes_further_is_changed_not_asked_again() -> None:
    about = About(client_id=1, procedure_id=2, facts=GOOD)
    further = Answer(
        verdict=Verdict.SCREENING_OUTDATED, reasons=(Reason(code=Code.PLAN_NOT_SCREENED),)
    )
    step = step_for(further, about)
    assert step is not None
    assert step.url == "/intake/plan/3"


@pytest.mark.parametrize(
    ("verdict", "before", "expected"),
    [
        (Verdict.NEEDS_CONSENT, MONDAY, "Call Maya Lind: consent needed today"),
        (
            Verdict.CONSENT_REFUSED,
            TUESDAY,
            "Call Maya Lind about Tuesday 16 June: consent was refused",
        ),
        (
            Verdict.NEEDS_COUNTERSIGNATURE,
            MONDAY,
            "Maya Lind has signed: a practitioner must countersign today",
        ),
    ],
)
def test_a_call_says_what_is_needed_by_when(verdict: Verdict, before: date, expected: str) -> None:
    line = wording.call_line(Answer(verdict=verdict), name="Maya Lind", before=before, today=MONDAY)
    assert line == expected
