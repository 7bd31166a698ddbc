"""The aftercare sheet as values: what is printed, already dated and in words."""

from collections.abc import Iterable, Sequence
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
    """What is normal from one moment until another; the next phase begins where it ends.

    ``label`` is 'Days 2–3', ``dates`` is 'Wed 17 until Fri 19 June'; for the first phase 'Today,
    Tuesday 16 June' and the end of the first 24 hours. ``extra`` are personal lines.
    """

    id: str
    label: str
    dates: str
    starts: datetime
    ends: datetime
    text: str
    extra: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Limit(Founded):
    """One thing to avoid or keep doing. ``until`` is None for the whole course.

    ``until_words`` states the day, and the time for less than 72 hours; ``from_words`` the moment
    from which it holds, where that is not at once. ``last_time`` is the length at the session
    before, where it was another.
    """

    id: str
    text: str
    hours: int | None
    until: datetime | None
    until_words: str
    span: str
    keep: bool = False
    from_words: str = ""
    last_time: str = ""


@dataclass(frozen=True, kw_only=True)
class LimitGroup:
    """Limits of one list that end together."""

    until_words: str
    span: str
    limits: tuple[Limit, ...]


@dataclass(frozen=True, kw_only=True)
class Care:
    """A product given at the visit, and the first day for it where that is not today."""

    product: Product
    from_words: str

    @property
    def text(self) -> str:
        """Its name and how often, in one line."""
        return f"{self.product.name}, {self.product.how_often}"


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
    products: tuple[Care, ...]
    products_left_out: tuple[str, ...]
    details: tuple[Detail, ...]
    stopped: str
    reaction: str
    seen: tuple[Line, ...]
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
    def avoid(self) -> tuple[LimitGroup, ...]:
        """What to avoid, gathered by its end, in the order in which it ends."""
        return grouped(limit for limit in self.limits if not limit.keep)

    @property
    def keep(self) -> tuple[LimitGroup, ...]:
        """What to keep doing, gathered likewise."""
        return grouped(limit for limit in self.limits if limit.keep)

    @property
    def statements(self) -> Sequence[Founded]:
        """Every statement on the sheet, for its sources."""
        signs = [sign for group in self.signs for sign in group.signs]
        own = (*self.do, *self.dont, *signs, *self.notes, *self.seen)
        return (*self.phases, *self.limits, *own)

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all sources used, seeds first, background last."""
        keys = {key for statement in self.statements for key in statement.sources}
        return tuple(sorted(keys, key=lambda key: ("SRB".index(key[0]), key)))


def grouped(limits: Iterable[Limit]) -> tuple[LimitGroup, ...]:
    """Limits gathered by their end."""
    return tuple(
        LimitGroup(until_words=until, span=span, limits=tuple(together))
        for (until, span), together in groupby(
            limits, key=lambda limit: (limit.until_words, limit.span)
        )
    )
