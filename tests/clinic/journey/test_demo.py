"""The demo looks like a real clinic: everybody there, every state, no promise broken."""

from datetime import datetime

from django.db import connection
from django.db.models import Count

from aftercare.models import IssuedSheet
from clinic.accounts.models import Membership, Site, User
from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.clients.models import AdverseEvent, Client, ClientLink
from clinic.clients.queries import possible_duplicates
from clinic.consent.models import Consent, ConsentDocument
from clinic.core.actor import SYSTEM, Role
from clinic.intake.models import Intake, Level, Screening
from clinic.journey.demo.running import MARK, Made
from clinic.review.models import Decision
from clinic.treatments.models import Treatment, TreatmentRecord
from tests.clinic.journey.demo import CLIENTS, demo, now

__all__ = ["demo", "now"]

Status = Appointment.Status


def test_every_role_is_there_at_every_site(demo: Made) -> None:
    held = {(one.site.name, one.role) for one in Membership.objects.select_related("site")}
    assert held == {(site, role.value) for site in ("Riverside", "Hilltop") for role in Role}


def test_everybody_can_be_called_and_nobody_real_is_reached(demo: Made) -> None:
    assert Client.objects.count() == CLIENTS
    assert all(site.emergency_phone.startswith("020 7946 0") for site in Site.objects.all())
    assert all(
        client.email.endswith(("@example.com", ""))
        and (not client.phone or client.phone.startswith(("07700 900", "01632 960")))
        for client in Client.objects.all()
    )
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_today_has_clients_in_every_state_at_both_sites(demo: Made) -> None:
    found = set(Appointment.objects.filter(local_day=demo.day).values_list("site__name", "status"))
    everywhere = {Status.DONE, Status.IN_TREATMENT, Status.ARRIVED, Status.BOOKED, Status.ON_HOLD}
    assert found >= {
        (site, state.value) for site in ("Riverside", "Hilltop") for state in everywhere
    }
    assert set(Appointment.objects.values_list("status", flat=True)) == set(Status.values)


def test_one_client_is_known_at_both_sites(demo: Made) -> None:
    both = Client.objects.annotate(sites=Count("seen_at")).get(sites=2)
    assert not both.event_free
    assert set(both.seen_at.values_list("site__name", flat=True)) == {"Riverside", "Hilltop"}
    assert Event.objects.get(verb="client.link").client_id == both.pk


def test_there_are_days_before_and_after(demo: Made) -> None:
    days = list(Appointment.objects.values_list("local_day", flat=True))
    assert min(days) < demo.day < max(days)
    assert all(day == demo.day or day.weekday() != 6 for day in days)
    assert TreatmentRecord.objects.filter(treatment__session_number=3).exists()


def test_every_level_and_every_decision_is_there(demo: Made) -> None:
    assert set(Screening.objects.values_list("level", flat=True)) == set(Level.values)
    assert set(Decision.objects.values_list("outcome", flat=True)) == set(Decision.Outcome.values)
    assert Decision.objects.filter(needs_confirmation=True, confirmation=None).exists()
    assert Decision.objects.filter(confirmation__agreed=True).exists()
    assert Screening.objects.filter(live=True, hard_stop=True, decisions=None).exists()


def test_the_flagged_case_of_the_journey_waits_at_both_sites(demo: Made) -> None:
    waiting = Screening.objects.filter(
        live=True,
        decisions=None,
        submission__answers__rosacea="calm",
        submission__answers__topical_actives="yes",
    )
    assert set(waiting.values_list("site__name", flat=True)) == {"Riverside", "Hilltop"}


def test_consent_stands_in_every_way(demo: Made) -> None:
    assert set(Consent.objects.values_list("end_kind", flat=True)) == set(Consent.End.values)
    live = Consent.objects.filter(live=True)
    assert live.filter(signatures=None).exists()
    assert live.filter(signatures__kind="CLIENT").exclude(signatures__kind="PRACTITIONER").exists()
    assert ConsentDocument.objects.filter(signatures=2).exists()


def test_things_go_wrong_and_are_closed(demo: Made) -> None:
    assert set(AdverseEvent.objects.values_list("live", flat=True)) == {True, False}
    assert Treatment.objects.exclude(stopped_cause="").exists()
    assert Intake.objects.filter(submitted_at=None).exclude(answers={}).exists()


def test_todays_finished_treatments_have_their_sheet(demo: Made) -> None:
    done = TreatmentRecord.objects.filter(performed_on=demo.day)
    assert done.exists()
    assert set(IssuedSheet.objects.values_list("record", flat=True)) >= set(
        done.values_list("pk", flat=True)
    )


def test_names_are_written_as_people_write_them(demo: Made) -> None:
    names = [client.full_name for client in Client.objects.all()]
    assert any(not name.isascii() for name in names)
    twins = Client.objects.filter(last_name="Hughes", date_of_birth="1988-02-29")
    assert {twin.first_name for twin in twins} >= {"Katherine", "Catherine"}


def test_no_story_broke_off(demo: Made) -> None:
    assert demo.broken_off == 0


def test_no_promise_of_the_database_is_left_open(demo: Made) -> None:
    connection.check_constraints()


def test_nothing_is_ahead_of_its_time_and_the_record_is_in_order(demo: Made, now: datetime) -> None:
    moments = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert max(moments) <= now


def test_links_open_only_with_the_seed(demo: Made) -> None:
    assert ClientLink.objects.filter(live=True).exists()
    assert not ClientLink.objects.filter(token_sha256="").exists()
    assert Event.objects.get(verb=MARK).actor_name == SYSTEM.name


def test_a_duplicate_would_be_noticed(demo: Made) -> None:
    twin = Client.objects.get(first_name="Catherine", date_of_birth="1988-02-29")
    desk = Membership.objects.get(site=twin.site, role="front_desk")
    actor = desk.user.as_actor(twin.site, frozenset({Role.FRONT_DESK}))
    known = possible_duplicates(
        actor,
        first_name="Catherine",
        last_name="Hughes",
        date_of_birth=twin.date_of_birth,
        phone="",
        email="",
    )
    assert {one.client.first_name for one in known} >= {"Catherine", "Katherine"}
