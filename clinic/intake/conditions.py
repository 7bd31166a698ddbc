"""What a clinician may attach to a clearance: less than was asked for. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol


class Planned(Protocol):
    """Any row with the columns of a plan."""

    depth_mm: Decimal
    areas: list[str]
    anaesthetic_planned: bool


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """Limits below the plan that was screened. Depth in millimetres; None for no such limit.

    `look_again_on`: from that day on nothing may be booked until somebody has looked again.
    `patch_test_first`: nothing may be booked before a patch test with a good result.
    """

    greatest_depth_mm: Decimal | None = None
    areas_left_out: frozenset[str] = frozenset()
    no_anaesthetic: bool = False
    look_again_on: date | None = None
    patch_test_first: bool = False

    def __bool__(self) -> bool:
        return self != Conditions()

    def areas_left(self, areas: Collection[str]) -> list[str]:
        """The areas of a plan that may be treated, in their order."""
        return [area for area in areas if area not in self.areas_left_out]

    def applied(self, plan: Planned) -> dict[str, Any]:
        """The columns of a clearance: the plan, and no more of it than this allows."""
        return {
            "depth_mm": min(plan.depth_mm, self.greatest_depth_mm or plan.depth_mm),
            "areas": self.areas_left(plan.areas),
            "anaesthetic_planned": plan.anaesthetic_planned and not self.no_anaesthetic,
            "patch_test_first": self.patch_test_first,
        }

    def last_day(self, until: date) -> date:
        """The last day on which a clearance holds that would hold `until` a day."""
        return min(until, self.look_again_on - timedelta(days=1)) if self.look_again_on else until


NONE = Conditions()
