"""Words for the screen: dates, ages, levels and journey states as people say them.

Pure: the day or the moment "now" is always an argument, in local time. Translation is the only
thing taken from Django, so every sentence can be said in the reader's language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one level or state is told: a word, an icon of bootstrap-icons, and a tone of app.css."""

    word: "_StrPromise"
    icon: str
    tone: str


LEVELS: Final[dict[str, Look]] = {
    "clear": Look(word=gettext_lazy("Clear"), icon="check-circle-fill", tone="clear"),
    "advise": Look(word=gettext_lazy("Advise"), icon="info-circle-fill", tone="advise"),
    "review": Look(word=gettext_lazy("Review"), icon="eye-fill", tone="review"),
    "defer": Look(word=gettext_lazy("Defer"), icon="calendar3", tone="defer"),
    "contraindicated": Look(
        word=gettext_lazy("Contraindicated"), icon="x-octagon-fill", tone="stop"
    ),
}

STATES: Final[dict[str, Look]] = {
    "intake_missing": Look(word=gettext_lazy("Intake missing"), icon="clipboard", tone="review"),
    "in_review": Look(word=gettext_lazy("In review"), icon="eye", tone="review"),
    "consent_missing": Look(word=gettext_lazy("Consent missing"), icon="pen", tone="review"),
    "ready": Look(word=gettext_lazy("Ready"), icon="check-circle", tone="clear"),
    "here": Look(word=gettext_lazy("Here"), icon="person-check-fill", tone="advise"),
    "in_treatment": Look(word=gettext_lazy("In treatment"), icon="droplet-half", tone="accent"),
    "done": Look(word=gettext_lazy("Done"), icon="check2-all", tone="quiet"),
    "on_hold": Look(word=gettext_lazy("On hold"), icon="pause-circle-fill", tone="stop"),
    "no_show": Look(word=gettext_lazy("Did not come"), icon="person-x", tone="quiet"),
    "cancelled": Look(word=gettext_lazy("Cancelled"), icon="x-circle", tone="quiet"),
}

STEP_ICONS: Final[dict[str, str]] = {
    "done": "check-lg",
    "now": "arrow-right",
    "waiting": "dash",
    "blocked": "exclamation-lg",
    "skipped": "slash",
}

STEP_WORDS: Final[dict[str, "_StrPromise"]] = {
    "done": gettext_lazy("done"),
    "now": gettext_lazy("next"),
    "waiting": gettext_lazy("not yet"),
    "blocked": gettext_lazy("stopped"),
    "skipped": gettext_lazy("not needed"),
}


def key_of(value: object) -> str:
    """The lower-case key of a level or state given as a string or an enum member."""
    name = value if isinstance(value, str) else getattr(value, "name", "")
    return str(name).strip().lower().replace(" ", "_").replace("-", "_")


def level_look(level: object) -> Look:
    """The look of a screening level.

    Raises ValueError for a level that does not exist, for a level must never be guessed.
    """
    return _look(LEVELS, "level", level)


def state_look(state: object) -> Look:
    """The look of a journey state. Raises ValueError for a state that does not exist."""
    return _look(STATES, "journey state", state)


def _look(looks: dict[str, Look], kind: str, value: object) -> Look:
    try:
        return looks[key_of(value)]
    except KeyError:
        raise ValueError(f"{value!r} is no {kind}; known: {', '.join(looks)}") from None


def say_day(day: date, today: date) -> str:
    """A day as people say it: "today", "tomorrow", "Tuesday 16 June", the year only if different.

    >>> say_day(date(2026, 6, 16), date(2026, 6, 1))
    'Tuesday 16 June'
    """
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((day - today).days)
    return near or say_full_day(day, today)


def say_full_day(day: date, today: date) -> str:
    """Weekday, day and month, with the year only where it is not this year."""
    if day.year == today.year:
        return date_format(day, pgettext("day format of this year", "l j F"))
    return date_format(day, pgettext("day format of another year", "l j F Y"))


def say_short_day(day: date, today: date) -> str:
    """A day where there is little room: "today", "16 Jun", "16 Jun 2025"."""
    if abs((day - today).days) <= 1:
        return say_day(day, today)
    if day.year == today.year:
        return date_format(day, pgettext("short day format of this year", "j M"))
    return date_format(day, pgettext("short day format of another year", "j M Y"))


def say_moment(moment: datetime, now: datetime) -> str:
    """A local moment: "today at 10:30", "Tuesday 16 June at 10:30"."""
    return _("%(day)s at %(time)s") % {
        "day": say_day(moment.date(), now.date()),
        "time": say_time(moment),
    }


def say_time(moment: datetime) -> str:
    """The time of day, "09:05"."""
    return date_format(moment, pgettext("time format", "H:i"))


def say_distance(day: date, today: date) -> str:
    """How far a day is from today: "tomorrow", "in 3 days", "2 weeks ago"."""
    days = (day - today).days
    if -1 <= days <= 1:
        return say_day(day, today)
    length = say_length(abs(days))
    return (
        _("in %(length)s") % {"length": length}
        if days > 0
        else _("%(length)s ago") % {"length": length}
    )


def say_length(days: int) -> str:
    """A number of days as "5 days", "2 weeks", "3 months" or "2 years".

    Rounded down; weeks from 14 days, months from 63, years from 731, where rounding
    down gives two of them.
    """
    if days < 14:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days < 63:
        return ngettext("%(n)d week", "%(n)d weeks", days // 7) % {"n": days // 7}
    if days < 731:
        months = int(days / 30.4375)
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = int(days / 365.25)
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def age_on(born: date, today: date) -> int:
    """Full years lived. Someone born on 29 February has the birthday on 1 March in a short year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
