"""The planned dates on which what the rules say may change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .context import Context
from .judge import boundaries, judge, open_case
from .plan import read_plan
from .program import compile_pack
from .rules import Pack
from .sheet import read_sheet


def changing_days(pack: Pack, context: Context, answers: Mapping[str, object]) -> tuple[date, ...]:
    """Days on which a wait ends, an answered day is over or a birthday falls, in order; between two
    of them every planned date gets the same findings from answers that are confirmed in time.
    Days before the answers were given are not among them."""
    program, plan = compile_pack(pack), read_plan(pack, context)
    if plan.assessed is None or plan.planned is None:
        return ()
    start = plan.assessed
    case = open_case(
        program,
        sheet=read_sheet(pack, answers, given_on=start),
        plan=plan.values,
        assessment_date=start,
        planned_date=plan.planned,
        confirmed=True,
    )
    judge(program, case)
    return tuple(sorted({day for day in boundaries(program, case) if day > start}))
