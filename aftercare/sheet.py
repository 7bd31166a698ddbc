"""The aftercare sheet as values: what is printed, already dated and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from aftercare.content import Founded, Level
from aftercare.facts import Clinic, Detail, Product


@dataclass(frozen=True, kw_only=True)
class Line(Founded):
    """One printed line and what it rests on. ``covered``: a dated limit says it too."""

    id: str
    text: str
    covered: bool = False


@dataclass(frozen=True, kw_only=True)
class Phase(Founded):
    """What is normal in one stretch of days. ``first`` and ``last`` are calendar days, both in it.

    ``label`` is 'Days 2–3', ``dates`` is 'Thu 18 – Fri 19 June'; for the first phase 'Today,
    Tuesday 16 June' and the end of the first 24 hours. ``extra`` are personal lines.
    """

    id: str
    label: str
    dates: str
    first: date
    last: date
    text: str
    extra: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Limit(Founded):
    """One thing to avoid or keep doing. ``until`` is None for the whole course.

    ``until_words`` states the day, and the time for less than 72 hours. ``last_time`` is the length
    at the session before, where it was another.
    """

    id: str
    text: str
    hours: int | None
    until: datetime | None
    until_words: str
    span: str
    last_time: str = ""


@dataclass(frozen=True, kw_only=True)
class LimitGroup:
    """Limits that end together."""

    until_words: str
    span: str
    limits: tuple[Limit, ...]


@dataclass(frozen=True, kw_only=True)
class Sign(Founded):
    """One warning sign, when it may come and what to do."""

    id: str
    level: Level
    text: str
    period: str
    action: str


@dataclass(frozen=True, kw_only=True)
class SignGroup:
    """The warning signs of one urgency."""

    level: Level
    signs: tuple[Sign, ...]


@dataclass(frozen=True, kw_only=True)
class NextDate:
    """The first day on which a next session is possible."""

    day: date
    words: str
    after_days: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that is on the paper, and the version of the advice it was made from."""

    first_name: str
    full_name: str
    clinic: Clinic
    practitioner: str
    treated_at: datetime
    treated_on: str
    modality: str
    band: str
    areas: tuple[str, ...]
    depth_mm: float
    session_number: int
    phases: tuple[Phase, ...]
    limits: tuple[Limit, ...]
    do: tuple[Line, ...]
    dont: tuple[Line, ...]
    signs: tuple[SignGroup, ...]
    notes: tuple[Line, ...]
    products: tuple[Product, ...]
    products_left_out: tuple[str, ...]
    details: tuple[Detail, ...]
    stopped: str
    reaction: str
    date_of_birth: date | None
    client_number: str
    client_language: str
    record_number: str
    next_session: NextDate
    advice_name: str
    advice_version: str
    advice_sha256: str

    @property
    def today(self) -> Phase:
        """The phase that the client is in when the sheet is handed over."""
        return self.phases[0]

    @property
    def later_phases(self) -> tuple[Phase, ...]:
        """The phases after the first."""
        return self.phases[1:]

    @property
    def limit_groups(self) -> tuple[LimitGroup, ...]:
        """The limits gathered by their end, in the order in which they end."""
        return tuple(
            LimitGroup(until_words=words, span=span, limits=tuple(limits))
            for (words, span), limits in groupby(
                self.limits, key=lambda limit: (limit.until_words, limit.span)
            )
        )

    @property
    def statements(self) -> Sequence[Founded]:
        """Every statement on the sheet, for its sources."""
        signs = [sign for group in self.signs for sign in group.signs]
        return (*self.phases, *self.limits, *self.do, *self.dont, *signs, *self.notes)

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all sources used, seeds first, background last."""
        keys = {key for statement in self.statements for key in statement.sources}
        return tuple(sorted(keys, key=lambda key: ("SRB".index(key[0]), key)))
