"""The planned dates on which what the rules say may change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .context import Context, plan_values
from .evaluate import read_sheet
from .judge import boundaries, judge, open_case
from .program import compile_pack
from .rules import Pack


def changing_days(pack: Pack, context: Context, answers: Mapping[str, object]) -> tuple[date, ...]:
    """Days on which a wait ends or a birthday falls, in order; between two of them every planned
    date gets the same findings. Days before the answers were given are not among them."""
    program = compile_pack(pack)
    case = open_case(
        program,
        answers=read_sheet(pack, answers, given_on=context.assessment_date).values,
        plan=plan_values(context),
        assessment_date=context.assessment_date,
        planned_date=context.planned_on,
    )
    judge(program, case)
    start = context.assessment_date
    return tuple(sorted({day for day in boundaries(program, case) if day > start}))
