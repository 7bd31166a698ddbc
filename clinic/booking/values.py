"""What the two gates look at: frozen values, loaded by `facts.py`, never changed.

`None` means unknown, and unknown never opens a gate.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from screening.engine.levels import Level


class Outcome(StrEnum):
    """The overall outcomes of a review."""

    CLEARED = "CLEARED"
    DEFERRED = "DEFERRED"
    MORE_INFO = "MORE_INFO"
    DECLINED = "DECLINED"
    PRESCRIBER = "PRESCRIBER"


class Standing(StrEnum):
    """Whether a decision counts: one that overrides needs a second clinician's agreement."""

    FINAL = "FINAL"
    AWAITING = "AWAITING"
    NOT_AGREED = "NOT_AGREED"


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What is planned, screened, cleared or consented to. Depth in millimetres."""

    depth_mm: Decimal
    areas: frozenset[str]
    anaesthetic: bool

    def covers(self, other: "PlanFacts") -> bool:
        """Whether `other` asks for no more than this: not deeper, no other area or numbing."""
        return (
            bool(other.areas)
            and 0 < other.depth_mm <= self.depth_mm
            and other.areas <= self.areas
            and (self.anaesthetic or not other.anaesthetic)
        )

    def within(self, cleared: "PlanFacts") -> "PlanFacts":
        """As much of this as is cleared; no area where none of its areas is."""
        return PlanFacts(
            depth_mm=min(self.depth_mm, cleared.depth_mm),
            areas=self.areas & cleared.areas,
            anaesthetic=self.anaesthetic and cleared.anaesthetic,
        )


@dataclass(frozen=True, kw_only=True)
class ScreeningFacts:
    """The newest screening for this client and procedure.

    `clear_from`: first day with nothing above ADVISE left, None if there is none.
    `windows_end`: first day with nothing against it that the planned day has not.
    `answers`: which answers (by their hash), and by which rules they were judged.
    """

    id: int
    live: bool
    pack_current: bool
    complete: bool
    level: Level | None
    hard_stop: bool
    answers_on: date | None
    windows_end: date
    clear_from: date | None
    answers: str
    plan: PlanFacts


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """The newest decision on that screening."""

    outcome: Outcome
    standing: Standing
    defer_until: date | None = None

    @property
    def clears(self) -> bool:
        return self.outcome is Outcome.CLEARED and self.standing is Standing.FINAL


@dataclass(frozen=True, kw_only=True)
class ClearanceFacts:
    """The newest clearance that rests on that screening, in force or ended.

    `patch_test_first`: it waits for a patch test; `patch_good` is how that was read, None for not
    yet.
    """

    id: int
    live: bool
    valid_from: date
    valid_until: date
    plan: PlanFacts
    patch_test_first: bool = False
    patch_good: bool | None = None

    @property
    def reacted(self) -> bool:
        return self.patch_test_first and self.patch_good is False


@dataclass(frozen=True, kw_only=True)
class Session:
    """Another session of the client that is booked or done, and when its rest is over.

    `where`: the other site it is at, empty for this one.
    """

    day: date
    rest_until: date
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class NewsFacts:
    """Something was told that neither the answers know nor the decision names. `questions`: how
    many it leaves to be asked again; None for all."""

    questions: int | None = None


@dataclass(frozen=True, kw_only=True)
class BookingFacts:
    """Everything that decides whether a client may be booked for a procedure `on` a day.

    `rest_days`: how long the skin rests after the session that is asked for.
    `sessions`: the client's other sessions of any procedure at any site; None when they are not
    known. `stops_elsewhere`: other sites with a stop for this kind of device.
    `event_follows`: NEVER, or DOCTOR while a doctor's word is missing, after a closed event.
    `events_at`: the sites of the events that hold the client, "" for this one.
    """

    on: date
    plan: PlanFacts | None
    rest_days: int
    screening: ScreeningFacts | None
    decision: DecisionFacts | None
    clearance: ClearanceFacts | None
    event_open: bool | None
    sessions: tuple[Session, ...] | None
    stops_elsewhere: tuple[str, ...] = ()
    news: NewsFacts | None = None
    event_follows: str = ""
    events_at: tuple[str, ...] = ("",)


@dataclass(frozen=True, kw_only=True)
class ConsentFacts:
    """The newest consent for this client and procedure. `end` is REFUSED, WITHDRAWN, … or "".

    `answers`: the answers, and the rules, that its text was chosen for. `cooling_off_until` is None
    until the text is in the client's hands.
    """

    id: int
    end: str
    signed: bool
    countersigned: bool
    text_current: bool
    answers: str
    cooling_off_until: datetime | None
    expires_on: date
    plan: PlanFacts


@dataclass(frozen=True, kw_only=True)
class CheckInFacts:
    """The newest check-in of the appointment."""

    day: date
    nothing_new: bool


@dataclass(frozen=True, kw_only=True)
class DayFacts:
    """Everything that decides whether this appointment may be treated `at` a moment.

    `today` is the day of `at` at the clinic. `here`: the appointment's status is ARRIVED.
    `clearance_id` is the clearance that the appointment holds.
    """

    booking: BookingFacts
    at: datetime
    today: date
    here: bool
    clearance_id: int
    consent: ConsentFacts | None
    check_in: CheckInFacts | None
