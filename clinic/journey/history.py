"""What has happened with one client, newest first, for the foot of the client page."""

from dataclasses import dataclass

from clinic.booking.models import Appointment
from clinic.clients.models import AdverseEvent, Client
from clinic.intake.models import Submission

PAST = 10


@dataclass(frozen=True, kw_only=True)
class History:
    """The newest appointments, answer sets and adverse events of a client, at whatever site."""

    appointments: list[Appointment]
    submissions: list[Submission]
    events: list[AdverseEvent]


def history(client: Client) -> History:
    """Three queries."""
    appointments = Appointment.objects.filter(client=client).order_by("-starts_at", "-pk")
    submissions = Submission.objects.filter(client=client).order_by("-submitted_at", "-pk")
    return History(
        appointments=list(
            appointments.select_related("procedure", "practitioner", "treatment", "site")[:PAST]
        ),
        submissions=list(submissions.select_related("intake__procedure", "intake__site")[:PAST]),
        events=list(
            client.adverse_events.select_related("site").order_by("-reported_at", "-pk")[:PAST]
        ),
    )
