"""What a clinician may say of each finding, and what follows from it. Pure: no database, no clock.

The rules are those of the journey: an override belongs to one finding; the rule says by whom;
"not sure" is solved by an answer; overriding a wait or a stop takes a second clinician. What a
program read in somebody's own words may be a mistake: a prescriber may withdraw the reading.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic.core.actor import CLINICAL_ROLES, Actor, Role

REVIEW, DEFER, CONTRAINDICATED = 2, 3, 4
UNSURE = "unsure"


class Verdict(StrEnum):
    """The word on one finding."""

    ACCEPT = "ACCEPT"
    OVERRIDE = "OVERRIDE"
    WAIT = "WAIT"
    STOP = "STOP"
    ASK = "ASK"
    WITHDRAW = "WITHDRAW"
    REFER = "REFER"


class Outcome(StrEnum):
    """The word on the whole."""

    CLEARED = "CLEARED"
    DEFERRED = "DEFERRED"
    MORE_INFO = "MORE_INFO"
    DECLINED = "DECLINED"
    PRESCRIBER = "PRESCRIBER"


GOES_AHEAD = frozenset({Verdict.ACCEPT, Verdict.OVERRIDE, Verdict.WAIT, Verdict.WITHDRAW})
SIGNING_ROLES = (Role.PRESCRIBER, Role.PRACTITIONER, Role.CLINICAL_LEAD)


class Problem(StrEnum):
    """Why a decision cannot be signed as it stands."""

    UNDECIDED = "undecided"
    NOT_ALLOWED = "not_allowed"
    NO_REASON = "no_reason"
    STOP_IS_NOT_CLEARED = "stop_is_not_cleared"
    ASK_IS_NOT_CLEARED = "ask_is_not_cleared"
    REFER_IS_NOT_CLEARED = "refer_is_not_cleared"
    ASKS_ONESELF = "asks_oneself"
    HARD_STOP = "hard_stop"
    INCOMPLETE = "incomplete"
    LOOK_AGAIN_AFTER_WAIT = "look_again_after_wait"
    WAIT_OUTLASTS_ANSWERS = "wait_outlasts_answers"
    DATE_NEEDED = "date_needed"
    DATE_IS_PAST = "date_is_past"
    CONDITIONS_NEED_CLEARED = "conditions_need_cleared"
    DEEPER_THAN_SCREENED = "deeper_than_screened"
    AREA_NOT_PLANNED = "area_not_planned"
    NO_AREA_LEFT = "no_area_left"
    LOOKS_AGAIN_TOO_SOON = "looks_again_too_soon"


Problems = dict[int | str | None, Problem]
"""By finding id, by the field of a condition, and under None for the whole."""


@dataclass(frozen=True, kw_only=True)
class Flag:
    """A finding that needs a decision, in the few words this room decides by.

    `after_level`: what its rule says once the waiting time is over. `reading`: a program read it
    in the client's own words.
    """

    id: int
    outcome: str
    level: int
    override_by: str
    defer_until: date | None
    after_level: int = 0
    title: str = ""
    reading: bool = False

    @property
    def comes_back(self) -> bool:
        """Whether somebody has to look again when the waiting time is over."""
        return self.after_level >= REVIEW


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is to be decided. `answers_until`: last day on which the answers still count."""

    flags: tuple[Flag, ...]
    complete: bool
    hard_stop: bool
    assessment_date: date
    planned_date: date
    windows_end: date
    answers_until: date


def signing_role(actor: Actor) -> Role | None:
    """The role a decision is signed with: the one that may do most; None for no clinician."""
    return next((role for role in SIGNING_ROLES if role in actor.roles & CLINICAL_ROLES), None)


def allowed(flag: Flag, role: Role | None) -> tuple[Verdict, ...]:
    """The verdicts that `role` may give on `flag`, the mildest first."""
    if role is None:
        return ()
    if flag.outcome == UNSURE:
        return (Verdict.ASK, Verdict.STOP)
    may_set_aside = flag.override_by == "practitioner" or (
        flag.override_by == "prescriber" and role is Role.PRESCRIBER
    )
    found: list[Verdict] = []
    if flag.level == DEFER:
        found.append(Verdict.WAIT)
    if may_set_aside:
        found.append(Verdict.ACCEPT if flag.level == REVIEW else Verdict.OVERRIDE)
    if flag.reading and role is Role.PRESCRIBER:
        found.append(Verdict.WITHDRAW)
    if role is not Role.PRESCRIBER and (flag.override_by == "prescriber" or flag.reading):
        found.append(Verdict.REFER)
    return (*found, Verdict.ASK, Verdict.STOP)


def outcomes(case: Case, role: Role | None = None) -> tuple[Outcome, ...]:
    """What may be decided of the whole: nobody is offered to clear what cannot be cleared, and no
    prescriber to ask a prescriber."""
    barred = case.hard_stop or not case.complete
    left_out = {Outcome.CLEARED} if barred else set()
    if role is Role.PRESCRIBER:
        left_out.add(Outcome.PRESCRIBER)
    return tuple(one for one in Outcome if one not in left_out)


def problems(
    case: Case,
    *,
    role: Role | None,
    outcome: Outcome,
    verdicts: Mapping[int, tuple[Verdict, str]],
    defer_until: date | None,
    today: date,
) -> Problems:
    """What keeps the decision from being signed: by finding id, and under None for the whole."""
    found: Problems = {}
    for flag in case.flags:
        verdict, reason = verdicts.get(flag.id, (None, ""))
        if verdict is None:
            found[flag.id] = Problem.UNDECIDED
        elif verdict not in allowed(flag, role):
            found[flag.id] = Problem.NOT_ALLOWED
        elif not reason.strip():
            found[flag.id] = Problem.NO_REASON
        elif outcome is Outcome.CLEARED and verdict is Verdict.WAIT and flag.comes_back:
            found[flag.id] = Problem.LOOK_AGAIN_AFTER_WAIT
    if outcome is Outcome.PRESCRIBER and role is Role.PRESCRIBER:
        found[None] = Problem.ASKS_ONESELF
    whole = _overall(case, outcome, {v for v, _ in verdicts.values()}, defer_until, today)
    if whole is None and outcome is Outcome.CLEARED and not found:
        chosen = {id_: verdict for id_, (verdict, _) in verdicts.items()}
        if valid_from(case, chosen) > case.answers_until:
            whole = Problem.WAIT_OUTLASTS_ANSWERS
    if whole is not None:
        found[None] = whole
    return found


def _overall(
    case: Case, outcome: Outcome, said: set[Verdict], defer_until: date | None, today: date
) -> Problem | None:
    if outcome is Outcome.DEFERRED:
        if defer_until is None:
            return Problem.DATE_NEEDED
        return Problem.DATE_IS_PAST if defer_until <= today else None
    if outcome is not Outcome.CLEARED:
        return None
    barred = (
        (not case.complete, Problem.INCOMPLETE),
        (case.hard_stop, Problem.HARD_STOP),
        (Verdict.STOP in said, Problem.STOP_IS_NOT_CLEARED),
        (Verdict.ASK in said, Problem.ASK_IS_NOT_CLEARED),
        (Verdict.REFER in said, Problem.REFER_IS_NOT_CLEARED),
    )
    return next((problem for bars, problem in barred if bars), None)


def needs_second_clinician(outcome: Outcome, verdicts: Iterable[Verdict]) -> bool:
    """Overriding a wait or a stop counts only once a different clinician has confirmed it."""
    return outcome is Outcome.CLEARED and Verdict.OVERRIDE in set(verdicts)


def valid_from(case: Case, verdicts: Mapping[int, Verdict]) -> date:
    """First day a clearance may hold: after every wait that stands.

    What ends before the planned date (a window, an age) makes no finding, so nobody has set it
    aside: an earlier day is open only once all of that has ended too.
    """
    standing = [
        flag.defer_until
        for flag in case.flags
        if flag.defer_until and verdicts.get(flag.id) is not Verdict.OVERRIDE
    ]
    return max(case.assessment_date, min(case.windows_end, case.planned_date), *standing)
