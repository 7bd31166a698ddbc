"""Everything that is noticed beside the rules, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .case import Case
from .conduct import Conduct
from .context import Context
from .contradictions import contradictions
from .haste import hasty
from .judge import open_case
from .named import named_in_texts
from .noticed import FurtherHit
from .plan import read_plan
from .program import compile_pack
from .rules import Pack
from .sheet import read_sheet


def further_findings(
    pack: Pack, context: Context, answers: Mapping[str, object], conduct: Conduct | None
) -> tuple[FurtherHit, ...]:
    """What is noticed beside the rules: contradictions, then words, then haste.

    It does not depend on the planned date, for it is about what was said, on the day it was
    said; ages are those of that day. ``conduct=None``: not known how the form was filled in.
    """
    if pack.lexicon is None and pack.checks is None:
        return ()
    plan = read_plan(pack, context)
    given = plan.assessed
    if given is None:
        return ()
    case = open_case(
        compile_pack(pack),
        sheet=read_sheet(pack, answers, given_on=given),
        plan=plan.values,
        assessment_date=given,
        planned_date=given,
    )
    return tuple(_found(pack, case.rules, answers, conduct))


def _found(
    pack: Pack, case: Case, answers: Mapping[str, object], conduct: Conduct | None
) -> Iterator[FurtherHit]:
    if pack.checks is not None:
        yield from contradictions(pack, pack.checks, case)
    if pack.lexicon is not None:
        yield from named_in_texts(pack, pack.lexicon, case, answers)
    if pack.checks is not None and pack.checks.haste is not None and conduct is not None:
        yield from hasty(pack, pack.checks.haste, case.answers, conduct)
