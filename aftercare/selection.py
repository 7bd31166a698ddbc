"""From what was really done to what the client takes home. Pure: no clock, no database."""

from collections.abc import Mapping
from datetime import timedelta

from aftercare import words
from aftercare.content import LEVELS, Advice, Expectation, Personalisation, Statement
from aftercare.facts import Product, TreatmentFacts
from aftercare.filling import ALLERGENS, Filler
from aftercare.limits import choose_limits
from aftercare.sheet import Line, NextDate, Phase, Sheet, Sign, SignGroup
from aftercare.vocabulary import HEAD_AREAS


def choose_sheet(facts: TreatmentFacts, advice: Advice) -> Sheet:
    """The sheet for one treatment. The facts have been checked when they were made.

    Times are those of the clinic's zone. Where several inputs set a limit, the longest holds.
    """
    having = _having(facts)
    personal = [p for p in advice.personalisation if p.condition and p.condition.holds(having)]
    next_date = _next_date(facts, advice)
    fill = Filler(facts, next_date, _redness_days(facts, advice, personal))
    products, left_out = _products(facts)
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
        limits=choose_limits(facts, advice, personal),
        do=_lines(advice.do, facts, fill),
        dont=_lines(advice.dont, facts, fill),
        signs=_signs(advice, having, personal, fill),
        notes=_notes(personal, fill),
        products=products,
        products_left_out=left_out,
        details=facts.details,
        stopped=facts.stopped,
        reaction=facts.reaction,
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
    }


def _redness_days(facts: TreatmentFacts, advice: Advice, personal: list[Personalisation]) -> int:
    own = [p.redness_days for p in personal if p.redness_days is not None]
    return min([advice.redness_limit.days[facts.band], *own])


def _next_date(facts: TreatmentFacts, advice: Advice) -> NextDate:
    days = advice.next_session.days_after(modality=facts.modality, depth_mm=facts.greatest_depth_mm)
    day = facts.treated_at.astimezone(facts.zone).date() + timedelta(days=days)
    return NextDate(day=day, words=words.long_day(day, year=True), after_days=days)


def _phase(
    entry: Expectation, facts: TreatmentFacts, personal: list[Personalisation], fill: Filler
) -> Phase:
    text = entry.sheet[facts.band]
    if not HEAD_AREAS & set(facts.areas):
        text = entry.sheet_away_from_face.get(facts.band, text)
    label, dates = _when(entry, facts, fill)
    return Phase(
        id=entry.id,
        label=label,
        dates=dates,
        first=fill.on(entry.from_day),
        last=fill.on(entry.to_day),
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


def _when(entry: Expectation, facts: TreatmentFacts, fill: Filler) -> tuple[str, str]:
    first, last = fill.on(entry.from_day), fill.on(entry.to_day)
    if entry.from_day == 0:
        end = words.after_hours(facts.treated_at, 24, facts.zone)
        to = words.moment(end, seen_from=fill.today)
        return f"{entry.label}, {words.long_day(first)}", f"and to {to}"
    if entry.to_day >= 365:
        return entry.label, f"to {words.MONTHS[last.month - 1]} {last.year}"
    return entry.label, words.day_range(first, last, seen_from=fill.today)


def _lines(
    statements: tuple[Statement, ...], facts: TreatmentFacts, fill: Filler
) -> tuple[Line, ...]:
    """The full text at a first session; later, what a dated limit says already is left to it."""
    return tuple(
        Line(
            id=s.id,
            text=fill(s.sheet),
            covered=bool(s.covered_by),
            sources=s.sources,
            evidence=s.evidence,
        )
        for s in statements
        if not (s.removed_by & facts.effective_flags)
        and not (facts.session_number > 1 and s.covered_by)
    )


def _signs(
    advice: Advice,
    having: Mapping[str, frozenset[str]],
    personal: list[Personalisation],
    fill: Filler,
) -> tuple[SignGroup, ...]:
    own = [sign for p in personal for sign in p.signs]
    chosen = [s for s in (*own, *advice.warning_signs) if s.condition.holds(having)]
    return tuple(
        SignGroup(
            level=level,
            signs=tuple(
                Sign(
                    id=s.id,
                    level=s.level,
                    text=fill(s.sheet),
                    period=s.period_sheet,
                    action=s.action,
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


def _products(facts: TreatmentFacts) -> tuple[tuple[Product, ...], tuple[str, ...]]:
    """What was given at the visit, without what the client reacts to; and what was left out."""
    barred = {ALLERGENS[f][0] for f in facts.effective_flags if f in ALLERGENS}
    kept = tuple(p for p in facts.products if not barred & set(p.contains))
    return kept, tuple(p.name for p in facts.products if p not in kept)
