"""The pages: what they say, what they send, and how much they ask of the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic.audit.models import Event
from clinic.booking.models import Appointment
from clinic.booking.same_day import QUESTIONS
from clinic.clients.models import Client
from clinic.consent.actions import publish_text
from clinic.consent.reading import current
from clinic.core.actor import SYSTEM
from clinic.intake.models import Clearance
from tests import factories as make
from tests.clinic.booking.conftest import SignIn
from tests.factories import MONDAY, NOW, TUESDAY, Cast
from tests.factories.days import at

ALL_NO = dict.fromkeys(QUESTIONS, "no")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def slot(cast: Cast, moment: str = "2026-06-16T10:00") -> dict[str, str]:
    return {"slot": f"{moment}/{cast.petra.pk}/{cast.room.pk}"}


@pytest.fixture
def text_published(db: None) -> None:
    """A consent text is in force: it says how long a client thinks."""
    publish_text(actor=SYSTEM, text=current(), at=NOW)


class TestTheDiary:
    def test_it_shows_who_comes_and_what_is_free(
        self, cast: Cast, maya: Client, sign_in: SignIn
    ) -> None:
        make.appointment(cast, maya)
        response = sign_in(cast.fred).get(reverse("booking:day"), {"date": "2026-06-16"})
        page = text(response)
        assert "<h1>Diary for Tuesday 16 June</h1>" in page
        assert page.index("Lena Frost") < page.index("Petra Novak") < page.index("Rosa Marsh")
        assert "Maya Lind" in page
        assert "Consent missing" in page
        for free in ("Free until 10:00", "Free until 18:00"):
            assert free in page

    def test_it_takes_the_same_queries_however_full_the_day(
        self, cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        fred, url = sign_in(cast.fred), reverse("booking:day")
        counts = []
        for number in range(2):
            for hour in range(9 + 4 * number, 13 + 4 * number):
                who = make.client(cast.riverside, first_name=f"Client {hour}")
                make.appointment(cast, who, start=at(TUESDAY, hour))
            with django_assert_max_num_queries(20) as asked:
                fred.get(url, {"date": "2026-06-16"})
            counts.append(len(asked))
        assert counts[0] == counts[1]

    @pytest.mark.parametrize("date", ["", "nonsense", "0001-01-01", "9999-12-31", "2026-02-30"])
    def test_a_day_that_cannot_be_read_is_today(
        self, cast: Cast, sign_in: SignIn, date: str
    ) -> None:
        response = sign_in(cast.fred).get(reverse("booking:day"), {"date": date})
        assert "Diary for Monday 1 June" in text(response)

    def test_reading_it_is_written_down(self, cast: Cast, maya: Client, sign_in: SignIn) -> None:
        make.appointment(cast, maya)
        sign_in(cast.audra).get(reverse("booking:day"), {"date": "2026-06-16"})
        assert Event.objects.get(verb="booking.day").detail == {"clients": [maya.pk]}


class TestBooking:
    def url(self, held: Clearance) -> str:
        return reverse("booking:book", args=[held.client_id, held.procedure_id])

    @pytest.mark.usefixtures("text_published")
    def test_free_times_come_first_and_one_press_books(
        self, cast: Cast, held: Clearance, sign_in: SignIn
    ) -> None:
        fred = sign_in(cast.fred)
        page = text(fred.get(self.url(held), {"from": "2026-06-01"}))
        assert "Wednesday 3 June" in page
        assert f'value="2026-06-03T09:00/{cast.lena.pk}/{cast.room.pk}"' in page
        assert "2026-06-02T" not in page, "a first session leaves 48 hours to think"
        response = fred.post(self.url(held), slot(cast))
        made = Appointment.objects.get()
        assert response["Location"] == reverse("booking:appointment", args=[made.pk])
        assert (made.starts_at, made.practitioner) == (at(TUESDAY, 10), cast.petra)

    def test_the_day_wished_for_comes_first_and_earlier_ones_are_a_button_away(
        self, cast: Cast, held: Clearance, sign_in: SignIn
    ) -> None:
        fred = sign_in(cast.fred)
        page = text(fred.get(self.url(held)))
        assert "Tuesday 16 June" in page
        assert "2026-06-15T" not in page
        assert "Earlier" in page

    @pytest.mark.usefixtures("text_published")
    def test_a_wish_that_cannot_be_met_offers_the_first_day_that_can(
        self, cast: Cast, maya: Client, sign_in: SignIn
    ) -> None:
        late = make.screening(maya, cast.pen, planned_date=MONDAY + timedelta(days=60))
        held = make.clearance(maya, cast.pen, screening=late)
        assert "Wednesday 3 June" in text(sign_in(cast.fred).get(self.url(held)))

    def test_it_says_that_the_client_must_have_time_to_think(
        self, cast: Cast, maya: Client, held: Clearance, sign_in: SignIn, monday: Any
    ) -> None:
        assert "The consent text has not been given yet." in text(
            sign_in(cast.fred).get(self.url(held))
        )
        make.consent(cast, maya, held.screening)
        assert "time to think the consent over until" in text(
            sign_in(cast.fred).get(self.url(held))
        )
        monday.move_to(NOW + timedelta(hours=49))
        page = text(sign_in(cast.fred).get(self.url(held)))
        assert "Free times" in page
        assert "think" not in page

    @pytest.mark.usefixtures("text_published")
    def test_no_time_before_the_time_to_think_is_over_is_offered_or_sold(
        self, cast: Cast, maya: Client, held: Clearance, sign_in: SignIn
    ) -> None:
        fred = sign_in(cast.fred)
        page = text(fred.get(self.url(held), {"from": "2026-06-01"}))
        assert "Given now, the time to think ends Wednesday 3 June at 09:00." in page
        response = fred.post(self.url(held), slot(cast, "2026-06-03T08:59"))
        assert response.status_code == 409
        assert not Appointment.objects.exists()
        fred.post(self.url(held), slot(cast, "2026-06-03T09:00"))
        assert Appointment.objects.get().starts_at == at(MONDAY + timedelta(days=2), 9)

    def test_a_longer_time_to_think_of_the_clinic_counts_as_well(
        self, cast: Cast, held: Clearance, sign_in: SignIn
    ) -> None:
        cast.pen.cooling_off_hours = 100
        cast.pen.save()
        fred = sign_in(cast.fred)
        assert fred.post(self.url(held), slot(cast, "2026-06-05T12:30")).status_code == 409
        assert fred.post(self.url(held), slot(cast, "2026-06-05T13:00")).status_code == 302

    def test_once_the_text_was_given_its_own_time_counts(
        self, cast: Cast, maya: Client, held: Clearance, sign_in: SignIn, monday: Any
    ) -> None:
        given = make.consent(cast, maya, held.screening)
        fred = sign_in(cast.fred)
        first = timezone.localtime(given.cooling_off_until)
        too_early = slot(cast, f"{first - timedelta(minutes=30):%Y-%m-%dT%H:%M}")
        assert fred.post(self.url(held), too_early).status_code == 409
        monday.move_to(NOW + timedelta(hours=72))
        soon = slot(cast, f"{at(MONDAY + timedelta(days=3), 9, 30):%Y-%m-%dT%H:%M}")
        assert fred.post(self.url(held), soon).status_code == 302, "it is over: today is free"

    def test_a_page_stays_small_and_asks_little(
        self,
        cast: Cast,
        held: Clearance,
        sign_in: SignIn,
        django_assert_max_num_queries: Any,
    ) -> None:
        fred = sign_in(cast.fred)
        with django_assert_max_num_queries(22):
            response = fred.get(self.url(held))
        assert len(response.content) < 100_000

    def test_taken_times_are_not_offered(
        self, cast: Cast, held: Clearance, sign_in: SignIn
    ) -> None:
        nadia = make.client(cast.riverside, first_name="Nadia")
        make.appointment(cast, nadia, start=at(TUESDAY, 10))
        fred = sign_in(cast.fred)
        page = text(fred.get(self.url(held), {"with": str(cast.petra.pk), "from": "2026-06-16"}))
        offered = f"/{cast.petra.pk}/"
        assert f'value="2026-06-16T09:00{offered}' in page
        assert f'value="2026-06-16T11:00{offered}' in page
        for taken in ("09:30", "10:00", "10:30"):
            assert f'value="2026-06-16T{taken}' not in page

    def test_somebody_was_faster(self, cast: Cast, held: Clearance, sign_in: SignIn) -> None:
        fred = sign_in(cast.fred)
        nadia = make.client(cast.riverside, first_name="Nadia")
        make.appointment(cast, nadia)
        response = fred.post(self.url(held), slot(cast))
        assert response.status_code == 409
        assert "Somebody else has just taken this time" in text(response)
        assert "Free times" in text(response)

    @pytest.mark.parametrize(
        "value",
        [
            "",
            "x",
            "2026-06-16T10:00/1",
            "2026-06-16T10:00/x/y",
            "9999-12-31T23:59/1/1",
            "2026-06-16T10:00+02:00/1/1",
        ],
    )
    def test_a_crafted_time_is_told_in_words(
        self, cast: Cast, held: Clearance, sign_in: SignIn, value: str
    ) -> None:
        response = sign_in(cast.fred).post(self.url(held), {"slot": value})
        assert response.status_code == 400
        assert "Please choose" in text(response)

    @pytest.mark.parametrize("who", ["fred", "hana"])
    def test_a_crafted_practitioner_is_told_in_words(
        self, cast: Cast, held: Clearance, sign_in: SignIn, who: str
    ) -> None:
        crafted = {"slot": f"2026-06-16T10:00/{getattr(cast, who).pk}/{cast.room.pk}"}
        response = sign_in(cast.fred).post(self.url(held), crafted)
        assert response.status_code == 409
        assert not Appointment.objects.exists()

    @pytest.mark.parametrize(
        ("findings", "words"),
        [
            ([{}], "A practitioner must look at the answers of Maya Lind first"),
            ([{"level": 4, "override_by": "never"}], "Nobody may override it"),
        ],
    )
    def test_who_may_not_be_booked_is_not_by_any_request(
        self, cast: Cast, maya: Client, sign_in: SignIn, findings: Any, words: str
    ) -> None:
        make.screening(maya, cast.pen, findings=findings)
        fred = sign_in(cast.fred)
        url = reverse("booking:book", args=[maya.pk, cast.pen.pk])
        page = text(fred.get(url))
        assert words in page
        assert 'name="slot"' not in page
        response = fred.post(url, slot(cast))
        assert response.status_code == 409
        assert not Appointment.objects.exists()

    def test_a_new_client_is_led_to_the_questions(
        self, cast: Cast, maya: Client, sign_in: SignIn
    ) -> None:
        page = text(sign_in(cast.fred).get(reverse("booking:book", args=[maya.pk, cast.pen.pk])))
        assert "has not answered the health questions yet" in page
        assert reverse("intake:start", args=[maya.pk]) in page

    def test_the_first_suitable_day_is_shown_first(
        self, cast: Cast, maya: Client, sign_in: SignIn
    ) -> None:
        make.clearance(maya, cast.pen, valid_from=TUESDAY)
        page = text(sign_in(cast.fred).get(reverse("booking:book", args=[maya.pk, cast.pen.pk])))
        assert "2026-06-15T" not in page
        assert "2026-06-16T09:00" in page


class TestOneAppointment:
    def test_it_says_what_is_missing(self, cast: Cast, maya: Client, sign_in: SignIn) -> None:
        booked = make.appointment(cast, maya)
        page = text(sign_in(cast.fred).get(reverse("booking:appointment", args=[booked.pk])))
        assert "Maya Lind has not signed the consent" in page
        assert "Maya Lind is not checked in" in page
        assert "Start the treatment" not in page

    def test_a_hold_is_explained_and_can_be_booked_again(
        self, cast: Cast, maya: Client, held: Clearance, sign_in: SignIn
    ) -> None:
        booked = make.appointment(cast, maya, held=held)
        Clearance.objects.filter(pk=held.pk).update(
            ended_at=NOW, ended_by="Petra Novak", ended_cause="A new medicine."
        )
        fred, url = sign_in(cast.fred), reverse("booking:appointment", args=[booked.pk])
        page = text(fred.get(url))
        assert "On hold" in page
        assert "A new medicine." in page
        assert "Confirm the answers again" in page
        held.screening.__class__.objects.filter(pk=held.screening_id).update(
            ended_at=NOW, ended_by="Petra Novak", ended_cause="A new medicine."
        )
        fresh = make.clearance(maya, cast.pen)
        assert "can be booked again" in text(fred.get(url))
        response = fred.post(reverse("booking:move", args=[booked.pk]), slot(cast))
        assert response["Location"] == url
        booked.refresh_from_db()
        assert (booked.status, booked.clearance_id) == ("BOOKED", fresh.pk)

    @pytest.mark.usefixtures("text_published")
    def test_moving_into_the_time_to_think_is_refused_as_booking_is(
        self, cast: Cast, maya: Client, sign_in: SignIn
    ) -> None:
        booked = make.appointment(cast, maya)
        fred, url = sign_in(cast.fred), reverse("booking:move", args=[booked.pk])
        assert "2026-06-02T" not in text(fred.get(url, {"from": "2026-06-01"}))
        response = fred.post(url, slot(cast, "2026-06-02T10:00"))
        assert response.status_code == 409
        assert "time to think" in text(response)
        booked.refresh_from_db()
        assert booked.starts_at == at(TUESDAY, 10)

    def test_moving(self, cast: Cast, maya: Client, sign_in: SignIn) -> None:
        booked = make.appointment(cast, maya)
        fred, url = sign_in(cast.fred), reverse("booking:move", args=[booked.pk])
        page = text(fred.get(url, {"from": "2026-06-16"}))
        assert "2026-06-16T10:00" in page, "its own time does not stand in its way"
        fred.post(url, slot(cast, "2026-06-17T14:30"))
        booked.refresh_from_db()
        assert booked.starts_at == at(TUESDAY + timedelta(days=1), 14, 30)

    def test_it_asks_little(
        self,
        cast: Cast,
        maya: Client,
        sign_in: SignIn,
        django_assert_max_num_queries: Any,
    ) -> None:
        booked = make.appointment(cast, maya)
        fred = sign_in(cast.fred)
        with django_assert_max_num_queries(20):
            fred.get(reverse("booking:appointment", args=[booked.pk]))
