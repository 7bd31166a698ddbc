"""Judging one case by the rules, for one planned date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .answers import Known
from .compile import Case
from .context import PlanValue
from .dates import age_on, birthday
from .findings import Hit
from .levels import UNKNOWN, Level
from .program import OutcomeStep, Program, RuleStep


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


def open_case(
    program: Program,
    *,
    answers: dict[str, Known],
    plan: dict[str, PlanValue],
    assessment_date: date,
    planned_date: date,
) -> Case:
    """A case with nothing judged yet; the age is that on the planned date."""
    age: PlanValue = UNKNOWN
    born = answers.get(program.born) if program.born else None
    if isinstance(born, date):
        age = age_on(planned_date, born=born)
    return Case(
        answers=answers,
        plan={**plan, "age": age},
        assessment_date=assessment_date,
        planned_date=planned_date,
    )


def judge(program: Program, case: Case) -> Verdict:
    """Judge every rule, then every combination. Fills the case's levels as it goes."""
    hits: list[Hit] = []
    flags: dict[str, None] = {}
    for step in program.rules:
        hit = _judge_rule(step, case)
        if hit is not None:
            hits.append(hit)
            case.levels[step.code] = hit.level
            flags.update(dict.fromkeys(hit.flags))
        for test, added in step.flag_when:
            if test(case):
                flags.update(dict.fromkeys(added))
    undecided = tuple(step.code for step in program.rules if step.code in case.undecided)
    return Verdict(hits=tuple(hits), flags=tuple(flags), undecided=undecided)


def earliest_clear(program: Program, case: Case, verdict: Verdict) -> date | None:
    """The first planned date, from the day of the answers on, with nothing above ADVISE and
    nothing undecided.

    What is found can change only where a wait ends or a birthday falls; each such day is judged.
    """
    start = case.assessment_date
    days = sorted({day for day in boundaries(program, case) if day > start})
    if not days:
        return None if verdict.level.blocks_booking else start
    for day in (start, *days):
        again = open_case(
            program,
            answers=dict(case.answers),
            plan=case.plan,
            assessment_date=start,
            planned_date=day,
        )
        found = judge(program, again)
        if not found.undecided and not found.level.blocks_booking:
            return day
    return None


def _judge_rule(step: RuleStep, case: Case) -> Hit | None:
    for outcome in step.outcomes:
        truth = outcome.test(case)
        if truth is None:
            case.undecided.add(step.code)
        elif truth:
            return _matched(step, outcome, case)
    if step.unsure is not None:
        for name in step.unsure_questions:
            if case.answers[name] == "not_sure":
                return step.unsure
    return None


def _matched(step: RuleStep, outcome: OutcomeStep, case: Case) -> Hit | None:
    if outcome.wait is None:
        return outcome.hit
    end = outcome.wait(case)
    if end is UNKNOWN:
        case.undecided.add(step.code)
        return None
    if isinstance(end, date) and case.planned_date < end:
        after = outcome.after.level if outcome.after else Level.CLEAR
        return replace(outcome.hit, defer_until=end, after_level=after)
    return outcome.after


def boundaries(program: Program, case: Case) -> Iterator[date]:
    """The days on which a wait ends or a birthday falls, of a case that was judged; any order."""
    for step in program.rules:
        for outcome in step.outcomes:
            if outcome.wait is not None and (outcome.moves or outcome.test(case)):
                end = outcome.wait(case)
                if isinstance(end, date):
                    yield end
    born = case.answers.get(program.born) if program.born else None
    if isinstance(born, date):
        yield from (birthday(born=born, age=age) for age in program.ages)
