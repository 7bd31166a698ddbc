"""Goals: whether each was reached is printed below the figures, and told by the exit status."""

from __future__ import annotations

import sys


class Goals:
    """What a benchmark is held to; ``end`` leaves with 1 where one was missed."""

    def __init__(self) -> None:
        self.missed = False

    def at_most(self, what: str, found: float, most: float) -> None:
        """A ratio that should not be above ``most``."""
        reached = found <= most
        self.missed = self.missed or not reached
        print(f"- {what}: {found:.3f}, goal ≤ {most:g}: {'reached' if reached else 'MISSED'}")

    def end(self) -> None:
        """Leave the process."""
        sys.exit(int(self.missed))
