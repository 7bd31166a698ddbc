"""What to avoid, and to keep doing, until when: the longest of what band and flags ask for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aftercare import words
from aftercare.content import Advice, Personalisation, Restriction
from aftercare.facts import Session, TreatmentFacts, band_of
from aftercare.filling import Filler
from aftercare.sheet import Limit

WHOLE_COURSE = "The whole course"
# Below this a limit is told with its time of day; from it on the whole last day counts.
TIME_BELOW_HOURS = 72


def choose_limits(
    facts: TreatmentFacts,
    advice: Advice,
    personal: Sequence[Personalisation],
    having: Mapping[str, frozenset[str]],
    fill: Filler,
) -> tuple[Limit, ...]:
    """Every limit for this treatment, ordered by when it ends; those of the whole course last."""
    base = {r.id: _hours(r, facts.band, personal) for r in advice.restrictions}
    meant = [r for r in advice.restrictions if r.condition.holds(having)]
    limits = [_limit(r, base[r.id], facts, fill) for r in meant]
    limits += [
        _limit(r, hours, facts, fill)
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


def _text(entry: Restriction, facts: TreatmentFacts, fill: Filler) -> str:
    given = entry.with_products if fill.plain else entry.without_products
    text = fill(given or entry.text)
    return f"{text}. {entry.text_if}" if entry.text_if_answer & facts.given else text


def _limit(entry: Restriction, hours: int | None, facts: TreatmentFacts, fill: Filler) -> Limit:
    until = None if hours is None else words.after_hours(facts.treated_at, hours, facts.zone)
    return Limit(
        id=entry.id,
        text=_text(entry, facts, fill),
        keep=entry.keep,
        from_words=_from_words(entry, facts),
        hours=hours,
        until=until,
        until_words=_until_words(until, hours, facts),
        span="" if hours is None else words.span(hours),
        last_time=_last_time(entry, hours, facts.previous),
        sources=entry.sources,
        evidence=entry.evidence,
    )


def _from_words(entry: Restriction, facts: TreatmentFacts) -> str:
    if not entry.from_hours:
        return ""
    begins = words.after_hours(facts.treated_at, entry.from_hours, facts.zone)
    return words.moment(begins, seen_from=facts.treated_at.astimezone(facts.zone).date())


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
