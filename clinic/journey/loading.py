"""Loads where a client is, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q

from clinic.booking.fact_values import plan_value
from clinic.booking.facts import booking_facts, day_facts
from clinic.booking.gate import Answer, outstanding, to_be_done
from clinic.booking.models import LIVE_STATUSES, Appointment
from clinic.booking.offers import suitable_days
from clinic.clients.models import Client
from clinic.clients.queries import EventsHold, events_hold
from clinic.consent.models import Consent
from clinic.consent.standing import can_sign
from clinic.intake.models import Clearance, Intake, Screening
from clinic.journey.whereabouts import Agreed, Booked, Questions, Reviewed, Treated, Whereabouts
from clinic.procedures.models import Procedure
from clinic.review.queries import latest_decision
from clinic.treatments.models import Treatment


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """What is open or newest for one procedure of a client."""

    draft: Intake | None
    screening: Screening | None
    appointment: Appointment | None


def whereabouts(client: Client, *, site_id: int, at: datetime, today: date) -> Whereabouts:
    """The journey that matters now at a site: of the procedure with the newest step there."""
    procedure = _procedure(client, site_id, today)
    if procedure is None:
        held = events_hold([client]).get(client.pk, EventsHold())
        return Whereabouts(
            client_id=client.pk,
            today=today,
            event_open=not client.event_free,
            event_follows=held.follows,
            events_at=held.seen_from(site_id),
        )
    rows = _rows(client, procedure, today)
    facts = booking_facts(client=client, procedure=procedure, on=_wished(rows, today))
    clearance = Clearance.objects.filter(client=client, procedure=procedure, live=True).first()
    return Whereabouts(
        client_id=client.pk,
        today=today,
        procedure_id=procedure.pk,
        procedure=procedure.name,
        questions=_questions(rows),
        reviewed=_reviewed(rows.screening),
        bookable=to_be_done(facts),
        clear_from=clearance.valid_from if clearance else None,
        clear_until=clearance.valid_until if clearance else None,
        clearance_id=clearance.pk if clearance else 0,
        booked=_booked(rows.appointment, at, today),
        agreed=_agreed(client, procedure, at),
        treated=_treated(rows.appointment),
        event_open=not client.event_free,
        event_follows=facts.event_follows,
        events_at=facts.events_at,
        rest_until=_rest(client),
        news=facts.news,
    )


def _procedure(client: Client, site_id: int, today: date) -> Procedure | None:
    """An appointment still to come decides; else whatever was begun last."""
    here = Q(client=client, site=site_id)
    coming = Appointment.objects.filter(here, local_day__gte=today).filter(
        status__in=(*LIVE_STATUSES, "ON_HOLD")
    )
    first = coming.order_by("local_day", "pk").select_related("procedure").first()
    if first is not None:
        return first.procedure
    newest = Intake.objects.filter(here, abandoned_at=None).order_by("-started_at", "-pk")
    begun = newest.select_related("procedure").first()
    return begun.procedure if begun else None


def _rows(client: Client, procedure: Procedure, today: date) -> _Rows:
    same = Q(client=client, procedure=procedure)
    draft = Intake.objects.filter(same, submitted_at=None, abandoned_at=None).first()
    screenings = Screening.objects.filter(same, live=True).select_related("submission")
    screening = screenings.first()
    found = Appointment.objects.filter(same).exclude(status__in=["CANCELLED", "NO_SHOW"])
    # A session of an earlier round of answers belongs to the history, not to this journey.
    since = Q(local_day__gte=screening.assessment_date) if screening else Q(pk=None)
    live = Q(status__in=(*LIVE_STATUSES, "ON_HOLD"), local_day__gte=today)
    appointment = found.filter(since | live).order_by("-local_day", "-pk").first()
    return _Rows(draft=draft, screening=screening, appointment=appointment)


def _wished(rows: _Rows, today: date) -> date:
    return max(today, rows.screening.planned_date) if rows.screening else today


def _questions(rows: _Rows) -> Questions:
    draft, screening = rows.draft, rows.screening
    return Questions(
        draft_id=draft.pk if draft else None,
        draft_started=draft.started_at if draft else None,
        screening_id=screening.pk if screening else None,
        submission_id=screening.submission_id if screening else None,
        level=screening.level_name if screening else "",
        submitted_at=screening.submission.submitted_at if screening else None,
    )


def _reviewed(screening: Screening | None) -> Reviewed | None:
    newest = latest_decision(screening) if screening else None
    if newest is None:
        return None
    return Reviewed(
        outcome=newest.outcome,
        decided_at=newest.decided_at,
        decided_name=newest.decided_name,
        awaiting=newest.needs_confirmation and not hasattr(newest, "confirmation"),
        decision_id=newest.pk,
    )


def _booked(appointment: Appointment | None, at: datetime, today: date) -> Booked | None:
    if appointment is None:
        return None
    live, held = appointment.status in LIVE_STATUSES, appointment.status == "ON_HOLD"
    change = appointment.changes.order_by("-pk").first()
    last = appointment.check_ins.aggregate(at=Max("at"))["at"]
    return Booked(
        id=appointment.pk,
        status=appointment.status,
        starts_at=appointment.starts_at,
        day=appointment.local_day,
        hold_cause=change.cause if change and held else "",
        can_be_rebooked=held and _fits_again(appointment, today),
        missing=_outstanding(appointment, at) if live else (),
        checked_in_at=last if appointment.status != "BOOKED" else None,
    )


def _fits_again(held: Appointment, today: date) -> bool:
    facts = booking_facts(
        client=held.client,
        procedure=held.procedure,
        on=today,
        plan=plan_value(held),
        apart_from=held.pk,
        as_cleared=True,
    )
    return bool(suitable_days(facts, today))


def _outstanding(appointment: Appointment, at: datetime) -> tuple[Answer, ...]:
    facts = day_facts(appointment=appointment, at=at)
    return tuple(outstanding(facts, starts_at=appointment.starts_at))


def _agreed(client: Client, procedure: Procedure, at: datetime) -> Agreed | None:
    found = Consent.objects.filter(client=client, procedure=procedure).defer("content")
    newest = found.order_by("-pk").first()
    if newest is None:
        return None
    signed = dict(newest.signatures.values_list("kind", "signed_at"))
    return Agreed(
        id=newest.pk,
        made_at=newest.prepared_at,
        given=newest.given_at is not None,
        thinking=newest.given_at is not None and not can_sign(newest.cooling_off_until, at),
        signed_at=signed.get("CLIENT"),
        countersigned_at=signed.get("PRACTITIONER"),
        end=newest.end_kind,
    )


def _treated(appointment: Appointment | None) -> Treated | None:
    started = Treatment.objects.filter(appointment=appointment).first() if appointment else None
    if started is None:
        return None
    # The sheet belongs to the aftercare app above; its rows are reached by name, not imported.
    records = started.records.filter(superseded_by=None)
    found = records.values("pk", "sheet__pk", "sheet__issued_at").first()
    record: dict[str, Any] = dict(found or {})
    return Treated(
        id=started.pk,
        started_at=started.started_at,
        ended_at=started.ended_at,
        record_id=record.get("pk"),
        sheet_id=record.get("sheet__pk"),
        sheet_at=record.get("sheet__issued_at"),
    )


def _rest(client: Client) -> date | None:
    done = Appointment.objects.filter(client=client, status="DONE")
    until: date | None = done.aggregate(until=Max("rest_until"))["until"]
    return until
