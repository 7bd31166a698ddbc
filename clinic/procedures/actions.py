"""Changing what the clinic offers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.accounts.models import User
from clinic.audit.record import record
from clinic.core.actor import Actor, Role
from clinic.core.edits import must_be_as_opened
from clinic.core.errors import Refused, refusal_for
from clinic.procedures.areas import NEVER_OFFERED
from clinic.procedures.models import Procedure
from clinic.procedures.policy import floors
from clinic.procedures.queries import one, possible_performers

KEPT = (
    "name",
    "min_depth_mm",
    "max_depth_mm",
    "areas",
    "duration_minutes",
    "interval_days",
    "deep_interval_days",
    "cooling_off_hours",
    "is_offered",
)
SAID = {
    "one_procedure_per_name": _("Another procedure of this site has this name."),
    "depths_are_a_range": _("The depths are not a range."),
    "sessions_are_at_least_28_days_apart": _("Sessions are at least 28 days apart."),
}


@transaction.atomic
def change(
    *,
    actor: Actor,
    procedure_id: int,
    at: datetime,
    name: str,
    min_depth_mm: Decimal,
    max_depth_mm: Decimal,
    areas: Sequence[str],
    duration_minutes: int,
    interval_days: int,
    deep_interval_days: int,
    cooling_off_hours: int,
    is_offered: bool,
    performers: Collection[User],
    opened: str = "",
) -> Procedure:
    """Change a procedure for bookings from now on; what is booked keeps its own copy.

    Depths in mm. Raises Procedure.DoesNotExist out of scope, EditedMeanwhile where it is not as it
    was when the page was `opened`, Refused below the least values of
    `policy.floors`, for an area that is never treated, or for somebody who is no clinician here.
    """
    if not actor.has(Role.MANAGER, Role.CLINICAL_LEAD):
        raise Refused(_("A manager or clinical lead decides what the clinic offers."))
    procedure = one(actor, procedure_id, lock=True)
    must_be_as_opened(opened, details(procedure))
    given = {
        "name": name,
        "min_depth_mm": min_depth_mm,
        "max_depth_mm": max_depth_mm,
        "areas": list(areas),
        "duration_minutes": duration_minutes,
        "interval_days": interval_days,
        "deep_interval_days": deep_interval_days,
        "cooling_off_hours": cooling_off_hours,
        "is_offered": is_offered,
    }
    changed = [field for field in KEPT if getattr(procedure, field) != given[field]]
    for field in changed:
        setattr(procedure, field, given[field])
    _keeps_to_policy(procedure)
    if set(performers) - set(possible_performers(actor)):
        raise Refused(_("Only a clinician of this site can perform a procedure."))
    if changed:
        _save(procedure, changed)
    procedure.performers.set(performers)
    who = sorted(user.pk for user in performers)
    record(
        actor=actor,
        verb="procedure.change",
        at=at,
        subject=procedure,
        changed=changed,
        performers=who,
    )
    return procedure


def details(procedure: Procedure) -> dict[str, object]:
    """What a page about the procedure edits, by field."""
    kept = {name: getattr(procedure, name) for name in KEPT}
    return {**kept, "performers": list(procedure.performers.all())}


def _keeps_to_policy(procedure: Procedure) -> None:
    least = floors(procedure.modality)
    short = (
        procedure.interval_days < least.interval_days
        or procedure.deep_interval_days < max(least.deep_interval_days, procedure.interval_days)
        or procedure.cooling_off_hours < least.cooling_off_hours
    )
    if short:
        raise Refused(_("The intervals or the cooling-off time are shorter than policy allows."))
    if NEVER_OFFERED & set(procedure.areas):
        raise Refused(_("One of these areas is never treated."))


def _save(procedure: Procedure, changed: list[str]) -> None:
    try:
        with transaction.atomic():
            procedure.save(update_fields=changed)
    except IntegrityError as error:
        raise refusal_for(error, SAID) from error
