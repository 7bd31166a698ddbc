"""Where the client is on their sheet at a moment. Pure: the moment is an argument."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from aftercare.limits import TIME_BELOW_HOURS
from aftercare.sheet import Limit, LimitGroup, Phase, Sheet


@dataclass(frozen=True, kw_only=True)
class Today:
    """The day counted from the treatment (0), its phases, and what is still and no longer to avoid.

    There are no `phases` once the sheet's last one is over.
    """

    number: int
    phases: tuple[Phase, ...]
    limits: tuple[LimitGroup, ...]
    over: tuple[LimitGroup, ...]


def today_on(sheet: Sheet, now: datetime) -> Today:
    """What counts `now`, an aware moment, on the clinic's calendar."""
    local = now.astimezone(sheet.treated_at.tzinfo)
    day = local.date()
    groups = sheet.limit_groups
    over = [all(is_over(limit, local) for limit in group.limits) for group in groups]
    return Today(
        number=max((day - sheet.treated_at.date()).days, 0),
        phases=_phases(sheet, day),
        limits=tuple(g for g, ended in zip(groups, over, strict=True) if not ended),
        over=tuple(g for g, ended in zip(groups, over, strict=True) if ended),
    )


def is_over(limit: Limit, now: datetime) -> bool:
    """Whether a limit has passed. One told by its day lasts to the end of that day."""
    if limit.until is None or limit.hours is None:
        return False
    if limit.hours < TIME_BELOW_HOURS:
        return now >= limit.until
    after = datetime.combine(limit.until.date() + timedelta(days=1), time(), limit.until.tzinfo)
    return now >= after


def _phases(sheet: Sheet, day: date) -> tuple[Phase, ...]:
    day = max(day, sheet.phases[0].first)
    return tuple(phase for phase in sheet.phases if phase.first <= day <= phase.last)
