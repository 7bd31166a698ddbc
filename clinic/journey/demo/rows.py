"""One row of every kind to show a page with, all of one site. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from clinic.accounts.models import Membership
from clinic.booking.models import Appointment
from clinic.clients.links import hash_of
from clinic.clients.models import AdverseEvent, Client, ClientLink
from clinic.consent.models import Consent
from clinic.intake.models import Intake, Level, Screening, Submission
from clinic.journey.demo.words import token
from clinic.packs.models import Draft
from clinic.procedures.models import Procedure
from clinic.review.models import Decision, PatchTest
from clinic.treatments.models import Deviation, Treatment, TreatmentRecord
from screening.models import RulePack

MOST_LINKS = 12


class NoExample(Exception):
    """The demo is too small to have such a row."""


def tokens(seed: int, clients: int) -> dict[str, str]:
    """The tokens of the demo's links, by what is kept of them."""
    every = (token(seed, index, n) for index in range(clients) for n in range(1, MOST_LINKS))
    return {hash_of(one): one for one in every}


def key(found: QuerySet[Any], name: str = "pk") -> int:
    """The key of the first. Raises NoExample."""
    pk = found.order_by("pk").values_list(name, flat=True).first()
    if pk is None:
        raise NoExample
    return int(pk)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Where to look: a site, its day, and the tokens of the links that lead there."""

    site_id: int
    today: date
    at: datetime
    tokens: dict[str, str]

    def rules(self) -> QuerySet[RulePack]:
        """Rules that were published."""
        return RulePack.objects.all()

    def drafts_of_rules(self, *, approved: bool = False) -> QuerySet[Draft]:
        """Drafts that wait: for a second person, or for their publication."""
        return Draft.objects.filter(ended_at=None, approvals__isnull=not approved)

    def clients(self) -> QuerySet[Client]:
        """Those who have been through the whole journey."""
        return Client.objects.filter(site_id=self.site_id, treatment_records__sheet__isnull=False)

    def practitioners(self) -> QuerySet[Membership]:
        return Membership.objects.filter(site_id=self.site_id, role="practitioner")

    def procedures(self) -> QuerySet[Procedure]:
        return Procedure.objects.filter(site_id=self.site_id)

    def drafts(self) -> QuerySet[Intake]:
        """Questionnaires that are being filled in."""
        return Intake.objects.filter(
            site_id=self.site_id, submitted_at=None, abandoned_at=None
        ).exclude(answers={})

    def handed_in(self) -> QuerySet[Intake]:
        """Questionnaires whose answers count."""
        return Intake.objects.filter(
            site_id=self.site_id, submission__screenings__live=True, amends=None
        )

    def screenings(self) -> QuerySet[Screening]:
        """Screenings that led to a clearance, with nothing booked on it."""
        return Screening.objects.filter(
            site_id=self.site_id, live=True, clearances__live=True, client__appointments=None
        )

    def submissions(self) -> QuerySet[Submission]:
        return Submission.objects.filter(screenings__in=self.screenings())

    def flagged(self) -> QuerySet[Screening]:
        """Cases that nobody has decided."""
        return Screening.objects.filter(
            site_id=self.site_id, live=True, level__gte=Level.REVIEW, decisions=None
        )

    def patch_tests(self) -> QuerySet[PatchTest]:
        """Patch tests that nobody has read yet."""
        return PatchTest.objects.filter(clearance__site_id=self.site_id, readings=None)

    def awaiting(self) -> QuerySet[Decision]:
        """Decisions that need a second word."""
        return Decision.objects.filter(
            site_id=self.site_id, needs_confirmation=True, confirmation=None
        )

    def consents(self, signatures: int) -> QuerySet[Consent]:
        """Consents in force with so many signatures; with two, those that have their paper."""
        found = Consent.objects.filter(site_id=self.site_id, live=True, screening__live=True)
        found = found.annotate(by=Count("signatures", distinct=True)).filter(by=signatures)
        return found.filter(documents__signatures=2) if signatures == 2 else found

    def appointments(self, status: str = Appointment.Status.BOOKED) -> QuerySet[Appointment]:
        """Today's, in one state."""
        return Appointment.objects.filter(site_id=self.site_id, local_day=self.today, status=status)

    def begun(self) -> QuerySet[Treatment]:
        """Treatments under way."""
        return Treatment.objects.filter(site_id=self.site_id, ended_at=None)

    def records(self) -> QuerySet[TreatmentRecord]:
        """Signed records with a sheet."""
        return TreatmentRecord.objects.filter(
            treatment__site_id=self.site_id, sheet__isnull=False, superseded_by=None
        )

    def deviations(self) -> QuerySet[Deviation]:
        """What was done otherwise than cleared, not yet seen by the lead."""
        return Deviation.objects.filter(record__treatment__site_id=self.site_id, seen=None)

    def events(self) -> QuerySet[AdverseEvent]:
        """Adverse events that are open."""
        return AdverseEvent.objects.filter(client__site_id=self.site_id, live=True)

    def link(self, purpose: str, wanted: QuerySet[Any], name: str = "pk") -> ClientLink:
        """The newest link that still opens to one of the wanted rows. Raises NoExample."""
        links = ClientLink.objects.filter(
            live=True,
            expires_at__gt=self.at,
            purpose=purpose,
            token_sha256__in=list(self.tokens),
            object_id__in=list(wanted.values_list(name, flat=True)),
        )
        found = links.select_related("client").order_by("-pk").first()
        if found is None:
            raise NoExample
        return found
