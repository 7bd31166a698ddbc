"""Where one client is on the journey: frozen facts, loaded by `loading.py`, never changed."""

from dataclasses import dataclass
from datetime import date, datetime

from clinic.booking.gate import Answer, Verdict
from clinic.booking.values import NewsFacts

NOTHING_ASKED = Answer(verdict=Verdict.NEEDS_INTAKE)


@dataclass(frozen=True, kw_only=True)
class Questions:
    """The health questions: a draft still open, or the screening of the newest answers."""

    draft_id: int | None = None
    draft_started: datetime | None = None
    screening_id: int | None = None
    submission_id: int | None = None
    level: str = ""
    submitted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """The newest decision on that screening. `awaiting`: a second clinician must confirm."""

    outcome: str
    decided_at: datetime
    decided_name: str
    awaiting: bool
    decision_id: int


@dataclass(frozen=True, kw_only=True)
class Booked:
    """The appointment that counts now, with everything in the way of treating it.

    `can_be_rebooked`: it is on hold, and its own plan may be booked on some day again.
    """

    id: int
    status: str
    starts_at: datetime
    day: date
    hold_cause: str = ""
    can_be_rebooked: bool = False
    missing: tuple[Answer, ...] = ()
    checked_in_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """The newest consent. `given`: in the client's hands. `thinking`: cannot be signed yet.

    `end` is "", REFUSED, WITHDRAWN or SUPERSEDED.
    """

    id: int
    made_at: datetime
    given: bool = True
    thinking: bool = False
    signed_at: datetime | None = None
    countersigned_at: datetime | None = None
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class Treated:
    """The treatment of that appointment, its newest signed record, and the sheet from it."""

    id: int
    started_at: datetime
    ended_at: datetime | None = None
    record_id: int | None = None
    sheet_id: int | None = None
    sheet_at: datetime | None = None

    @property
    def owes_record(self) -> bool:
        """It was stopped, and what was done until then is not signed yet."""
        return self.ended_at is not None and self.record_id is None


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """One client's journey for one procedure, as it stands `today`.

    `bookable` is what gate 1 leaves to do for the day wished for (or today, if that has passed).
    `event_open`: an adverse event stands in the way; `event_follows` is NEVER or DOCTOR where it is
    closed and still does; `events_at` the sites where it arose, "" for this one.
    `clear_from` and `clear_until` are the days of a live clearance; `clearance_id` is its number.
    """

    client_id: int
    today: date
    procedure_id: int | None = None
    procedure: str = ""
    questions: Questions = Questions()
    reviewed: Reviewed | None = None
    bookable: Answer = NOTHING_ASKED
    clear_from: date | None = None
    clear_until: date | None = None
    clearance_id: int = 0
    booked: Booked | None = None
    agreed: Agreed | None = None
    treated: Treated | None = None
    event_open: bool = False
    event_follows: str = ""
    events_at: tuple[str, ...] = ("",)
    rest_until: date | None = None
    news: NewsFacts | None = None

    @property
    def event_elsewhere(self) -> str:
        """The other sites where the events in the way arose, by name."""
        return ", ".join(filter(None, self.events_at))

    @property
    def cleared(self) -> bool:
        """Whether a clearance is in force, and its last day has not passed."""
        return self.clear_until is not None and self.clear_until >= self.today

    @property
    def no_longer_clear(self) -> bool:
        """Nothing was found, but the clearance for it has ended or is over."""
        return self.questions.level in ("CLEAR", "ADVISE") and not self.cleared

    @property
    def awaiting_second(self) -> bool:
        return self.reviewed is not None and self.reviewed.awaiting
