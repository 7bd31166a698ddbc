"""Deciding on flagged answers. Each verb is one transaction; whoever comes second is told."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from clinic.accounts.models import User
from clinic.audit.record import record
from clinic.clients.queries import held_for_good
from clinic.core.actor import Actor, Role
from clinic.core.errors import Refused, refusal_for
from clinic.intake import clearing
from clinic.intake import conditions as limits
from clinic.intake.actions import lock_client
from clinic.intake.conditions import Conditions
from clinic.intake.models import Clearance, Screening
from clinic.review import conditions as condition_rules
from clinic.review import queries, verdicts, wording
from clinic.review.models import Confirmation, Decision, FindingDecision
from clinic.review.told import name_news, news_in_view
from clinic.review.verdicts import Outcome, Verdict

SECOND_COMES_LATE = {
    "one_first_decision_per_screening": wording.CHANGED,
    "supersedes_id": wording.CHANGED,
    "no_one_confirms_their_own_decision": wording.OWN_DECISION,
    "review_confirmation_decision_id": wording.NOTHING_TO_CONFIRM,
}


class DecisionProblems(Refused):
    """The decision cannot be signed; `problems` names each finding by id, a condition by its
    field, None for the whole."""

    def __init__(self, problems: verdicts.Problems) -> None:
        super().__init__(wording.PROBLEM_WORDS[next(iter(problems.values()))])
        self.problems = problems


def decide(
    *,
    actor: Actor,
    user: User,
    screening: Screening,
    outcome: Outcome,
    reason: str,
    said: Mapping[int, tuple[Verdict, str]],
    defer_until: date | None,
    expected_latest_id: int | None,
    at: datetime,
    today: date,
    news: Iterable[int] = (),
    conditions: Conditions = limits.NONE,
) -> Decision:
    """Sign the decision on one case: a verdict and reason for every flag, and one for the whole.

    `said` maps finding ids to (verdict, reason). `expected_latest_id` is the decision the
    clinician saw (None for none). `news` are the numbers of what was told since the answers were
    given, as the clinician saw it: the decision names all of it, or is refused. Grants the
    clearance unless a second clinician must confirm.
    Raises `DecisionProblems`, or `Refused` when the case has changed meanwhile.
    """
    role = _role(actor)
    try:
        with transaction.atomic():
            held = _lock(screening, expected_latest_id)
            if outcome is Outcome.CLEARED and held_for_good([held.client]):
                raise Refused(clearing.AFTER_EVENT)
            told = news_in_view(held)
            if {one.pk for one in told} != set(news):
                raise Refused(wording.TOLD_SINCE)
            case = queries.case(held)
            found = verdicts.problems(
                case,
                role=role,
                outcome=outcome,
                verdicts=said,
                defer_until=defer_until,
                today=today,
            )
            if not reason.strip():
                found.setdefault(None, verdicts.Problem.NO_REASON)
            found |= condition_rules.problems(
                conditions,
                held,
                outcome=outcome,
                valid_from=verdicts.valid_from(case, {key: one for key, (one, _) in said.items()}),
                today=today,
            )
            if found:
                raise DecisionProblems(found)
            _end_clearance(actor, held, conditions, at)
            signed = _sign(
                user,
                role,
                held,
                outcome,
                reason,
                said,
                defer_until,
                expected_latest_id,
                conditions,
                at,
            )
            name_news(signed, told)
            record(
                actor=actor,
                verb="review.decide",
                at=at,
                subject=signed,
                client_id=held.client_id,
                outcome=outcome.value,
                findings=len(said),
                news=len(told),
                withdrawn=sum(verdict is Verdict.WITHDRAW for verdict, _ in said.values()),
            )
            if outcome is Outcome.CLEARED and not signed.needs_confirmation:
                _clear(actor, signed, at)
            return signed
    except IntegrityError as error:
        raise refusal_for(error, SECOND_COMES_LATE) from error


def confirm(
    *, actor: Actor, user: User, decision: Decision, agreed: bool, note: str, at: datetime
) -> Confirmation:
    """A second clinician agrees or not. Agreeing grants the clearance in the same transaction."""
    role = _role(actor)
    if decision.decided_by_id == user.pk:
        raise Refused(wording.OWN_DECISION)
    try:
        with transaction.atomic():
            _lock(decision.screening, decision.pk)
            if not decision.needs_confirmation:
                raise Refused(wording.NOTHING_TO_CONFIRM)
            word = Confirmation.objects.create(
                decision=decision,
                decided_by_id=decision.decided_by_id,
                confirmed_by=user,
                confirmed_name=user.name,
                confirmed_role=role.value,
                agreed=agreed,
                note=note,
                confirmed_at=at,
            )
            record(
                actor=actor,
                verb="review.confirm",
                at=at,
                subject=decision,
                client_id=decision.client_id,
                agreed=agreed,
            )
            if agreed:
                _clear(actor, decision, at)
            return word
    except IntegrityError as error:
        raise refusal_for(error, SECOND_COMES_LATE) from error


def _role(actor: Actor) -> Role:
    role = verdicts.signing_role(actor)
    if role is None:
        raise Refused(wording.NOT_A_CLINICIAN)
    return role


def _lock(screening: Screening, expected_latest_id: int | None) -> Screening:
    """The screening, locked; refused when it has ended or another decision was made on it.

    The client first, as everywhere: new answers end the clearance and then the screening, and
    whoever waits for those in the other order would end in a deadlock.
    """
    lock_client(screening.client_id)
    held = Screening.objects.select_for_update(of=("self",)).get(pk=screening.pk)
    latest = queries.latest_decision(held)
    if not held.live or (latest.pk if latest else None) != expected_latest_id:
        raise Refused(wording.CHANGED)
    return held


def _sign(
    user: User,
    role: Role,
    screening: Screening,
    outcome: Outcome,
    reason: str,
    said: Mapping[int, tuple[Verdict, str]],
    defer_until: date | None,
    supersedes_id: int | None,
    conditions: Conditions,
    at: datetime,
) -> Decision:
    flags = {one.pk: one for one in screening.findings.filter(pk__in=said)}
    signed = Decision.objects.create(
        screening=screening,
        client_id=screening.client_id,
        site_id=screening.site_id,
        hard_stop=screening.hard_stop,
        outcome=outcome.value,
        reason=reason.strip(),
        meaning=str(wording.MEANING),
        defer_until=defer_until if outcome is Outcome.DEFERRED else None,
        greatest_depth_mm=conditions.greatest_depth_mm,
        areas_left_out=sorted(conditions.areas_left_out),
        no_anaesthetic=conditions.no_anaesthetic,
        look_again_on=conditions.look_again_on,
        patch_test_first=conditions.patch_test_first,
        needs_confirmation=verdicts.needs_second_clinician(outcome, (v for v, _ in said.values())),
        decided_by=user,
        decided_name=user.name,
        decided_role=role.value,
        registration=user.registration,
        decided_at=at,
        supersedes_id=supersedes_id,
    )
    FindingDecision.objects.bulk_create(
        FindingDecision(
            decision=signed,
            screening=screening,
            finding=flags[finding_id],
            level=flags[finding_id].level,
            override_by=flags[finding_id].override_by,
            reading=flags[finding_id].reading,
            decided_role=role.value,
            verdict=verdict.value,
            reason=why.strip(),
        )
        for finding_id, (verdict, why) in said.items()
    )
    return signed


def _clear(actor: Actor, signed: Decision, at: datetime) -> Clearance:
    case = queries.case(signed.screening)
    said = {one.finding_id: Verdict(one.verdict) for one in signed.findings.all()}
    return clearing.grant(
        actor=actor,
        screening=signed.screening,
        basis=Clearance.Basis.REVIEW,
        decision_id=signed.pk,
        valid_from=verdicts.valid_from(case, said),
        valid_until=case.answers_until,
        conditions=signed.conditions,
        at=at,
    )


def _end_clearance(
    actor: Actor, screening: Screening, conditions: Conditions, at: datetime
) -> None:
    """A new decision takes the place of whatever clearance there was; what was booked is held,
    with the reason and the new conditions."""
    cause = " ".join([str(wording.DECIDED_ANEW), *condition_rules.in_words(conditions)])
    for old in screening.clearances.filter(live=True):
        clearing.end_clearance(actor=actor, clearance=old, cause=cause, at=at)
