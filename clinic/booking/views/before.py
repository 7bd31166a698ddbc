"""What the client does before an appointment, dated back from its day; also as a page to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.accounts.access import StaffRequest, staff
from clinic.booking.facts import day_facts
from clinic.booking.models import Appointment
from clinic.booking.views.common import opened
from clinic.intake.before_visit import Place, Todo
from clinic.intake.before_visit_shown import todos
from clinic.intake.queries import with_answers

AHEAD = (Appointment.Status.BOOKED, Appointment.Status.ARRIVED, Appointment.Status.ON_HOLD)


@staff()
@require_safe
def before(request: StaffRequest, appointment_id: int) -> HttpResponse:
    """The page that the client takes home."""
    now = timezone.now()
    found = opened(request, appointment_id, at=now)
    screening = day_facts(appointment=found, at=now).booking.screening
    lines = before_the_visit(found, screening.id if screening else None, Place.PRINT)
    return render(request, "booking/before.html", {"appointment": found, "todos": lines})


def before_the_visit(found: Appointment, screening_id: int | None, *places: Place) -> list[Todo]:
    """The lines for the client of an appointment that is ahead; one query. By default those of
    the booking and of the appointment's page, which are one page here."""
    if found.status not in AHEAD or screening_id is None:
        return []
    wanted = places or (Place.BOOKING, Place.APPOINTMENT)
    return todos(with_answers(screening_id), *wanted, areas=found.areas, visit=found.local_day)
