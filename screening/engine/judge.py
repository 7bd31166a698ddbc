"""Judging one case by the rules, for one planned date."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .answers import Known
from .case import Case
from .context import PlanValue
from .dates import age_on, birthday
from .findings import Hit, missing_basis
from .levels import UNKNOWN, Level
from .program import OutcomeStep, Program, RuleStep, UnsureStep
from .sheet import Sheet
from .waiting import NoDate


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What the rules say on one planned date, in the order of the pack."""

    hits: tuple[Hit, ...]
    flags: tuple[str, ...]
    undecided: tuple[str, ...]

    @property
    def level(self) -> Level:
        """The worst level of the hits."""
        return max((hit.level for hit in self.hits), default=Level.CLEAR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A case twice: as rules see its answers, and as combinations do. They share all else."""

    rules: Case
    combinations: Case

    @property
    def too_old(self) -> bool:
        """Whether nobody is as old on the planned date as the date of birth says."""
        return self.rules.plan["age"] is UNKNOWN


def open_case(
    program: Program,
    *,
    sheet: Sheet,
    plan: Mapping[str, PlanValue],
    assessment_date: date,
    planned_date: date,
    confirmed: bool = False,
) -> Opened:
    """A case with nothing judged yet; the ages are those on the planned date.

    ``confirmed``: the answers count as given again by then.
    """
    age: PlanValue = UNKNOWN
    spoilt: dict[str, Known] = {}
    born = sheet.values.get(program.born) if program.born else None
    if isinstance(born, date):
        age = age_on(planned_date, born=born)
        if age > program.oldest:
            age, spoilt = UNKNOWN, {str(program.born): UNKNOWN}
    days = 0 if confirmed else (planned_date - assessment_date).days

    def with_answers(answers: Mapping[str, Known]) -> Case:
        return Case(
            answers=ChainMap(spoilt, answers) if spoilt else answers,  # type: ignore[arg-type]
            plan={**plan, "age": age, "answers_age_days": days},
            assessment_date=assessment_date,
            planned_date=planned_date,
            said=sheet.texts.said,
            unread=sheet.texts.unread,
        )

    rules, combinations = with_answers(sheet.for_rules), with_answers(sheet.for_combinations)
    combinations.levels = rules.levels
    return Opened(rules=rules, combinations=combinations)


def judge(program: Program, case: Opened) -> Verdict:
    """Judge every rule, then every combination. Fills the case's levels as it goes."""
    hits: list[Hit] = []
    flags: dict[str, None] = {}
    for step in program.rules:
        judged = _judge_combination if step.combines else _judge_rule
        hit = judged(step, case)
        if hit is not None:
            hits.append(hit)
            case.rules.levels[step.code] = hit.level
            flags.update(dict.fromkeys(hit.flags))
        for test, added in step.flag_when:
            if test(case.rules):
                flags.update(dict.fromkeys(added))
    undecided = tuple(step.code for step in program.rules if step.code in case.rules.undecided)
    return Verdict(hits=tuple(hits), flags=tuple(flags), undecided=undecided)


def earliest_clear(program: Program, case: Opened, sheet: Sheet) -> date | None:
    """The first planned date, from the day of the answers on, with nothing above ADVISE and
    nothing undecided, the answers confirmed where they are too old by then.

    What is found can change only where a wait ends, an answered day comes or a birthday falls;
    each such day is judged.
    """
    start = case.rules.assessment_date
    later = {day for day in boundaries(program, case) if day > start}
    for day in (start, *sorted(later)):
        again = open_case(
            program,
            sheet=sheet,
            plan=case.rules.plan,
            assessment_date=start,
            planned_date=day,
            confirmed=True,
        )
        found = judge(program, again)
        if not again.too_old and not found.undecided and not found.level.blocks_booking:
            return day
    return None


def _judge_rule(step: RuleStep, case: Opened) -> Hit | None:
    for outcome in step.outcomes:
        truth = outcome.test(case.rules)
        if truth is None:
            case.rules.undecided.add(step.code)
        elif truth:
            matched, hit = _matched(outcome, case.rules)
            if matched:
                return hit
    if any(case.rules.answers[name] == "not_sure" for name in step.unsure_questions):
        return first_unsure(step.unsure, case.rules)
    return None


def _judge_combination(step: RuleStep, case: Opened) -> Hit | None:
    """The first outcome that holds; where one before it may hold as well, or none does and one
    may, it is REVIEW at least."""
    doubt: OutcomeStep | None = None
    hit: Hit | None = None
    for outcome in step.outcomes:
        truth = outcome.test(case.combinations)
        if truth is None:
            doubt = doubt or outcome
        elif truth:
            matched, hit = _matched(outcome, case.combinations)
            if matched:
                break
    if doubt is None or (hit is not None and hit.level.blocks_booking):
        return hit
    return first_unsure(doubt.doubt, case.rules)


def first_unsure(steps: tuple[UnsureStep, ...], case: Case) -> Hit | None:
    """The hit for what is not sure, with who may decide here."""
    return next((one.hit for one in steps if one.test is None or one.test(case) is True), None)


def _matched(outcome: OutcomeStep, case: Case) -> tuple[bool, Hit | None]:
    """Whether an outcome that holds counts, and its hit. A wait that nothing ticked has does
    not count."""
    if outcome.wait is None:
        return True, outcome.hit
    end = outcome.wait(case)
    if end is None:
        return False, None
    if isinstance(end, NoDate):
        return True, missing_basis(outcome.hit, end.known, case.planned_date)
    if case.planned_date < end:
        after = outcome.after.level if outcome.after else Level.CLEAR
        return True, replace(outcome.hit, defer_until=end, after_level=after)
    return True, outcome.after


def boundaries(program: Program, case: Opened) -> Iterator[date]:
    """The days on which a wait ends, an answered day is over or a birthday falls, of a case that
    was judged; any order."""
    for step in program.rules:
        view = case.combinations if step.combines else case.rules
        for outcome in step.outcomes:
            if outcome.wait is not None and (outcome.moves or outcome.test(view)):
                end = outcome.wait(view)
                if isinstance(end, NoDate):
                    end = end.known
                if isinstance(end, date):
                    yield end
            for name in outcome.before:
                day = view.answers[name]
                if isinstance(day, date) and day < date.max:
                    yield day + timedelta(days=1)
    born = case.rules.answers.get(program.born) if program.born else None
    if isinstance(born, date):
        yield from (birthday(born=born, age=age) for age in program.ages)
