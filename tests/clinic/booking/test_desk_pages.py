"""Check-in, cancelling and not coming, as pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from time_machine import Traveller

from clinic.booking.models import Appointment, CheckIn
from clinic.booking.same_day import QUESTIONS
from clinic.clients.models import Client
from tests import factories as make
from tests.clinic.booking.conftest import SignIn
from tests.factories import Cast

ALL_NO = dict.fromkeys(QUESTIONS, "no")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def slot(cast: Cast, moment: str = "2026-06-16T10:00") -> dict[str, str]:
    return {"slot": f"{moment}/{cast.petra.pk}/{cast.room.pk}"}


class TestCheckIn:
    @pytest.fixture
    def booked(self, cast: Cast, maya: Client, monday: Traveller) -> Appointment:
        made = make.appointment(cast, maya)
        monday.move_to(made.starts_at)
        return made

    def url(self, booked: Appointment) -> str:
        return reverse("booking:check_in", args=[booked.pk])

    def test_nothing_is_preselected(self, cast: Cast, booked: Appointment, sign_in: SignIn) -> None:
        page = text(sign_in(cast.fred).get(self.url(booked)))
        assert "12 April 1990" in page
        assert page.count('type="radio"') == 3 * len(QUESTIONS)
        assert "checked" not in page.replace("checked in", "")

    def test_all_no_and_the_client_is_here(
        self, cast: Cast, booked: Appointment, sign_in: SignIn
    ) -> None:
        fred = sign_in(cast.fred)
        response = fred.post(self.url(booked), ALL_NO | {"identity_confirmed": "on"}, follow=True)
        assert "Maya Lind is checked in." in text(response)
        booked.refresh_from_db()
        assert booked.status == "ARRIVED"
        again = fred.post(self.url(booked), ALL_NO | {"identity_confirmed": "on"})
        assert (again.status_code, CheckIn.objects.count()) == (409, 1)

    @pytest.mark.parametrize("left_out", [*QUESTIONS, "identity_confirmed"])
    def test_a_blank_is_told_beside_its_field_and_nothing_is_lost(
        self, cast: Cast, booked: Appointment, sign_in: SignIn, left_out: str
    ) -> None:
        given = ALL_NO | {"identity_confirmed": "on"}
        del given[left_out]
        page = text(sign_in(cast.fred).post(self.url(booked), given))
        assert page.count(" checked") == len(given)
        assert "Please ask this" in page or "Ask for name" in page
        assert not CheckIn.objects.exists()

    def test_something_new_leads_to_the_answers(
        self, cast: Cast, booked: Appointment, sign_in: SignIn
    ) -> None:
        given = ALL_NO | {"identity_confirmed": "on", "cold_sore": "not_sure"}
        response = sign_in(cast.fred).post(self.url(booked), given, follow=True)
        page = text(response)
        assert "on hold" in page
        assert "Cold sore: not sure" in page
        amend = reverse("intake:amend", args=[booked.client_id, booked.procedure_id])
        assert amend in page

    def test_not_on_another_day(
        self, cast: Cast, booked: Appointment, sign_in: SignIn, monday: Traveller
    ) -> None:
        monday.move_to(booked.starts_at + timedelta(days=1))
        fred = sign_in(cast.fred)
        assert "not today" in text(fred.get(self.url(booked)))
        response = fred.post(self.url(booked), ALL_NO | {"identity_confirmed": "on"})
        assert response.status_code == 409


class TestLeaving:
    def test_cancelling_needs_a_reason(self, cast: Cast, maya: Client, sign_in: SignIn) -> None:
        booked = make.appointment(cast, maya)
        fred, url = sign_in(cast.fred), reverse("booking:cancel", args=[booked.pk])
        assert "Please say why" in text(fred.post(url, {"cause": " "}))
        page = text(fred.post(url, {"cause": "Client called."}, follow=True))
        assert "The appointment is cancelled." in page
        assert "Client called." in page
        assert fred.post(url, {"cause": "Again."}).status_code == 409

    def test_not_coming_is_written_down_after_the_start(
        self, cast: Cast, maya: Client, sign_in: SignIn, monday: Traveller
    ) -> None:
        booked = make.appointment(cast, maya)
        fred, url = sign_in(cast.fred), reverse("booking:no_show", args=[booked.pk])
        assert fred.post(url).status_code == 409
        monday.move_to(booked.starts_at + timedelta(minutes=20))
        assert "did not come" in text(sign_in(cast.fred).post(url, follow=True)).lower()
        booked.refresh_from_db()
        assert booked.status == "NO_SHOW"
