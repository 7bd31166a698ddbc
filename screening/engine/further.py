"""Everything that is noticed beside the rules, in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from .answers import Known
from .compile import Case
from .conduct import Conduct
from .context import Context, plan_values
from .contradictions import contradictions
from .evaluate import read_sheet
from .generate import generate
from .haste import hasty
from .judge import open_case
from .named import named_in_texts
from .noticed import FurtherHit
from .program import compile_pack
from .rules import Pack


def further_findings(
    pack: Pack, context: Context, answers: Mapping[str, object], conduct: Conduct | None
) -> tuple[FurtherHit, ...]:
    """What is noticed beside the rules: contradictions, then words, then haste.

    It does not depend on the planned date, for it is about what was said, on the day it was
    said; ages are those of that day. ``conduct=None``: not known how the form was filled in.
    """
    if pack.lexicon is None and pack.checks is None:
        return ()
    given = context.assessment_date
    case = open_case(
        compile_pack(pack),
        answers=_read(pack, answers, given),
        plan=plan_values(context),
        assessment_date=given,
        planned_date=given,
    )
    return tuple(_found(pack, case, answers, conduct))


def _found(
    pack: Pack, case: Case, answers: Mapping[str, object], conduct: Conduct | None
) -> Iterator[FurtherHit]:
    if pack.checks is not None:
        yield from contradictions(pack, pack.checks, case)
    if pack.lexicon is not None:
        yield from named_in_texts(pack, pack.lexicon, case, answers)
    if pack.checks is not None and pack.checks.haste is not None and conduct is not None:
        yield from hasty(pack, pack.checks.haste, case.answers, conduct)


def _read(pack: Pack, answers: Mapping[str, object], given: date) -> dict[str, Known]:
    """The answers as the rules read them; by the generated function where they are complete."""
    if answers.__class__ is dict:
        found = generate(pack).read(answers, given)
        if found is not None:
            order = (step.question.id for step in compile_pack(pack).asks)
            return dict(zip(order, found[0], strict=True))
    return read_sheet(pack, answers, given_on=given).values
