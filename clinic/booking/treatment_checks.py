"""Gate 2, one check per verdict: each returns what stands in the way of treating now. Pure."""

from clinic.booking.booking_checks import because
from clinic.booking.values import ConsentFacts, DayFacts
from clinic.booking.verdicts import Code, Reason
from clinic.consent.standing import can_sign

REFUSED, WITHDRAWN, REPLACED = "REFUSED", "WITHDRAWN", "SUPERSEDED"


def no_consent(facts: DayFacts) -> list[Reason]:
    """No signed consent in force that covers this plan, in the words of today's text, with the
    risks that today's answers bring."""
    consent, plan = facts.consent, facts.booking.plan
    if consent is None:
        return [Reason(code=Code.NO_CONSENT)]
    if consent.end in (REFUSED, WITHDRAWN):
        return []
    if consent.end:
        return because(
            (Code.CONSENT_REPLACED, consent.end == REPLACED),
            (Code.NO_CONSENT, consent.end != REPLACED),
        )
    return because(
        (Code.NOT_SIGNED, not consent.signed or consent.cooling_off_until is None),
        (Code.TEXT_CHANGED, not consent.text_current),
        (Code.ANSWERS_CHANGED, not _for_these_answers(consent, facts)),
        (Code.CONSENT_EXPIRED, facts.today > consent.expires_on),
        (Code.PLAN_NOT_CONSENTED, plan is None or not consent.plan.covers(plan)),
    )


def refused(facts: DayFacts) -> list[Reason]:
    """The client said no."""
    return because((Code.REFUSED, facts.consent is not None and facts.consent.end == REFUSED))


def withdrawn(facts: DayFacts) -> list[Reason]:
    """The client took the consent back."""
    return because((Code.WITHDRAWN, facts.consent is not None and facts.consent.end == WITHDRAWN))


def cooling_off(facts: DayFacts) -> list[Reason]:
    """The time to think it over is still running."""
    consent = _in_force(facts)
    until = consent.cooling_off_until if consent else None
    if until is None or can_sign(until, facts.at):
        return []
    return [Reason(code=Code.THINKING_TIME, at=until)]


def not_countersigned(facts: DayFacts) -> list[Reason]:
    """The client has signed, the practitioner has not."""
    consent = _in_force(facts)
    waits = consent is not None and consent.signed and not consent.countersigned
    return because((Code.NOT_COUNTERSIGNED, waits))


def not_checked_in(facts: DayFacts) -> list[Reason]:
    """Not today, not here, not asked afresh, or something was new."""
    clearance, asked = facts.booking.clearance, facts.check_in
    held = clearance is not None and clearance.id == facts.clearance_id
    today = asked is not None and asked.day == facts.today
    return because(
        (Code.NOT_TODAY, facts.booking.on != facts.today),
        (Code.OTHER_CLEARANCE, not held),
        (Code.NOT_CHECKED_IN, not today),
        (Code.SOMETHING_NEW, asked is not None and today and not asked.nothing_new),
        (Code.NOT_HERE, asked is not None and today and asked.nothing_new and not facts.here),
    )


def _for_these_answers(consent: ConsentFacts, facts: DayFacts) -> bool:
    screening = facts.booking.screening
    return screening is not None and screening.answers == consent.answers


def _in_force(facts: DayFacts) -> ConsentFacts | None:
    return facts.consent if facts.consent is not None and not facts.consent.end else None
