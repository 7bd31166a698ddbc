"""Live clients before and after new rules are put in force."""

from datetime import date
from typing import TypeVar

from django.db.models import Model

from clinic.booking.facts import booking_facts
from clinic.booking.gate import bookable
from clinic.booking.models import Appointment
from clinic.booking.verdicts import Verdict
from clinic.intake.models import Clearance, Screening
from clinic.review import actions as review
from clinic.review.models import Decision
from clinic.review.verdicts import Outcome
from clinic.review.verdicts import Verdict as Word
from screening.models import RulePack
from tests import factories
from tests.factories import MONDAY, NOW, TUESDAY, Cast

Row = TypeVar("Row", bound=Model)


def fresh(row: Row) -> Row:
    row.refresh_from_db()
    return row


def clearance_of(screening: Screening) -> Clearance:
    return fresh(Clearance.objects.get(screening=screening, ended_at=None))


def booked(cast: Cast, screening: Screening) -> Appointment:
    return factories.appointment(cast, screening.client, held=clearance_of(screening))


def decided(
    cast: Cast, screening: Screening, outcome: Outcome = Outcome.CLEARED, word: Word = Word.ACCEPT
) -> Decision:
    """Petra's decision on a screening, the same for each of its flags."""
    flags = screening.findings.filter(level__gte=2)
    return review.decide(
        actor=cast.actor(cast.petra),
        user=cast.petra,
        screening=screening,
        outcome=outcome,
        reason="Seen.",
        said={flag.pk: (word, "Seen.") for flag in flags},
        defer_until=None,
        expected_latest_id=None,
        at=NOW,
        today=MONDAY,
    )


def verdict(cast: Cast, screening: Screening, on: date = TUESDAY) -> Verdict:
    facts = booking_facts(client=screening.client, procedure=screening.procedure, on=on)
    return bookable(facts).verdict


def applied(row: RulePack) -> dict[str, int]:
    """What was done, without what was not."""
    return {name: count for name, count in row.publication.applied.items() if count}
