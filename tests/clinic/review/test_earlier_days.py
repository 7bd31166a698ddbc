"""A review is made for the planned day. An earlier day opens only where it holds as well."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clinic.intake import actions as intake_actions
from clinic.intake.models import Clearance, Screening
from clinic.review import actions
from clinic.review.verdicts import Outcome, Problem, Verdict
from tests import factories
from tests.clinic.intake.answers import ALL_CLEAR
from tests.clinic.review.attacks import cleared, decision, verdict
from tests.factories import MONDAY, NOW, TUESDAY, Cast

COLD_SORE = {"cold_sore_state": "active", "hsv_history": "yes", "hsv_prophylaxis": "yes"}

pytestmark = pytest.mark.django_db


def _handed_in(cast: Cast, born: date, planned: date, **answers: Any) -> Screening:
    who = factories.client(cast.riverside, date_of_birth=born)
    said = ALL_CLEAR | {"dob": born.isoformat()} | answers
    draft = factories.intake(who, cast.pen, answers=said, planned_date=planned)
    return intake_actions.submit(actor=cast.actor(cast.fred), intake=draft, at=NOW, today=MONDAY)


def _cleared(cast: Cast, screening: Screening, word: Verdict = Verdict.ACCEPT) -> Clearance:
    flags = screening.findings.filter(level__gte=2)
    actions.decide(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        screening=screening,
        outcome=Outcome.CLEARED,
        reason="seen",
        said={flag.pk: (word, "seen") for flag in flags},
        defer_until=None,
        expected_latest_id=None,
        at=NOW,
        today=MONDAY,
    )
    return Clearance.objects.get(screening=screening, live=True)


def test_a_client_who_is_18_on_the_planned_day_cannot_be_booked_at_17() -> None:
    cast = factories.cast()
    birthday = date(2026, 6, 10)
    screening = _handed_in(cast, date(2008, 6, 10), TUESDAY)
    assert not screening.hard_stop
    assert _cleared(cast, screening).valid_from == birthday


def test_what_only_a_birthday_ends_is_decided_by_nobody_before_it() -> None:
    cast = factories.cast()
    screening = _handed_in(cast, date(2004, 6, 10), TUESDAY, rosacea="calm")
    assert [one.code for one in screening.findings.filter(level__gte=2)] == ["rosacea"]
    assert _cleared(cast, screening).valid_from == date(2026, 6, 10)


def test_with_nothing_more_against_them_all_earlier_days_open() -> None:
    cast = factories.cast()
    screening = _handed_in(cast, date(1990, 4, 12), TUESDAY, rosacea="calm")
    assert _cleared(cast, screening).valid_from == MONDAY


def test_the_database_opens_no_earlier_day_either() -> None:
    cast = factories.cast()
    who = factories.client(cast.riverside)
    made = decision(
        cast,
        factories.screening(who, cast.pen, findings=[{}], windows_end=date(2026, 6, 10)),
    )
    verdict(made)
    refused = pytest.raises(IntegrityError, match="begins where its review holds")
    with refused, transaction.atomic():
        cleared(made, valid_from=date(2026, 6, 9))
    assert cleared(made, valid_from=date(2026, 6, 10)).live


def test_a_wait_after_which_somebody_looks_again_clears_nobody() -> None:
    """A cold sore is seen healed, not reckoned healed."""
    cast = factories.cast()
    screening = _handed_in(cast, date(1990, 4, 12), date(2026, 6, 8), **COLD_SORE)
    flag = screening.findings.get(code="cold_sore_now")
    assert (flag.level, flag.defer_until, flag.after_level) == (3, date(2026, 6, 15), 2)
    with pytest.raises(actions.DecisionProblems) as told:
        _cleared(cast, screening, Verdict.WAIT)
    assert told.value.problems == {flag.pk: Problem.LOOK_AGAIN_AFTER_WAIT}


def test_the_database_clears_nobody_on_such_a_wait() -> None:
    cast = factories.cast()
    who = factories.client(cast.riverside)
    wait = {"level": 3, "defer_until": date(2026, 6, 18), "after_level": 2}
    made = decision(cast, factories.screening(who, cast.pen, findings=[wait]))
    verdict(made, verdict="WAIT")
    with pytest.raises(IntegrityError, match="every flag decided"), transaction.atomic():
        cleared(made, valid_from=date(2026, 6, 18))
