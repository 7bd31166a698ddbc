"""Which of two waits is shorter, in days or in calendar months."""

from collections.abc import Mapping

DAYS_IN_A_MONTH = (28, 31)


def is_shorter(new: object, *, than: object) -> bool:
    """Whether on some calendar the new wait is over while the old one is not.

    Waits are `{"days": n}` or `{"months": n}`; what is neither counts as shorter.
    """
    before, after = _range(than), _range(new)
    if before is None or after is None:
        return True
    if _unit(new) == _unit(than):
        return after < before
    return after[0] < before[1]


def _range(wait: object) -> tuple[int, int] | None:
    """The fewest and the most days that a wait can take."""
    if not isinstance(wait, Mapping) or len(wait) != 1:
        return None
    number = wait.get(_unit(wait))
    if not isinstance(number, int):
        return None
    fewest, most = DAYS_IN_A_MONTH if _unit(wait) == "months" else (1, 1)
    return number * fewest, number * most


def _unit(wait: object) -> str:
    return (
        next((unit for unit in ("days", "months") if unit in wait), "")
        if (isinstance(wait, Mapping))
        else ""
    )
