"""Gate 1, one check per verdict: each returns what stands in the way of booking. Pure.

A check is silent where an earlier one speaks about the same missing fact, and never because a fact
is unknown.
"""

from dataclasses import replace
from datetime import timedelta

from clinic.booking.rest import in_the_way
from clinic.booking.values import BookingFacts, DecisionFacts, Outcome, Standing
from clinic.booking.verdicts import Code, Reason
from screening.engine.levels import Level

ANSWERS_LAST = timedelta(days=30)
"""How old answers may be on the day of the session (`rules.json`, answer_validity: policy)."""


def because(*found: tuple[Code, bool]) -> list[Reason]:
    """The codes that apply, in order."""
    return [Reason(code=code) for code, applies in found if applies]


def never_again(facts: BookingFacts) -> list[Reason]:
    """An adverse event was closed with "never again"."""
    return _at_their_sites(facts, (Code.NEVER_AFTER_EVENT, facts.event_follows == "NEVER"))


def doctor_first(facts: BookingFacts) -> list[Reason]:
    """An adverse event was closed with "only after a doctor's word", and none is on record."""
    return _at_their_sites(facts, (Code.WORD_AFTER_EVENT, facts.event_follows == "DOCTOR"))


def no_intake(facts: BookingFacts) -> list[Reason]:
    """Nobody has answered the questions for this procedure."""
    return because((Code.NO_ANSWERS, facts.screening is None))


def outdated(facts: BookingFacts) -> list[Reason]:
    """The answers, the rules or the plan have moved on since the screening, or something was told
    that these answers do not know."""
    screening, clearance = facts.screening, facts.clearance
    if screening is None:
        return []
    too_old = screening.answers_on is None or facts.on > screening.answers_on + ANSWERS_LAST
    over = clearance is not None and facts.on > clearance.valid_until
    lost = clearance is not None and not clearance.live
    allowed = facts.decision is None or facts.decision.clears
    return because(
        (Code.SCREENING_ENDED, not screening.live),
        (Code.NEW_RULES, not screening.pack_current),
        (Code.ANSWERS_TOO_OLD, too_old),
        (Code.CLEARANCE_OVER, over and not lost and not too_old),
        (Code.TOLD_SINCE, facts.news is not None),
        (
            Code.CLEARANCE_ENDED,
            screening.live and lost and allowed and facts.news is None and not _reacted(facts),
        ),
        (Code.PLAN_NOT_SCREENED, facts.plan is None or not screening.plan.covers(facts.plan)),
    )


def contraindicated(facts: BookingFacts) -> list[Reason]:
    """A stop that nobody may override, here or at another site, or that nobody has overridden."""
    screening = facts.screening
    elsewhere = [Reason(code=Code.STOP_ELSEWHERE, where=site) for site in facts.stops_elsewhere]
    if screening is None:
        return elsewhere
    if screening.hard_stop:
        return [Reason(code=Code.HARD_STOP), *elsewhere]
    if elsewhere:
        return elsewhere
    stop = screening.level is Level.CONTRAINDICATED and not _clears(facts.decision)
    return because((Code.STOP, stop), (Code.AWAITING_SECOND, stop and _awaits(facts.decision)))


def declined(facts: BookingFacts) -> list[Reason]:
    """A practitioner has decided not to treat."""
    decision = facts.decision
    against = decision is not None and decision.outcome is Outcome.DECLINED
    return because((Code.DECIDED_AGAINST, against))


def deferred(facts: BookingFacts) -> list[Reason]:
    """The day is too early: by the clearance, by a decision, or by a waiting time."""
    screening, clearance, decision = facts.screening, facts.clearance, facts.decision
    found = []
    if decision is not None and decision.outcome is Outcome.DEFERRED:
        until = decision.defer_until
        if until is None or facts.on < until:
            found.append(Reason(code=Code.NOT_BEFORE, on=until))
    if clearance is not None and clearance.live:
        if facts.on < clearance.valid_from:
            found.append(Reason(code=Code.NOT_BEFORE, on=clearance.valid_from))
    elif screening is not None and facts.on < screening.windows_end and not _clears(decision):
        until = screening.clear_from or screening.windows_end
        found.append(Reason(code=Code.WAITING_TIME, on=until))
    return found


def to_review(facts: BookingFacts) -> list[Reason]:
    """A practitioner must look first, or there is no clearance that covers the plan."""
    screening, clearance, decision = facts.screening, facts.clearance, facts.decision
    if screening is None:
        return []
    clear = screening.clear_from is not None and facts.on >= screening.clear_from
    cleared = clearance is not None and clearance.live
    covered = clearance is not None and facts.plan is not None and clearance.plan.covers(facts.plan)
    found = because(
        (Code.INCOMPLETE, not screening.complete or screening.level is None),
        (Code.UNDECIDED, decision is None and not clear),
    )
    found += _unfinished(decision, facts)
    found += because(
        (Code.PLAN_NOT_CLEARED, cleared and not covered),
        (Code.PATCH_TEST_FIRST, cleared and _waits_for_patch(facts)),
        (Code.PATCH_REACTED, _reacted(facts)),
    )
    told = clearance is not None and not cleared and (decision is None or decision.clears)
    return found or because((Code.NOT_CLEARED, not cleared and not told))


def _unfinished(decision: DecisionFacts | None, facts: BookingFacts) -> list[Reason]:
    if decision is None or decision.clears:
        return []
    if decision.outcome is Outcome.MORE_INFO:
        return [Reason(code=Code.ANSWER_NEEDED)]
    if decision.outcome is Outcome.PRESCRIBER:
        return [Reason(code=Code.PRESCRIBER_ASKED)]
    if decision.outcome is Outcome.DEFERRED:
        until = decision.defer_until
        return [Reason(code=Code.DEFERRAL_OVER, on=until)] if until and facts.on >= until else []
    return because(
        (Code.AWAITING_SECOND, _awaits(decision)),
        (Code.SECOND_DISAGREED, decision.standing is Standing.NOT_AGREED),
    )


def open_event(facts: BookingFacts) -> list[Reason]:
    """An adverse event is open, or nobody knows. Silent where a closed one has said more."""
    is_open = facts.event_open is not False and not facts.event_follows
    return _at_their_sites(facts, (Code.EVENT_OPEN, is_open))


def resting(facts: BookingFacts) -> list[Reason]:
    """The skin still rests from another session, or would not rest before the next one."""
    if facts.sessions is None:
        return [Reason(code=Code.SESSIONS_UNKNOWN)]
    blocking = in_the_way(facts.on, facts.rest_days, facts.sessions)
    if not blocking:
        return []
    elsewhere = dict.fromkeys(session.where for session in blocking if session.where)
    return [
        Reason(code=Code.SKIN_RESTS, on=blocking[-1].rest_until),
        *(Reason(code=Code.SESSION_ELSEWHERE, where=site) for site in elsewhere),
    ]


def _at_their_sites(facts: BookingFacts, found: tuple[Code, bool]) -> list[Reason]:
    """The code once for each site at which an event that holds the client arose."""
    return [replace(one, where=site) for one in because(found) for site in facts.events_at]


def _waits_for_patch(facts: BookingFacts) -> bool:
    clearance = facts.clearance
    return clearance is not None and clearance.patch_test_first and clearance.patch_good is None


def _reacted(facts: BookingFacts) -> bool:
    return facts.clearance is not None and facts.clearance.reacted


def _clears(decision: DecisionFacts | None) -> bool:
    return decision is not None and decision.clears


def _awaits(decision: DecisionFacts | None) -> bool:
    return decision is not None and decision.standing is Standing.AWAITING
