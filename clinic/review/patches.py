"""Patch tests: writing one down, and how it was read. Each verb is one transaction."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When
from django.utils.translation import gettext_lazy as _

from clinic.audit.record import record
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.intake.actions import lock_client
from clinic.intake.models import Clearance
from clinic.review import wording
from clinic.review.models import PatchReading, PatchTest

REACTED, GOOD = PatchReading.Result.REACTED, PatchReading.Result.GOOD
NOT_ASKED = _("No patch test was asked for here, or the clearance has ended.")
NOT_THAT_DAY = _("Choose a day that is not in the future, and not before the patch test.")


def patch_good() -> Case:
    """Beside each clearance of a query: whether a patch test was read as good and none reacted."""
    readings = PatchReading.objects.filter(patch__clearance=OuterRef("pk"))
    return Case(
        When(Exists(readings.filter(result=REACTED)), then=Value(False)),
        When(Exists(readings.filter(result=GOOD)), then=Value(True)),
        default=None,
        output_field=BooleanField(null=True),
    )


def reacted() -> Exists:
    """Beside each decision of a query: whether a patch test of its clearance reacted."""
    return Exists(
        PatchReading.objects.filter(result=REACTED, patch__clearance__decision_id=OuterRef("pk"))
    )


@transaction.atomic
def record_patch(
    *,
    actor: Actor,
    clearance: Clearance,
    area: str,
    what: str,
    done_on: date,
    at: datetime,
    today: date,
) -> PatchTest:
    """Write down a patch test: on which cleared area, with what, when. Raises Refused."""
    held = _lock(actor, clearance)
    if not held.patch_test_first:
        raise Refused(NOT_ASKED)
    if area not in held.areas:
        raise Refused(_("Choose an area that is cleared."))
    if not held.granted_at.date() <= done_on <= today:
        raise Refused(_("Choose a day since the decision, not in the future."))
    made = PatchTest.objects.create(
        clearance=held,
        client_id=held.client_id,
        area=area,
        what=what.strip(),
        done_on=done_on,
        at=at,
        **acted_by(actor),
    )
    record(actor=actor, verb="patch.record", at=at, subject=made, client_id=held.client_id)
    return made


@transaction.atomic
def read_patch(
    *,
    actor: Actor,
    patch: PatchTest,
    result: str,
    read_on: date,
    note: str,
    at: datetime,
    today: date,
) -> PatchReading:
    """Write down how the skin was. A reaction ends the clearance and brings the case back to
    review: a promise of the database. Raises Refused."""
    held = _lock(actor, patch.clearance)
    if not patch.done_on <= read_on <= today:
        raise Refused(NOT_THAT_DAY)
    made = PatchReading.objects.create(
        patch=patch, read_on=read_on, result=result, note=note.strip(), at=at, **acted_by(actor)
    )
    record(
        actor=actor,
        verb="patch.read",
        at=at,
        subject=made,
        client_id=held.client_id,
        result=result,
    )
    return made


def _lock(actor: Actor, clearance: Clearance) -> Clearance:
    if not actor.is_clinical:
        raise Refused(wording.NOT_A_CLINICIAN)
    lock_client(clearance.client_id)
    held = Clearance.objects.get(pk=clearance.pk)
    if not held.live:
        raise Refused(NOT_ASKED)
    return held
