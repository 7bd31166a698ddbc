"""The clock on the wall of the clinic."""

from datetime import date, timedelta
from typing import Any

from tests.factories.days import at


class Clock:
    """It goes on by itself, and can be put forward."""

    def __init__(self, travel: Any) -> None:
        self._travel = travel

    def is_at(self, day: date, hour: int, minute: int = 0) -> None:
        self._travel.move_to(at(day, hour, minute))

    def goes_on(self, seconds: float) -> None:
        """So long somebody takes for what a machine does at once."""
        self._travel.shift(timedelta(seconds=seconds))
