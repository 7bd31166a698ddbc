"""How many of 300 ordinary adults come to which level, by plan, and which rules cause reviews.

Not how long it takes: whether practitioners can read what they are given. The sample is constructed
(``tests/screening/ordinary_adults.toml`` says each share); it compares packs and is no forecast.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from screening.engine import Level
from screening.packs import latest
from tests.screening.ordinary_adults import ADULTS, PLANS, Shares, results, shares_of

MOST = 15
"""Rules that are named: those with the greatest share under any plan."""


def levels(found: dict[str, Shares]) -> None:
    """The share of each level, a line a plan."""
    print("| plan | " + " | ".join(level.name for level in Level) + " |")
    print("|---|" + "---:|" * len(Level))
    for plan, shares in found.items():
        print(
            f"| {plan} | " + " | ".join(f"{shares.levels.get(one, 0):.0f}" for one in Level) + " |"
        )


def reasons(found: dict[str, Shares]) -> None:
    """The outcomes that ask for a review, with their share under each plan."""
    every = {one for shares in found.values() for one in shares.reviews}
    most = {one: max(shares.reviews.get(one, 0) for shares in found.values()) for one in every}
    print("| REVIEW by | " + " | ".join(found) + " |")
    print("|---|" + "---:|" * len(found))
    for one in sorted(every, key=lambda one: (-most[one], one))[:MOST]:
        cells = (
            f"{shares.reviews.get(one, 0):.0f} ({shares.alone.get(one, 0):.0f})"
            for shares in found.values()
        )
        print(f"| {'.'.join(one)} | " + " | ".join(cells) + " |")


def main() -> None:
    """Judge all of them for every plan."""
    found = {plan: shares_of(results(plan)) for plan in PLANS}
    print(f"{latest().id}, {ADULTS} constructed adults, per cent of clients\n")
    levels(found)
    print("\nIn brackets: those who have no other REVIEW and are held up by nothing worse.\n")
    reasons(found)


if __name__ == "__main__":
    main()
