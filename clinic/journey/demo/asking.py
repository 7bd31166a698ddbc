"""The first steps: a client is known, answers, and a practitioner decides where needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic.clients import links
from clinic.clients.actions import register
from clinic.clients.models import ClientLink
from clinic.core.actor import Role
from clinic.intake import actions as intake
from clinic.intake.conditions import NONE, Conditions
from clinic.intake.models import Intake, Screening
from clinic.journey.demo.case import Case, Walk
from clinic.journey.demo.cast import Worker
from clinic.journey.demo.profiles import PROFILES, Answers, baseline
from clinic.journey.demo.words import token
from clinic.review import actions as review
from clinic.review.models import Decision
from clinic.review.queries import case as review_case
from clinic.review.verdicts import Flag, Outcome, Verdict, allowed

GOING_AHEAD = (Verdict.ACCEPT, Verdict.WAIT, Verdict.OVERRIDE)
SAYINGS = {
    Verdict.ACCEPT: "Seen and talked through with the client. Acceptable for this depth and area.",
    Verdict.WAIT: "The waiting time stands.",
    Verdict.OVERRIDE: "Weighed with the client; the plan is shallow and the skin is calm.",
    Verdict.STOP: "Not to be treated while this is so.",
    Verdict.REFER: "A prescriber should weigh this medicine.",
    Verdict.ASK: "We need a clear answer first. The client will ask their GP.",
}
OVERALL = {
    Outcome.CLEARED: "The findings are compatible with this plan.",
    Outcome.DEFERRED: "Better later than now. We will look again on the day named.",
    Outcome.MORE_INFO: "One answer has to be made clear before we can decide.",
    Outcome.PRESCRIBER: "This is for somebody who prescribes.",
    Outcome.DECLINED: "The risk is greater than the benefit for this client.",
}


def registers(case: Case, when: datetime) -> Walk[None]:
    """The front desk writes down a new client."""
    at = yield when
    case.client = register(actor=case.desk, at=at, despite_duplicates=True, **vars(case.person))


def begins(case: Case, when: datetime, *, planned: date) -> Walk[Intake]:
    """The front desk opens the questions."""
    at = yield when
    return intake.start(
        actor=case.desk,
        client=case.client,
        procedure=case.procedure,
        depth_mm=case.wish.depth_mm,
        areas=case.wish.areas,
        anaesthetic_planned=case.wish.numbing,
        planned_date=planned,
        test_patch_ok=True,
        at=at,
    )


def sent(case: Case, when: datetime, purpose: ClientLink.Purpose, object_id: int) -> Walk[str]:
    """A private link goes to the client."""
    at = yield when
    case.links += 1
    made = token(case.world.seed, case.index, case.links)
    return links.issue(
        actor=case.desk,
        client=case.client,
        purpose=purpose,
        object_id=object_id,
        at=at,
        new_token=lambda: made,
    )


def fills_in(
    case: Case, when: datetime, draft: Intake, *, sections: int | None = None, own: bool = False
) -> Walk[datetime]:
    """So many sections, or all; by the client on a link, or by the desk. Returns the end."""
    given = baseline(case.world.pack, case.person.date_of_birth, case.draw)
    given |= PROFILES[case.profile](when.date())
    actor = case.themself if own else case.desk
    for name in list(case.world.pack.sections)[:sections]:
        seconds = case.draw.randint(25, 95)
        when += timedelta(seconds=seconds)
        at = yield when
        draft = intake.save_section(
            actor=actor,
            intake=draft,
            answers=given,
            section=name,
            version=draft.version,
            at=at,
            seconds=seconds,
        )
    return when


def hands_in(case: Case, when: datetime, draft: Intake, *, own: bool = False) -> Walk[Screening]:
    """The answers are submitted and screened."""
    at = yield when
    actor = case.themself if own else case.desk
    return intake.submit(actor=actor, intake=draft, at=at, today=at.date())


def answers(case: Case, when: datetime, *, planned: date, own: bool = False) -> Walk[Screening]:
    """All of it in one go, at the desk or on the client's own phone."""
    draft = yield from begins(case, when, planned=planned)
    if own:
        when += timedelta(minutes=2)
        yield from sent(case, when, ClientLink.Purpose.INTAKE, draft.pk)
        when = case.soon(when)
    when = yield from fills_in(case, when, draft, own=own)
    return (yield from hands_in(case, when + timedelta(minutes=1), draft, own=own))


def answers_again(
    case: Case, when: datetime, *, planned: date, changed: Answers | None = None
) -> Walk[Screening]:
    """The last answers are gone through again, with what has changed."""
    draft = yield from opens_again(case, when, planned=planned)
    for name in case.world.pack.sections:
        seconds = case.draw.randint(25, 95)
        when += timedelta(seconds=seconds)
        at = yield when
        draft = intake.save_section(
            actor=case.desk,
            intake=draft,
            answers=draft.earlier | (changed or {}),
            section=name,
            version=draft.version,
            at=at,
            seconds=seconds,
        )
    return (yield from hands_in(case, when + timedelta(minutes=1), draft))


def opens_again(case: Case, when: datetime, *, planned: date) -> Walk[Intake]:
    """The last answers are opened to be changed, for another day."""
    at = yield when
    draft = intake.amend(actor=case.desk, client=case.client, procedure=case.procedure, at=at)
    return intake.change_draft_plan(
        actor=case.desk,
        intake=draft,
        depth_mm=case.wish.depth_mm,
        areas=case.wish.areas,
        anaesthetic_planned=case.wish.numbing,
        planned_date=planned,
        test_patch_ok=True,
        at=at,
    )


@dataclass(frozen=True, kw_only=True)
class Word:
    """How a practitioner decides. `verdicts` are tried in order on each finding."""

    outcome: Outcome = Outcome.CLEARED
    verdicts: Sequence[Verdict] = GOING_AHEAD
    role: Role = Role.PRESCRIBER
    defer_until: date | None = None
    conditions: Conditions = NONE


def decides(case: Case, when: datetime, screening: Screening, word: Word) -> Walk[Decision]:
    """A practitioner signs the decision."""
    at = yield when
    worker = case.place.worker(word.role)
    flags = review_case(screening).flags
    chosen = {flag.id: _verdict(flag, worker, word.verdicts) for flag in flags}
    return review.decide(
        actor=worker.actor,
        user=worker.user,
        screening=screening,
        outcome=word.outcome,
        reason=OVERALL[word.outcome],
        said={key: (verdict, SAYINGS[verdict]) for key, verdict in chosen.items()},
        defer_until=word.defer_until,
        expected_latest_id=None,
        at=at,
        today=at.date(),
        conditions=word.conditions,
    )


def confirms(case: Case, when: datetime, decision: Decision) -> Walk[None]:
    """The clinical lead gives the second word."""
    at = yield when
    lead = case.place.worker(Role.CLINICAL_LEAD)
    review.confirm(
        actor=lead.actor, user=lead.user, decision=decision, agreed=True, note="Agreed.", at=at
    )


def _verdict(flag: Flag, worker: Worker, wanted: Sequence[Verdict]) -> Verdict:
    may = allowed(flag, worker.role)
    return next((verdict for verdict in wanted if verdict in may), may[0])
