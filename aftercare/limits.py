"""What to avoid until when: the longest of the band's limit and those of the client's flags."""

from collections.abc import Sequence
from datetime import datetime

from aftercare import words
from aftercare.content import Advice, Personalisation, Restriction
from aftercare.facts import Session, TreatmentFacts, band_of
from aftercare.sheet import Limit

WHOLE_COURSE = "The whole course"
# Below this a limit is told with its time of day; from it on the whole last day counts.
TIME_BELOW_HOURS = 72


def choose_limits(
    facts: TreatmentFacts, advice: Advice, personal: Sequence[Personalisation]
) -> tuple[Limit, ...]:
    """Every limit for this treatment, ordered by when it ends; those of the whole course last."""
    base = {r.id: _hours(r, facts.band, personal) for r in advice.restrictions}
    limits = [_limit(r, base[r.id], facts) for r in advice.restrictions]
    limits += [
        _limit(r, hours, facts)
        for p in personal
        for r in p.until
        if (hours := _hours(r, facts.band, personal)) is not None
        and hours > (base.get(r.within) or 0)
    ]
    return tuple(sorted(limits, key=lambda limit: (limit.hours is None, limit.hours or 0)))


def _hours(entry: Restriction, band: str, personal: Sequence[Personalisation]) -> int | None:
    if entry.hours is None:
        return None
    return max([entry.hours[band], *(p.floors.get(entry.id, 0) for p in personal)])


def _limit(entry: Restriction, hours: int | None, facts: TreatmentFacts) -> Limit:
    until = None if hours is None else words.after_hours(facts.treated_at, hours, facts.zone)
    return Limit(
        id=entry.id,
        text=entry.text,
        hours=hours,
        until=until,
        until_words=_until_words(until, hours, facts),
        span="" if hours is None else words.span(hours),
        last_time=_last_time(entry, hours, facts.previous),
        sources=entry.sources,
        evidence=entry.evidence,
    )


def _until_words(until: datetime | None, hours: int | None, facts: TreatmentFacts) -> str:
    if until is None or hours is None:
        return WHOLE_COURSE
    today = facts.treated_at.astimezone(facts.zone).date()
    if hours < TIME_BELOW_HOURS:
        return words.moment(until, seen_from=today)
    return words.short_day(until.date(), seen_from=today)


def _last_time(entry: Restriction, hours: int | None, previous: Session | None) -> str:
    """The band's length at the session before, where this one is longer."""
    if previous is None or entry.hours is None or hours is None:
        return ""
    before = entry.hours[band_of(previous.modality, previous.depth_mm)]
    return words.span(before) if before < hours else ""
