"""The time to think, as booking has to leave it free: by the facts of the gate that treats."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from clinic.booking.facts import consent_facts
from clinic.booking.treatment_checks import no_consent
from clinic.booking.values import BookingFacts, ConsentFacts, DayFacts
from clinic.booking.verdicts import Answer, Code, Reason, Verdict
from clinic.clients.models import Client
from clinic.consent.selection import cooling_off_until
from clinic.consent.thinking import hours_to_think
from clinic.intake.queries import live_screening
from clinic.procedures.models import Procedure


@dataclass(frozen=True, kw_only=True)
class Thinking:
    """`until`: no session before it. `given`: the client has the text, so the time is running."""

    until: datetime
    given: bool

    @property
    def answer(self) -> Answer:
        """Why an earlier time cannot be booked."""
        return Answer(
            verdict=Verdict.COOLING_OFF, reasons=(Reason(code=Code.THINKING_TIME, at=self.until),)
        )


def thinking(
    facts: BookingFacts, *, client: Client, procedure: Procedure, at: datetime
) -> Thinking:
    """When a session may begin: by the consent that will be used, or one handed over now.

    One query where the text was given, seven where it was not.
    """
    consent = consent_facts(client, procedure)
    until = consent.cooling_off_until if consent else None
    if consent is not None and until is not None and _will_be_used(consent, facts, at):
        return Thinking(until=until, given=True)
    screening = live_screening(client.pk, procedure.pk)
    hours = (
        hours_to_think(screening, today=timezone.localdate(at))
        if screening
        else procedure.cooling_off_hours
    )
    return Thinking(until=cooling_off_until(at, hours), given=False)


def _will_be_used(consent: ConsentFacts, facts: BookingFacts, at: datetime) -> bool:
    """Nothing but a signature is missing: otherwise another text has to be given first."""
    day = DayFacts(
        booking=facts,
        at=at,
        today=timezone.localdate(at),
        here=False,
        clearance_id=facts.clearance.id if facts.clearance else 0,
        consent=consent,
        check_in=None,
    )
    missing = {reason.code for reason in no_consent(day)} - {Code.NOT_SIGNED}
    return not consent.end and not missing
