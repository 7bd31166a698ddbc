"""What the pages of the booking room begin with."""

from datetime import date, datetime

from django.http import HttpRequest

from clinic.accounts.access import StaffRequest
from clinic.booking import queries
from clinic.booking.actions.common import BOOKING_ROLES, as_shown, must_be_as_shown
from clinic.booking.forms import YEARS
from clinic.booking.models import Appointment
from clinic.clients.actions import open_record
from clinic.core.edits import fingerprint
from clinic.core.shortcuts import or_404


def opened(request: StaffRequest, appointment_id: int, *, at: datetime) -> Appointment:
    """The appointment, with the reading of its client's record written down; or a 404."""
    found = or_404(queries.appointment, request.actor, appointment_id)
    or_404(open_record, actor=request.actor, client_id=found.client_id, at=at)
    return found


def mark_of(found: Appointment) -> str:
    """What a page about the appointment sends back: how it was when the page was opened."""
    return fingerprint(as_shown(found))


def must_be_as_opened(request: StaffRequest, found: Appointment, *, at: datetime) -> None:
    """Raise `Refused`, in words, where it was changed since the page was opened."""
    must_be_as_shown(found, request.POST.get("opened", ""), at=at)


def day_given(request: HttpRequest, name: str) -> date | None:
    """A day in the address; None for none, or one that cannot be read."""
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return day if day.year in YEARS else None


def number_given(request: HttpRequest, name: str) -> int | None:
    """A number in the address; None for none, or one that cannot be read."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def may_book(request: StaffRequest) -> bool:
    return request.actor.has(*BOOKING_ROLES)
