"""Why something cannot be booked, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext_lazy as _

from clinic.booking.verdicts import Answer
from clinic.core.errors import Refused, refusal_for


class NotBookable(Refused):
    """The gate says no; `answer` says why."""

    def __init__(self, answer: Answer, message: object) -> None:
        super().__init__(message)
        self.answer = answer


class SlotTaken(Refused):
    """Somebody else has the practitioner or the room at that time."""


TAKEN = {
    "a_practitioner_is_in_one_place": _(
        "Somebody else has just taken this time. Please choose another one."
    ),
    "a_room_is_used_once": _("The room is in use at that time. Please choose another time."),
}
PROMISES = {
    "a_live_appointment_holds_a_live_clearance": _(
        "The clearance has just ended, so this cannot be booked. Please look at the reasons."
    ),
    "a_live_appointment_is_inside_its_clearance": _(
        "The clearance does not cover this day or this depth."
    ),
    "numbing_only_as_cleared": _("Numbing was not cleared for this client."),
    "an appointment waits for what was told": _(
        "Something was told that the answers do not know yet. Please look at the reasons."
    ),
    "a patch test with a good result comes first": _(
        "A patch test with a good result comes first."
    ),
    "an area that is not cleared": _("One of the areas was not cleared for this client."),
    "a_live_appointment_has_no_open_adverse_event": _(
        "An adverse event has just been reported. Nothing can be booked until it is closed."
    ),
    "the_skin_rests_between_sessions": _(
        "The skin needs its rest between sessions. Please choose another day."
    ),
    "a_running_treatment_holds_a_live_appointment": _(
        "The treatment is running. The practitioner ends it first."
    ),
    "the_rest_is_at_least_28_days": _("The skin rests at least 28 days between sessions."),
}
BUSY = _("Somebody else is booking at this moment. Nothing was changed; please try again.")


@contextmanager
def told() -> Iterator[None]:
    """Say a broken promise in words: `SlotTaken` or `Refused`. Put it outside the transaction."""
    try:
        yield
    except IntegrityError as error:
        if any(name in str(error) for name in TAKEN):
            raise SlotTaken(refusal_for(error, TAKEN).message) from error
        raise refusal_for(error, PROMISES) from error
    except OperationalError as error:
        # Waited too long for a lock, or the server ended a circle of waiting.
        if getattr(error.__cause__, "sqlstate", "") in ("55P03", "40P01"):
            raise SlotTaken(BUSY) from error
        raise
