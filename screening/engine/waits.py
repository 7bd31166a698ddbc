"""The waits behind one finding: from which day each is counted, how long it is, when it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .context import Context
from .dates import Window
from .plan import plan_values
from .rules import Basis, Defer, Pack
from .sheet import read_sheet


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One wait: ``until`` is the first day after it.

    ``basis`` says what it is counted from; ``question`` is the question that gave the date, and
    ``option`` the ticked option it belongs to (``None`` where there is none).
    """

    basis: Basis
    since: date
    until: date
    window: Window
    question: str | None = None
    option: str | None = None


def waits_of(
    pack: Pack, code: str, outcome: str, *, context: Context, answers: Mapping[str, object]
) -> tuple[Wait, ...]:
    """Every wait that one outcome of a rule counts, the one that ends last at the end.

    Empty where the pack has no such rule or outcome, where that outcome does not wait, or where
    nothing is known to count from.
    """
    rule = pack.rule_by_code.get(code)
    found = [one for one in rule.outcomes if one.id == outcome] if rule else []
    if not found or found[0].defer is None:
        return ()
    waits = _waits(pack, found[0].defer, context, answers)
    return tuple(sorted(waits, key=lambda wait: (wait.until, wait.since)))


def _waits(
    pack: Pack, defer: Defer, context: Context, answers: Mapping[str, object]
) -> Iterator[Wait]:
    if defer.basis == "option_dates":
        yield from _option_waits(pack, defer, context, answers)
        return
    since = _since(pack, defer, context, answers)
    if isinstance(since, date) and defer.window is not None:
        yield Wait(
            basis=defer.basis,
            since=since,
            until=defer.window.after(since),
            window=defer.window,
            question=defer.question or None,
        )


def _since(pack: Pack, defer: Defer, context: Context, answers: Mapping[str, object]) -> object:
    if defer.basis == "assessment_date":
        return context.assessment_date
    if defer.basis == "ctx":
        return plan_values(pack, context)[defer.field]
    return _read(pack, defer.question, context, answers)


def _option_waits(
    pack: Pack, defer: Defer, context: Context, answers: Mapping[str, object]
) -> Iterator[Wait]:
    ticked = _read(pack, defer.question, context, answers)
    if not isinstance(ticked, Mapping):
        return
    for option, window in defer.windows.items():
        since = ticked.get(option)
        if isinstance(since, date):
            yield Wait(
                basis=defer.basis,
                since=since,
                until=window.after(since),
                window=window,
                question=defer.question,
                option=option,
            )


def _read(pack: Pack, question: str, context: Context, answers: Mapping[str, object]) -> object:
    return read_sheet(pack, answers, given_on=context.assessment_date).values.get(question)
