"""One client who was given the consent text on Monday 1 June 2026 at 09:00."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from clinic.clients.models import Client
from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.reading import current
from clinic.consent.saying import CAPACITY, Beside
from clinic.core.actor import SYSTEM, Actor
from clinic.intake.models import Screening
from tests.factories import MONDAY, NOW, Cast, client, screening

DRAWN: list[list[dict[str, float]]] = [
    [{"x": 10.0 + 9 * n, "y": 40.0 + (n % 3) * 12, "time": 16.0 * n} for n in range(14)]
]
# Answers to every question that the text looks at; the tests change what they are about.
ANSWERS: dict[str, Any] = {
    "dob": "1990-04-12",
    "phototype": "II",
    "skin_disease": [],
    "blood_thinner": "no",
    "other_medicines": "none",
    "steroid_tablets": "no",
    "photosensitiser": "no",
    "immune_weak": "no",
    "isotretinoin": "never",
    "cancer_treatment": "never",
    "anaesthetic_risk": [],
    "hsv_history": "no",
    "cold_sore_state": "none",
    "diabetes": "no",
    "unwell": "no",
}


@pytest.fixture
def maya(cast: Cast) -> Client:
    return client(cast.riverside)


@pytest.fixture
def published(cast: Cast) -> None:
    actions.publish_text(actor=SYSTEM, text=current(), at=NOW - timedelta(days=30))


@pytest.fixture
def screened(cast: Cast, maya: Client) -> Screening:
    return screening(maya, cast.pen, answers=ANSWERS)


@pytest.fixture
def given(cast: Cast, screened: Screening, published: None) -> Consent:
    return give(cast, screened)


def give(cast: Cast, screened: Screening, *, at: datetime = NOW, today: date = MONDAY) -> Consent:
    """Fred makes the text ready and hands the tablet over."""
    fred = cast.actor(cast.fred)
    made = actions.prepare(actor=fred, screening=screened, at=at, today=today)
    return actions.hand_over(actor=fred, consent=made, how=Consent.Handed.TABLET, at=at)


def as_client(who: Client) -> Actor:
    """The client on their own link."""
    return Actor(kind="client", id=who.pk, name=who.full_name, site_id=who.site_id)


def every_tick(consent: Consent) -> list[str]:
    return [ack["id"] for ack in consent.content["acknowledgements"]]


def sign(consent: Consent, actor: Actor | None = None, **fields: Any) -> Signature:
    """The client signs everything as asked, two days after the text was handed over."""
    values: dict[str, Any] = {
        "printed_name": consent.client.full_name,
        "method": "DRAWN",
        "strokes": DRAWN,
        "acknowledged": every_tick(consent),
        "choices": {"clinical": "yes", "teaching": "no", "publicity": "no"},
        "content_sha256": consent.content_sha256,
        "at": NOW + timedelta(hours=48),
    } | fields
    actor = actor or as_client(consent.client)
    return actions.sign_client(actor=actor, consent=consent, **values)


@pytest.fixture
def countersign(cast: Cast) -> Callable[..., Signature]:
    """Petra countersigns an hour later."""

    def act(consent: Consent, **fields: Any) -> Signature:
        user = fields.pop("user", cast.petra)
        values: dict[str, Any] = {
            "actor": cast.actor(user),
            "user": user,
            "printed_name": user.name,
            "method": "TYPED",
            "strokes": None,
            "beside": Beside(capacity=tuple(CAPACITY), asked=False),
            "at": NOW + timedelta(hours=49),
        } | fields
        return actions.countersign(consent=consent, **values)

    return act
