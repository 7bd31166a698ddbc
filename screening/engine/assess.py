"""What the product goes by: the rules' own result, and beside it what else was noticed.

Further findings (a medicine named in free text, answers that contradict each other, a form
filled in too fast) are kept apart from the rules and never change what the rules say. Each is
REVIEW: nothing of it blocks by itself, and nothing of it is passed over in silence. A practitioner
may set it aside with a reason; about recognised words decides who decides about what they name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .assumed import Assumed, assumed
from .conduct import Conduct
from .context import Context
from .evaluate import evaluate
from .findings import Hit, Result
from .further import further_findings
from .levels import Level
from .noticed import FurtherHit
from .rules import Pack


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A result of the rules, with further findings kept apart. What they add up to is read
    from its properties; ``result`` alone is what the rules say. ``assumed`` are the days that
    dates known in part were taken as."""

    result: Result
    further: tuple[FurtherHit, ...] = ()
    assumed: tuple[Assumed, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The rules' hits, then the further findings."""
        return self.result.hits + self.further

    @property
    def level(self) -> Level:
        """The worst of all."""
        return max((self.result.level, *(hit.level for hit in self.further)))

    @property
    def complete(self) -> bool:
        """Whether every question shown has a valid answer and every rule could be judged."""
        return self.result.complete

    @property
    def flags(self) -> tuple[str, ...]:
        """What later advice reads."""
        return self.result.flags

    @property
    def defer_until(self) -> date | None:
        """The latest date on which a wait ends."""
        return self.result.defer_until

    @property
    def earliest(self) -> date | None:
        """The first day with nothing above ADVISE; ``None`` while somebody must decide."""
        blocked = any(hit.level.blocks_booking for hit in self.further)
        return None if blocked else self.result.earliest


def assess(
    pack: Pack,
    context: Context,
    answers: Mapping[str, object],
    conduct: Conduct | None = None,
) -> Assessment:
    """Screen one set of answers, and look beyond the rules. Raises as ``evaluate`` does.

    ``conduct`` is how the form was filled in; ``None`` where that is not known.
    """
    return Assessment(
        result=evaluate(pack, context, answers),
        further=further_findings(pack, context, answers, conduct),
        assumed=assumed(pack, answers, context.assessment_date),
    )
