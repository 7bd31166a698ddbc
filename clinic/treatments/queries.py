"""Treatments and their records, always inside the actor's own site."""

from django.db.models import Prefetch, QuerySet

from clinic.booking.models import Appointment
from clinic.consent.models import Consent
from clinic.core.actor import Actor
from clinic.review.models import FindingDecision
from clinic.treatments.models import Deviation, TreatedArea, Treatment, TreatmentRecord

_AROUND = ("client", "site", "procedure", "practitioner", "clearance__screening")


def appointment(actor: Actor, appointment_id: int) -> Appointment:
    """One appointment with what its treatment rests on. Raises Appointment.DoesNotExist."""
    return (
        Appointment.objects.filter(site_id=actor.at_site)
        .select_related(*_AROUND, "treatment__practitioner", "room")
        .get(pk=appointment_id)
    )


def in_scope(actor: Actor) -> QuerySet[Treatment]:
    """The treatments of the actor's site."""
    return Treatment.objects.filter(site_id=actor.at_site)


def treatment(actor: Actor, treatment_id: int) -> Treatment:
    """One treatment with its appointment and client. Raises Treatment.DoesNotExist."""
    return (
        in_scope(actor)
        .select_related(*(f"appointment__{name}" for name in _AROUND))
        .select_related("client", "site", "procedure", "practitioner")
        .get(pk=treatment_id)
    )


def treatment_to_sign(actor: Actor, treatment_id: int) -> Treatment:
    """One treatment, held against being signed meanwhile. Raises Treatment.DoesNotExist."""
    rows = in_scope(actor).select_for_update(of=("self",), no_key=True)
    return rows.select_related("procedure", "practitioner").get(pk=treatment_id)


def review_notes(booked: Appointment) -> list[FindingDecision]:
    """What the clinicians who cleared it wrote about each flagged answer."""
    decision_id = booked.clearance.decision_id
    if decision_id is None:
        return []
    rows = FindingDecision.objects.filter(decision_id=decision_id)
    return list(rows.select_related("finding", "decision").order_by("finding__position"))


def started(booked: Appointment) -> Treatment | None:
    """The treatment of an appointment, if one has begun."""
    return getattr(booked, "treatment", None)


def records(of: Treatment) -> list[TreatmentRecord]:
    """Every record of a treatment with its areas: the one that holds first, then the earlier."""
    return list(_whole(TreatmentRecord.objects.filter(treatment=of)).order_by("-pk"))


def record(actor: Actor, record_id: int) -> TreatmentRecord:
    """One record with its treatment. Raises TreatmentRecord.DoesNotExist."""
    return (
        _whole(TreatmentRecord.objects.filter(treatment__site_id=actor.at_site))
        .select_related(
            "client",
            "superseded_by",
            "treatment__site",
            "treatment__procedure",
            "treatment__appointment__clearance__screening__submission",
        )
        .get(pk=record_id)
    )


def correction_of(record_id: int) -> TreatmentRecord | None:
    """The record that stands in the place of this one, if it was corrected."""
    return TreatmentRecord.objects.filter(supersedes_id=record_id).only("signed_at").first()


def is_superseded(row: TreatmentRecord) -> bool:
    """Whether a correction stands in its place."""
    return getattr(row, "superseded_by", None) is not None


def _whole(rows: QuerySet[TreatmentRecord]) -> QuerySet[TreatmentRecord]:
    areas = Prefetch("areas", TreatedArea.objects.order_by("pk"))
    deviations = Prefetch("deviations", Deviation.objects.select_related("seen").order_by("pk"))
    return rows.select_related("signed_by").prefetch_related(areas, deviations)


def deviations(actor: Actor) -> QuerySet[Deviation]:
    """What was done otherwise than cleared at the actor's site, newest first."""
    return (
        Deviation.objects.filter(record__treatment__site_id=actor.at_site)
        .select_related(
            "record__client", "record__signed_by", "record__treatment__procedure", "seen__seen_by"
        )
        .order_by("-pk")
    )


def deviation(actor: Actor, deviation_id: int) -> Deviation:
    """One deviation in scope. Raises Deviation.DoesNotExist."""
    return deviations(actor).get(pk=deviation_id)


def unseen_count(actor: Actor) -> int:
    """How many deviations wait for the clinical lead. One query."""
    return deviations(actor).filter(seen=None).count()


def earlier_records(of: Treatment) -> QuerySet[TreatmentRecord]:
    """The records that hold of the client's sessions before this one, newest first."""
    return (
        TreatmentRecord.objects.filter(
            client_id=of.client_id,
            superseded_by=None,
            voids=False,
            treatment__started_at__lt=of.started_at,
        )
        .select_related("treatment__procedure")
        .prefetch_related("areas")
        .order_by("-treatment__started_at")
    )


def sessions_done(client_id: int, procedure_id: int) -> int:
    """How many sessions of a procedure the client has a record of."""
    return TreatmentRecord.objects.filter(
        client_id=client_id,
        treatment__procedure_id=procedure_id,
        superseded_by=None,
        voids=False,
    ).count()


def consent_in_force(booked: Appointment) -> Consent | None:
    """The live consent of the appointment's client and procedure."""
    return Consent.objects.filter(
        client_id=booked.client_id, procedure_id=booked.procedure_id, live=True
    ).first()
