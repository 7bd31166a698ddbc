"""What answers allow, and the end of it. Both happen inside the caller's transaction or their own.

Ending a clearance puts its future appointments on hold (a promise of the database).
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.audit.record import record
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.intake import conditions as limits
from clinic.intake.conditions import Conditions
from clinic.intake.errors import TWO_AT_ONCE, UNDER_TREATMENT
from clinic.intake.models import Clearance, Screening

AFTER_EVENT = _(
    "An adverse event was closed with “never again”, or a doctor’s word is still missing. This "
    "client cannot be cleared."
)
REFUSALS = TWO_AT_ONCE | {
    "a_clearance_has_days": _("There is no day left on which these answers count."),
    "a_live_clearance_rests_on_a_live_screening": _("These answers are no longer the newest."),
    "without_review_only_from_the_clear_date": _("A practitioner must decide first."),
    "a day with a finding is not cleared without review": _("A practitioner must decide first."),
    "a clearance goes no further than its screening": _(
        "The answers count for 30 days, and only for what was asked."
    ),
    "a clearance keeps the conditions of its decision": _(
        "The decision allows less than that. Please look at its conditions."
    ),
    "a clearance rests on a decision to clear": _("A practitioner must decide first."),
    "a clearance rests on the newest decision": _("There is a newer decision."),
    "a clearance begins where its review holds": _("That day was not reviewed."),
    "a clearance waits for what was told": _(
        "Something was told that these answers do not know and no decision names. Ask those "
        "questions again, or decide with it in view."
    ),
    "a clearance waits for what follows an adverse event": AFTER_EVENT,
    "a clearance needs every flag decided": _("Some findings are not decided yet."),
}


@transaction.atomic
def grant(
    *,
    actor: Actor,
    screening: Screening,
    basis: str,
    decision_id: int | None,
    valid_from: date,
    valid_until: date,
    at: datetime,
    conditions: Conditions = limits.NONE,
) -> Clearance:
    """Clear the plan of a live screening for these days (both included), as far as `conditions`
    allow.

    Raises Refused, in words, for whatever the database does not allow; the caller's transaction
    stays usable.
    """
    try:
        with transaction.atomic():
            made = Clearance.objects.create(
                client_id=screening.client_id,
                site_id=screening.site_id,
                procedure_id=screening.procedure_id,
                screening=screening,
                basis=basis,
                decision_id=decision_id,
                screening_clear_from=screening.clear_from,
                valid_from=valid_from,
                valid_until=conditions.last_day(valid_until),
                granted_at=at,
                **conditions.applied(screening),
                **acted_by(actor),
            )
    except IntegrityError as error:
        raise refusal_for(error, REFUSALS) from error
    record(
        actor=actor,
        verb="clearance.granted",
        at=at,
        subject=made,
        client_id=made.client_id,
        basis=basis,
        screening=screening.pk,
    )
    return made


@transaction.atomic
def end_clearance(*, actor: Actor, clearance: Clearance, cause: str, at: datetime) -> Clearance:
    """End a clearance, with a cause that a person can read.

    Raises Refused when it has already ended, and while a treatment runs on it.
    """
    try:
        with transaction.atomic():
            ended = Clearance.objects.filter(pk=clearance.pk, ended_at=None).update(
                ended_at=at, ended_by=actor.name, ended_cause=cause
            )
    except IntegrityError as error:
        raise refusal_for(error, UNDER_TREATMENT) from error
    if not ended:
        raise Refused(_("This clearance has already ended."))
    clearance.refresh_from_db()
    record(
        actor=actor,
        verb="clearance.ended",
        at=at,
        subject=clearance,
        client_id=clearance.client_id,
    )
    return clearance


def end_screening(*, actor: Actor, screening: Screening, cause: str, at: datetime) -> None:
    """End a live screening after the clearance that rests on it.

    Only inside a transaction that holds the client's lock (`lock_client`).
    """
    for clearance in Clearance.objects.filter(screening=screening, ended_at=None):
        end_clearance(actor=actor, clearance=clearance, cause=cause, at=at)
    Screening.objects.filter(pk=screening.pk, ended_at=None).update(
        ended_at=at, ended_by=actor.name, ended_cause=cause
    )
    record(
        actor=actor,
        verb="screening.ended",
        at=at,
        subject=screening,
        client_id=screening.client_id,
    )
