"""Loads what the gates look at: a fixed number of queries, for one client or for a whole day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from clinic.booking.fact_values import (
    clearance_value,
    consent_value,
    decision_value,
    plan_value,
    screening_value,
)
from clinic.booking.models import TAKES_TIME_STATUSES, Appointment, CheckIn
from clinic.booking.rest import rest_days
from clinic.booking.values import (
    BookingFacts,
    CheckInFacts,
    ConsentFacts,
    DayFacts,
    NewsFacts,
    PlanFacts,
    Session,
)
from clinic.clients.models import Client
from clinic.clients.queries import EventsHold, events_hold
from clinic.consent.models import Consent, Signature
from clinic.intake.models import Clearance, Plan, Rescreening, Screening
from clinic.intake.news_queries import news_of
from clinic.intake.news_shown import to_ask
from clinic.procedures.models import Procedure
from clinic.review.models import Decision
from clinic.review.patches import patch_good
from clinic.review.told import told_since
from screening.models import RulePack

Pair = tuple[int, int]


def booking_facts(
    *,
    client: Client,
    procedure: Procedure,
    on: date,
    plan: PlanFacts | None = None,
    depth_mm: Decimal | None = None,
    apart_from: int | None = None,
    as_cleared: bool = False,
) -> BookingFacts:
    """The facts of gate 1 for a session `on` a day. Four queries.

    `plan` defaults to what is cleared (or else screened), with `depth_mm` in its place if given.
    `apart_from` is an appointment that is being moved and does not count as another session.
    `as_cleared`: of `plan` only what is cleared now, as a session that was on hold comes back.
    """
    wanted = _Wanted(
        client=client,
        procedure=procedure,
        on=on,
        plan=plan,
        depth_mm=depth_mm,
        as_cleared=as_cleared,
    )
    return _Evidence([wanted]).facts_for(wanted, apart_from)


def day_facts(*, appointment: Appointment, at: datetime) -> DayFacts:
    """The facts of gate 2 for an appointment. Six queries."""
    return day_facts_of([appointment], at=at)[appointment.pk]


def day_facts_of(appointments: Sequence[Appointment], *, at: datetime) -> dict[int, DayFacts]:
    """The same for many appointments, by id, in the same six queries.

    Appointments come with `client` and `procedure` selected.
    """
    wanted = {a.pk: _Wanted.of(a) for a in appointments}
    evidence = _Evidence(list(wanted.values()))
    consents = _consents(list(wanted.values()))
    check_ins = _check_ins(list(wanted))
    found = {}
    for appointment in appointments:
        want = wanted[appointment.pk]
        given = consents.get(want.pair)
        found[appointment.pk] = DayFacts(
            booking=evidence.facts_for(want, appointment.pk),
            at=at,
            today=timezone.localdate(at),
            here=appointment.status == Appointment.Status.ARRIVED,
            clearance_id=appointment.clearance_id,
            consent=consent_value(given) if given else None,
            check_in=check_ins.get(appointment.pk),
        )
    return found


def consent_facts(client: Client, procedure: Procedure) -> ConsentFacts | None:
    """The newest consent of a client for a procedure. One query."""
    newest = _consents([_Wanted(client=client, procedure=procedure, on=date.max)])
    return next((consent_value(row) for row in newest.values()), None)


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    client: Client
    procedure: Procedure
    on: date
    plan: PlanFacts | None = None
    depth_mm: Decimal | None = None
    as_cleared: bool = False

    @classmethod
    def of(cls, a: Appointment) -> "_Wanted":
        return cls(client=a.client, procedure=a.procedure, on=a.local_day, plan=plan_value(a))

    @property
    def pair(self) -> Pair:
        return self.client.pk, self.procedure.pk

    @property
    def modality(self) -> str:
        return self.procedure.modality

    def planned(self, default: Plan | None) -> PlanFacts | None:
        """The plan asked for, or what is cleared or screened."""
        plan = self.plan or (plan_value(default) if default else None)
        if plan is None or self.depth_mm is None:
            return plan
        return PlanFacts(depth_mm=self.depth_mm, areas=plan.areas, anaesthetic=plan.anaesthetic)


class _Evidence:
    """The rows behind gate 1 for several clients and procedures, four queries in all, and one
    where an adverse event holds somebody."""

    def __init__(self, wanted: Sequence[_Wanted]) -> None:
        self.screenings = _screenings(wanted)
        ids = [screening.pk for screening in self.screenings.values()]
        self.decisions = _decisions(ids)
        self.clearances = _clearances(ids)
        self.sessions = _sessions({want.client.pk for want in wanted})
        known = [want.client for want in wanted]
        self.held = events_hold([*known, *(one.client for one in self.screenings.values())])

    def facts_for(self, want: _Wanted, apart_from: int | None) -> BookingFacts:
        screening = self.screenings.get(want.pair)
        key = screening.pk if screening else 0
        decision, clearance = self.decisions.get(key), self.clearances.get(key)
        plan = want.planned(clearance or screening)
        held = self.held.get(want.client.pk, EventsHold())
        if want.as_cleared and plan and clearance and clearance.live:
            plan = plan.within(plan_value(clearance))
        return BookingFacts(
            on=want.on,
            plan=plan,
            rest_days=_rest(want.procedure, plan),
            screening=screening_value(screening) if screening else None,
            decision=decision_value(decision) if decision else None,
            clearance=clearance_value(clearance) if clearance else None,
            news=_news(screening) if screening else None,
            event_open=not screening.client.event_free if screening else None,
            event_follows=held.follows,
            events_at=held.seen_from(want.procedure.site_id),
            stops_elsewhere=tuple(
                sorted(
                    other.site.name
                    for other in self.screenings.values()
                    if other.client_id == want.client.pk
                    and other.site_id != want.procedure.site_id
                    and other.procedure.modality == want.modality
                    and other.hard_stop
                    and other.live
                )
            ),
            sessions=tuple(
                Session(
                    day=other.local_day,
                    rest_until=other.rest_until,
                    where="" if other.site_id == want.procedure.site_id else other.site.name,
                )
                for other in self.sessions.get(want.client.pk, [])
                if other.pk != apart_from
            ),
        )


def _rest(procedure: Procedure, plan: PlanFacts | None) -> int:
    return rest_days(
        modality=procedure.modality,
        depth_mm=plan.depth_mm if plan else procedure.max_depth_mm,
        interval=procedure.interval_days,
        deep_interval=procedure.deep_interval_days,
    )


def _pairs(wanted: Iterable[_Wanted]) -> Q:
    pairs = Q(pk=None)
    for client, procedure in {want.pair for want in wanted}:
        pairs |= Q(client=client, procedure=procedure)
    return pairs


def _stops_elsewhere(wanted: Iterable[_Wanted]) -> Q:
    stops = Q(pk=None)
    for client, site, modality in {(w.client.pk, w.procedure.site_id, w.modality) for w in wanted}:
        stops |= Q(client=client, procedure__modality=modality) & ~Q(site=site)
    return stops & Q(hard_stop=True, ended_at=None)


def _screenings(wanted: Sequence[_Wanted]) -> dict[Pair, Screening]:
    newest = RulePack.objects.filter(name=OuterRef("pack__name")).order_by("-published_at", "-pk")
    again = Rescreening.objects.filter(screening=OuterRef("pk"), pack=OuterRef("in_force"))
    rows = (
        Screening.objects.filter(_pairs(wanted) | _stops_elsewhere(wanted))
        .select_related("client", "submission", "procedure", "site")
        .defer("result", "submission__answers", "submission__wording")
        .annotate(in_force=Subquery(newest.values("pk")[:1]))
        .annotate(told=told_since())
        .annotate(pack_current=Q(pack=F("in_force")) | Exists(again))
        .order_by("client", "procedure", F("ended_at").desc(nulls_first=True), "-pk")
        .distinct("client", "procedure")
    )
    return {(row.client_id, row.procedure_id): row for row in rows}


def _news(screening: Screening) -> NewsFacts | None:
    told: list[int] = getattr(screening, "told", [])
    return NewsFacts(questions=to_ask(news_of(told)).count) if told else None


def _decisions(screenings: list[int]) -> dict[int, Decision]:
    rows = Decision.objects.filter(screening__in=screenings, superseded_by=None)
    return {row.screening_id: row for row in rows.select_related("confirmation")}


def _clearances(screenings: list[int]) -> dict[int, Clearance]:
    rows = Clearance.objects.filter(screening__in=screenings).annotate(patch_good=patch_good())
    return {row.screening_id: row for row in rows.order_by("pk")}  # the newest of each comes last


def _sessions(clients: set[int]) -> dict[int, list[Appointment]]:
    rows = Appointment.objects.filter(client__in=clients, status__in=TAKES_TIME_STATUSES)
    found: dict[int, list[Appointment]] = {}
    columns = ("client_id", "local_day", "rest_until", "site__name")
    for row in rows.select_related("site").only(*columns):
        found.setdefault(row.client_id, []).append(row)
    return found


def _consents(wanted: Sequence[_Wanted]) -> dict[Pair, Consent]:
    signed = Signature.objects.filter(consent=OuterRef("pk"))
    rows = (
        Consent.objects.filter(_pairs(wanted))
        .annotate(
            signed=Exists(signed.filter(kind="CLIENT")),
            countersigned=Exists(signed.filter(kind="PRACTITIONER")),
            answers=F("screening__submission__answers_sha256"),
            rules=F("screening__pack"),
        )
        .select_related("text")
        .defer("content")
        .order_by("client", "procedure", F("ended_at").desc(nulls_first=True), "-pk")
        .distinct("client", "procedure")
    )
    return {(row.client_id, row.procedure_id): row for row in rows}


def _check_ins(appointments: list[int]) -> dict[int, CheckInFacts]:
    rows = (
        CheckIn.objects.filter(appointment__in=appointments)
        .order_by("appointment", "-pk")
        .distinct("appointment")
    )
    return {
        row.appointment_id: CheckInFacts(day=row.local_day, nothing_new=row.nothing_new)
        for row in rows.only("appointment_id", "local_day", "nothing_new")
    }
