"""When something was, as a person knows it: the day, the month, the year, or about how long ago.

The date keeps its one main control, named `name`. Beside it are `name__how` (how well it is known),
`name__month`, `name__year`, `name__count` and `name__unit`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import DayField
from clinic.intake.ago import Unit, about, within
from screening.engine import read_period
from screening.engine.answers import GREATEST_AGE
from screening.engine.dates import age_on

MOST = 99
_YEAR = re.compile(r"\d{4}", re.ASCII)
_COUNT = re.compile(r"[1-9]\d?", re.ASCII)
_AGO = {"about": about, "within": within}

NO_DAY = _("Please give a real date, for example 31/12/1985.")
NO_MONTH = _("Please choose the month.")
NO_YEAR = _("Please give the year with four digits, for example 2025.")
NO_COUNT = _("Please say how many, as a whole number from 1 to 99.")
NO_UNIT = _("Please choose weeks, months or years.")
NO_HOW = _("Please choose from the list how well you know the date.")
LONG_AGO = _("This date is too long ago. Please check the year.")
BOTH = _("The day you gave does not fit the rest. Please clear it, or choose “I know the day”.")


@dataclass(frozen=True, kw_only=True)
class When:
    """What was typed about one date, as it was typed. `how` is `day`, `month`, `year`, `about`,
    `within`, or a span that was stored before."""

    day: str = ""
    how: str = "day"
    month: str = ""
    year: str = ""
    count: str = ""
    unit: str = ""

    @classmethod
    def posted(cls, data: Mapping[str, Any], name: str) -> "When":
        """What a browser sent."""
        parts = {
            part.name: str(data.get(f"{name}__{part.name}") or "").strip()
            for part in fields(cls)[1:]
        }
        day = str(data.get(name) or "").strip()
        return cls(day=day, **parts | {"how": parts["how"] or "day"})

    @classmethod
    def stored(cls, answer: object) -> "When":
        """An answer shown again as it was meant; a span keeps its days."""
        if isinstance(answer, When):
            return answer
        period = read_period(answer)
        if period is None or not isinstance(answer, str):
            return cls()
        year = f"{period.first.year:04}"
        match period.said_as:
            case "month":
                return cls(how="month", month=str(period.first.month), year=year)
            case "year":
                return cls(how="year", year=year)
            case "span":
                return cls(how=answer)
        return cls(day=answer)

    @property
    def given(self) -> bool:
        """Whether anything at all was said."""
        span = read_period(self.how) is not None
        return bool(self.day or self.month or self.year or self.count or span)

    def answer(self, *, today: date, ahead: bool) -> str | None:
        """The answer as it is stored; None where nothing was said.

        Raises ValidationError, in words for a client. `ahead`: it is asked about the future.
        """
        said = self._day() if self.how == "day" else self._said(today=today, ahead=ahead)
        period = read_period(said)
        if period is not None and age_on(today, born=period.last) > GREATEST_AGE:
            raise ValidationError(LONG_AGO, code="too_long_ago")
        return said

    def _day(self) -> str | None:
        if not self.day:
            if self.month or self.year or self.count:
                raise ValidationError(NO_HOW, code="how")
            return None
        # Somebody may type "2025-03" where a browser has no date input of its own.
        if read_period(self.day) is not None:
            return self.day
        if not self.day.isascii():
            raise ValidationError(NO_DAY, code="invalid")
        try:
            day = DayField(required=False).clean(self.day)
        except ValidationError:
            raise ValidationError(NO_DAY, code="invalid") from None
        return day.isoformat() if day else None

    def _said(self, *, today: date, ahead: bool) -> str:
        if self.how in _AGO:
            said = self._ago(today=today, ahead=ahead)
        elif self.how in ("month", "year"):
            said = self._calendar()
        else:
            said = self.how
        period = read_period(said)
        if period is None:
            raise ValidationError(NO_DAY if self.how in ("month", "year") else NO_HOW, code="how")
        if self.day and not _lies_within(self.day, period.first, period.last):
            raise ValidationError(BOTH, code="contradiction")
        return said

    def _calendar(self) -> str:
        months = [str(number) for number in range(1, 13)]
        wrong = []
        if self.how == "month" and self.month not in months:
            wrong.append(ValidationError(NO_MONTH, code="month"))
        if not _YEAR.fullmatch(self.year):
            wrong.append(ValidationError(NO_YEAR, code="year"))
        if wrong:
            raise ValidationError(wrong)
        return f"{self.year}-{self.month:0>2}" if self.how == "month" else self.year

    def _ago(self, *, today: date, ahead: bool) -> str:
        wrong = []
        if not _COUNT.fullmatch(self.count):
            wrong.append(ValidationError(NO_COUNT, code="count"))
        units: list[Unit] = [unit for unit in get_args(Unit) if unit == self.unit]
        if not units:
            wrong.append(ValidationError(NO_UNIT, code="unit"))
        if wrong:
            raise ValidationError(wrong)
        return _AGO[self.how](int(self.count), units[0], today=today, ahead=ahead)


def _lies_within(typed: str, first: date, last: date) -> bool:
    try:
        day = DayField(required=False).clean(typed)
    except ValidationError:
        return False
    return day is not None and first <= day <= last
