"""What would change this: other plans, found by judging them, for which the level is lower.

Only the plan is ever changed, never an answer: nobody is told to leave out a medicine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Protocol

from .context import Context
from .days import changing_days
from .evaluate import evaluate
from .findings import Hit
from .levels import Level
from .offers import Offer, Offered, Variant, variants
from .plan_parts import NOTHING, Part, parts_read
from .rules import Pack

MOST_PLANS = 400
"""How many plans are judged at most for one case."""


class Judgement(Protocol):
    """What a judging function says of one plan."""

    @property
    def level(self) -> Level: ...
    @property
    def complete(self) -> bool: ...
    @property
    def earliest(self) -> date | None: ...
    @property
    def hits(self) -> tuple[Hit, ...]: ...


class Judge(Protocol):
    """``evaluate``, or whatever judges the same three things."""

    def __call__(
        self, pack: Pack, context: Context, answers: Mapping[str, object], /
    ) -> Judgement: ...


@dataclass(frozen=True, kw_only=True)
class Change:
    """Another plan, and what would then be found.

    ``parts`` says what differs (one or two parts; a device that goes less deep brings its own
    depth), ``context`` is the whole plan, ``offer`` the procedure it belongs to, ``left_out`` the
    areas that are no longer treated, ``level`` and ``earliest`` are those of ``context``.
    """

    parts: tuple[Part, ...]
    context: Context
    offer: Offer
    left_out: tuple[str, ...]
    level: Level
    earliest: date | None


def what_would_change(
    pack: Pack,
    context: Context,
    answers: Mapping[str, object],
    offered: Offered,
    judge: Judge = evaluate,
) -> tuple[Change, ...]:
    """Plans at which the level is strictly lower; what may be booked first, then the smallest.

    Of each part: the least that lowers the level at all, and the least that lowers it as far as
    that part can (further than ADVISE nobody needs to go). Where that leaves something above
    ADVISE, the best change of two parts at once, if it goes further. Nothing where an answer is
    missing: only that answer would change it.
    """
    now = judge(pack, context, answers)
    if not now.complete:
        return ()
    search = _Search(pack=pack, answers=answers, offered=offered, judge=judge, now=now)
    base = Variant(context=context, offer=offered.planned)
    found = [change for part in Part for change in search.alone(part, base)]
    best = min((change.level for change in found), default=now.level)
    if best > Level.ADVISE:
        found += search.together(base, best)
    return tuple(sorted(found, key=_smallest_first))


def _smallest_first(change: Change) -> tuple[int, int, int]:
    ranks = [list(Part).index(part) for part in change.parts]
    return (max(change.level, Level.ADVISE), len(ranks), max(ranks))


@dataclass(kw_only=True)
class _Search:
    pack: Pack
    answers: Mapping[str, object]
    offered: Offered
    judge: Judge
    now: Judgement
    left: int = MOST_PLANS

    def alone(self, part: Part, base: Variant) -> list[Change]:
        if not self._could_help({part}, self.now.level):
            return []
        tried = (v for v in self._variants(part, base) if part is Part.AREAS or not v.left_out)
        if part is Part.MODALITY:
            return [c for v in tried for c in self._lower((part,), [v], self.now.level)]
        better = list(self._lower((part,), tried, self.now.level))
        return better if len(better) < 2 else [better[0], better[-1]]

    def together(self, base: Variant, best: Level) -> list[Change]:
        found: list[Change] = []
        for pair in combinations(Part, 2):
            if best > Level.ADVISE and self._could_help(set(pair), best):
                better = list(self._lower(pair, self._both(pair, base), best))
                found = better[-1:] or found
                best = found[-1].level if found else best
        return found

    def _both(self, pair: tuple[Part, Part], base: Variant) -> Iterator[Variant]:
        light, heavy = pair
        for one in self._variants(heavy, base):
            if heavy is Part.MODALITY and one.left_out:
                if light is Part.AREAS:
                    yield one
                else:
                    continue
            yield from self._variants(light, one)

    def _variants(self, part: Part, base: Variant) -> Iterator[Variant]:
        return variants(part, self.pack, base, self.offered, self._days)

    def _days(self, context: Context) -> tuple[date, ...]:
        return changing_days(self.pack, context, self.answers)

    def _could_help(self, parts: set[Part], level: Level) -> bool:
        """Whether everything found at this level or above depends on one of the parts."""
        read = parts_read(self.pack)
        return all(
            not parts.isdisjoint(read.get(hit.code, NOTHING))
            for hit in self.now.hits
            if hit.level >= level
        )

    def _lower(
        self, parts: tuple[Part, ...], tried: Iterable[Variant], level: Level
    ) -> Iterator[Change]:
        """Those of the plans that go lower than ``level`` and than all before them."""
        for variant in tried:
            if self.left <= 0:
                return
            self.left -= 1
            judged = self.judge(self.pack, variant.context, self.answers)
            if judged.level < level:
                level = judged.level
                yield Change(
                    parts=parts,
                    context=variant.context,
                    offer=variant.offer,
                    left_out=variant.left_out,
                    level=judged.level,
                    earliest=judged.earliest,
                )
            if level <= Level.ADVISE:
                return
