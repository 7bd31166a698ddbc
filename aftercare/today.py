"""Where the client is on their sheet at a moment. Pure: the moment is an argument."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from aftercare.limits import TIME_BELOW_HOURS
from aftercare.sheet import Limit, LimitGroup, Phase, Sheet, grouped


@dataclass(frozen=True, kw_only=True)
class Today:
    """The day counted from the treatment (0), its phase, and what is still to avoid and to do.

    There are no `phases` once the sheet's last one is over.
    """

    number: int
    phases: tuple[Phase, ...]
    avoid: tuple[LimitGroup, ...]
    keep: tuple[LimitGroup, ...]


def today_on(sheet: Sheet, now: datetime) -> Today:
    """What counts `now`, an aware moment, on the clinic's calendar."""
    local = now.astimezone(sheet.treated_at.tzinfo)
    still = [limit for limit in sheet.limits if not is_over(limit, local)]
    return Today(
        number=max((local.date() - sheet.treated_at.date()).days, 0),
        phases=_phases(sheet, local),
        avoid=grouped(limit for limit in still if not limit.keep),
        keep=grouped(limit for limit in still if limit.keep),
    )


def is_over(limit: Limit, now: datetime) -> bool:
    """Whether a limit has passed. One told by its day lasts to the end of that day."""
    if limit.until is None or limit.hours is None:
        return False
    if limit.hours < TIME_BELOW_HOURS:
        return now >= limit.until
    after = datetime.combine(limit.until.date() + timedelta(days=1), time(), limit.until.tzinfo)
    return now >= after


def _phases(sheet: Sheet, now: datetime) -> tuple[Phase, ...]:
    now = max(now, sheet.phases[0].starts)
    return tuple(phase for phase in sheet.phases if phase.starts <= now < phase.ends)
