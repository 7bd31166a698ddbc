"""From what was really done to what the client takes home. Pure: no clock, no database."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from aftercare import care, words
from aftercare.content import LEVELS, Advice, Expectation, Personalisation, Statement
from aftercare.facts import Product, TreatmentFacts
from aftercare.filling import Filler
from aftercare.limits import choose_limits
from aftercare.sheet import Care, Limit, Line, NextDate, Phase, Sheet, Sign, SignGroup

HOURS_OF_A_YEAR = 365 * 24


def choose_sheet(facts: TreatmentFacts, advice: Advice) -> Sheet:
    """The sheet for one treatment. The facts have been checked when they were made.

    Times are those of the clinic's zone. Where several inputs set a limit, the longest holds.
    """
    having = _having(facts)
    personal = [p for p in advice.personalisation if p.condition and p.condition.holds(having)]
    next_date = _next_date(facts, advice)
    redness_days = _redness_days(facts, advice, personal)
    fill = Filler(facts, next_date, redness_days, care.plain(facts, advice))
    limits = choose_limits(facts, advice, personal, having, fill)
    products, left_out = _products(facts, advice, limits)
    return Sheet(
        first_name=facts.first_name,
        full_name=facts.full_name,
        clinic=facts.clinic,
        practitioner=facts.practitioner,
        treated_at=facts.treated_at.astimezone(facts.zone),
        treated_on=words.long_day(fill.today, year=True),
        modality=facts.modality,
        band=facts.band,
        areas=facts.areas,
        depth_mm=facts.greatest_depth_mm,
        session_number=facts.session_number,
        phases=tuple(_phase(e, facts, personal, fill) for e in advice.expectations),
        limits=limits,
        do=_lines(advice.do, facts, fill),
        dont=_lines(advice.dont, facts, fill),
        signs=_signs(advice, having, fill),
        notes=_notes(personal, fill),
        products=products,
        products_left_out=left_out,
        details=facts.details,
        stopped=facts.stopped,
        reaction=facts.reaction,
        seen=_seen(facts, advice, fill),
        date_of_birth=facts.date_of_birth,
        client_number=facts.client_number,
        client_language=facts.client_language,
        record_number=facts.record_number,
        next_session=next_date,
        advice_name=advice.name,
        advice_version=advice.version,
        advice_sha256=advice.sha256,
    )


def _having(facts: TreatmentFacts) -> dict[str, frozenset[str]]:
    return {
        "modality": frozenset({facts.modality}),
        "band": frozenset({facts.band}),
        "area": frozenset(facts.areas),
        "flag": facts.effective_flags,
        "numbing": frozenset({"yes"} if facts.numbing_used else ()),
        "answer": facts.given,
    }


def _redness_days(facts: TreatmentFacts, advice: Advice, personal: list[Personalisation]) -> int:
    own = [p.redness_days for p in personal if p.redness_days is not None]
    return min([advice.redness_limit.days[facts.band], *own])


def _next_date(facts: TreatmentFacts, advice: Advice) -> NextDate:
    days = advice.next_session.days_after(
        modality=facts.modality, depth_mm=facts.greatest_depth_mm, flags=facts.effective_flags
    )
    day = facts.treated_at.astimezone(facts.zone).date() + timedelta(days=days)
    return NextDate(day=day, words=words.long_day(day, year=True), after_days=days)


def _phase(
    entry: Expectation, facts: TreatmentFacts, personal: list[Personalisation], fill: Filler
) -> Phase:
    own = [text for flag, text in entry.by_flag.items() if flag in facts.effective_flags]
    text = own[0] if own else entry.sheet[facts.band]
    starts, ends = (
        words.after_hours(facts.treated_at, hours, facts.zone)
        for hours in (entry.from_hours, entry.to_hours)
    )
    label, dates = _when(entry, starts, ends, fill)
    return Phase(
        id=entry.id,
        label=label,
        dates=dates,
        starts=starts,
        ends=ends,
        text=fill(text),
        extra=tuple(
            fill(line)
            for p in personal
            for key, line in p.phase_lines.items()
            if key in ("every", entry.id)
        ),
        sources=entry.sources,
        evidence=entry.evidence,
    )


def _when(entry: Expectation, starts: datetime, ends: datetime, fill: Filler) -> tuple[str, str]:
    if entry.from_hours == 0:
        to = words.moment(ends, seen_from=fill.today)
        return f"{entry.label}, {words.long_day(starts.date())}", f"until {to}"
    if entry.to_hours >= HOURS_OF_A_YEAR:
        return entry.label, f"until {words.MONTHS[ends.month - 1]} {ends.year}"
    return entry.label, words.day_range(starts.date(), ends.date(), seen_from=fill.today)


def _lines(
    statements: tuple[Statement, ...], facts: TreatmentFacts, fill: Filler
) -> tuple[Line, ...]:
    """The full text at a first session; later, what a dated limit says already is left to it."""
    return tuple(
        Line(
            id=s.id,
            text=fill(s.with_products if s.with_products and fill.plain else s.sheet),
            covered=bool(s.covered_by),
            sources=s.sources,
            evidence=s.evidence,
        )
        for s in statements
        if not (s.removed_by & facts.effective_flags)
        and not (facts.session_number > 1 and s.covered_by)
    )


def _signs(
    advice: Advice, having: Mapping[str, frozenset[str]], fill: Filler
) -> tuple[SignGroup, ...]:
    meant = [s for s in advice.warning_signs if s.condition.holds(having)]
    replaced = {name for s in meant for name in s.instead_of}
    chosen = [s for s in meant if s.id not in replaced]
    return tuple(
        SignGroup(
            level=level,
            signs=tuple(
                Sign(
                    id=s.id,
                    level=s.level,
                    text=fill(s.sheet),
                    period=s.period_sheet,
                    action=fill(s.action),
                    sources=s.sources,
                    evidence=s.evidence,
                )
                for s in chosen
                if s.level == level
            ),
        )
        for level in LEVELS
    )


def _notes(personal: list[Personalisation], fill: Filler) -> tuple[Line, ...]:
    return tuple(
        Line(id=p.id, text=fill(note), sources=p.sources, evidence=p.evidence)
        for p in personal
        for note in p.notes
    )


def _seen(facts: TreatmentFacts, advice: Advice, fill: Filler) -> tuple[Line, ...]:
    """What follows from a reaction, or from an adverse event that is open."""
    told = facts.reaction.casefold()
    return tuple(
        Line(id=s.id, text=fill(s.sheet), sources=s.sources, evidence=s.evidence)
        for s in advice.seen
        if (facts.event_open if s.with_event else told)
        and (not s.words or any(word in told for word in s.words))
    )


def _products(
    facts: TreatmentFacts, advice: Advice, limits: tuple[Limit, ...]
) -> tuple[tuple[Care, ...], tuple[str, ...]]:
    """What was given at the visit, without what the client reacts to; and what was left out."""
    kept = care.fitting(facts)
    ends = {limit.id: limit for limit in limits}
    return (
        tuple(Care(product=p, from_words=_first_day(p, advice, ends)) for p in kept),
        tuple(p.name for p in facts.products if p not in kept),
    )


def _first_day(product: Product, advice: Advice, ends: Mapping[str, Limit]) -> str:
    """When the last of the limits that its name falls under is over; empty for at once."""
    limits = [ends[rule.after] for rule in care.rules_of(product, advice)]
    last = max(limits, key=lambda limit: limit.hours or 0, default=None)
    return last.until_words if last else ""
