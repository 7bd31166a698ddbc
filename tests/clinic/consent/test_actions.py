"""Giving, signing, refusing and withdrawing: what each asks for and what it leaves behind."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from clinic.audit.models import Event
from clinic.clients.models import Client
from clinic.consent import actions
from clinic.consent.errors import NotTicked, TextChanged
from clinic.consent.freeze import content_sha256
from clinic.consent.models import Consent, ConsentText, Signature
from clinic.consent.reading import current
from clinic.core.actor import SYSTEM
from clinic.core.errors import Refused
from clinic.intake.models import Screening
from tests.clinic.consent.conftest import ANSWERS, as_client, every_tick, give, sign
from tests.factories import MONDAY, NOW, Cast, client, journey, screening

MADE = ["consent.prepare", "consent.give"]


def verbs(consent: Consent) -> list[str]:
    found = Event.objects.filter(client_id=consent.client_id, verb__startswith="consent.")
    return list(found.order_by("pk").values_list("verb", flat=True))


def test_what_is_given_is_frozen_with_its_hash_and_dates(given: Consent) -> None:
    assert given.content_sha256 == content_sha256(given.content)
    assert given.content["plan"]["areas_in_words"] == "Forehead, cheeks"
    assert given.content["clinic"]["emergency_phone"] == "020 7946 0911"
    assert [one["name"] for one in given.content["people"]] == [
        "Lena Frost",
        "Petra Novak",
        "Rosa Marsh",
    ]
    assert given.cooling_off_until == NOW + timedelta(hours=48)  # a first session
    assert given.expires_on.isoformat() == "2026-12-01"
    assert verbs(given) == MADE


def test_the_same_text_is_given_once(cast: Cast, screened: Screening, given: Consent) -> None:
    again = give(cast, screened, at=NOW + timedelta(hours=5))
    assert again == given
    assert again.given_at == NOW


def test_a_new_plan_replaces_the_older_consent(cast: Cast, maya: Client, given: Consent) -> None:
    Screening.objects.filter(pk=given.screening_id).update(
        ended_at=NOW, ended_by="Fred", ended_cause="The plan changed."
    )
    deeper = screening(maya, cast.pen, answers=ANSWERS, depth_mm="1.00")
    newer = give(cast, deeper, at=NOW + timedelta(hours=1))
    given.refresh_from_db()
    assert (given.end_kind, given.ended_by) == ("SUPERSEDED", "Fred Okoye")
    assert newer.live
    assert newer.given_at == NOW + timedelta(hours=1)
    assert verbs(given) == [*MADE, "consent.supersede", *MADE]


def test_a_new_text_replaces_the_older_consent(
    cast: Cast, screened: Screening, given: Consent
) -> None:
    ConsentText.objects.filter(modality="MN_PEN").update(
        ended_at=NOW, ended_by="Lena", ended_cause="A newer version."
    )
    with pytest.raises(Refused, match="No consent text has been published"):
        give(cast, screened)
    with pytest.raises(Refused, match="have changed"):
        sign(given)


def test_nothing_is_given_for_answers_that_no_longer_count(
    cast: Cast, screened: Screening, published: None
) -> None:
    Screening.objects.filter(pk=screened.pk).update(
        ended_at=NOW, ended_by="Fred", ended_cause="The answers changed."
    )
    with pytest.raises(Refused, match="have changed"):
        give(cast, screened)


def test_nothing_is_given_for_a_hard_stop_or_without_an_emergency_number(
    cast: Cast, maya: Client, published: None
) -> None:
    stop = {"level": 4, "override_by": "never", "code": "pregnancy"}
    with pytest.raises(Refused, match="must not be given"):
        give(cast, screening(maya, cast.pen, findings=[stop]))
    other = client(cast.riverside, first_name="Ida")
    cast.riverside.emergency_phone = ""
    cast.riverside.save()
    with pytest.raises(Refused, match="phone numbers are missing"):
        give(cast, screening(other, cast.pen))


def test_an_auditor_gives_nothing_and_other_sites_do_not_see_it(
    cast: Cast, screened: Screening, given: Consent
) -> None:
    at: dict[str, Any] = {"screening": screened, "at": NOW, "today": MONDAY}
    with pytest.raises(Refused, match="reads records"):
        actions.prepare(actor=cast.actor(cast.audra), **at)
    with pytest.raises(Screening.DoesNotExist):
        actions.prepare(actor=cast.actor(cast.hana), **at)
    with pytest.raises(Consent.DoesNotExist):
        actions.withdraw(actor=cast.actor(cast.hana), consent=given, cause="", at=NOW)
    with pytest.raises(Refused, match="reads records"):
        actions.withdraw(actor=cast.actor(cast.audra), consent=given, cause="", at=NOW)


def test_the_clients_signature_is_evidence(given: Consent) -> None:
    made = sign(given)
    assert (made.kind, made.method, made.actor_kind) == ("CLIENT", "DRAWN", "client")
    assert made.signed_at == NOW + timedelta(hours=48)
    assert made.content_sha256 == given.content_sha256
    assert made.acknowledged == every_tick(given)
    assert made.choices == {"clinical": "yes", "teaching": "no", "publicity": "no"}
    assert "I agree to Microneedling pen, up to 0.5 mm" in made.meaning
    assert made.strokes
    assert len(made.strokes[0]) == 14
    assert verbs(given) == [*MADE, "consent.sign", "consent.seal"]


def test_every_statement_must_be_ticked(given: Consent) -> None:
    everything = every_tick(given)
    for one in everything:
        with pytest.raises(NotTicked) as refused:
            sign(given, acknowledged=[other for other in everything if other != one])
        assert refused.value.missing == [one]
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"clinical": "yes"},
        {"clinical": "yes", "teaching": "", "publicity": "no"},
        {"clinical": "yes", "teaching": "no", "publicity": "no", "press": "yes"},
    ],
)
def test_every_photo_question_is_answered(given: Consent, choices: dict[str, str]) -> None:
    with pytest.raises(Refused, match="about photos"):
        sign(given, choices=choices)


def test_another_text_than_the_one_shown_is_not_signed(given: Consent) -> None:
    with pytest.raises(TextChanged, match="Please read it again before you sign"):
        sign(given, content_sha256="b" * 64)
    with pytest.raises(TextChanged):
        sign(given, acknowledged=[*every_tick(given), "something_else"])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"printed_name": "  "}, "write your name"),
        ({"strokes": None}, "sign in the box"),
        ({"strokes": []}, "sign in the box"),
        ({"strokes": [[{"x": 1.0, "y": 1.0, "time": 0.0}]]}, "sign in the box"),
        ({"strokes": [[{"x": float("nan"), "y": 1.0}]]}, "sign in the box"),
        ({"at": NOW + timedelta(days=200)}, "too long ago"),
    ],
)
def test_a_signature_that_is_none_is_refused(
    given: Consent, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        sign(given, **fields)


def test_a_name_can_be_typed_instead(given: Consent) -> None:
    made = sign(given, method="TYPED", strokes=None, printed_name=" Maya   Lind ")
    assert (made.method, made.strokes, made.printed_name) == ("TYPED", None, "Maya Lind")


def test_nobody_signs_for_somebody_else(cast: Cast, given: Consent) -> None:
    ida = client(cast.riverside, first_name="Ida")
    with pytest.raises(Consent.DoesNotExist):
        sign(given, actor=as_client(ida))


def test_on_the_clinics_tablet_it_says_who_handed_it_over(cast: Cast, given: Consent) -> None:
    made = sign(given, actor=cast.actor(cast.fred))
    assert (made.actor_kind, made.actor_name, made.signed_by) == ("staff", "Fred Okoye", None)


def test_the_client_signs_once(given: Consent) -> None:
    sign(given)
    with pytest.raises(Refused, match="already signed"):
        sign(given)


def test_a_practitioner_countersigns_after_the_client(
    cast: Cast, given: Consent, countersign: Callable[..., Signature]
) -> None:
    with pytest.raises(Refused, match="The client signs first"):
        countersign(given)
    sign(given)
    made = countersign(given)
    assert (made.signed_by, made.printed_name) == (cast.petra, "Petra Novak")
    assert "Maya Lind. The client understood" in made.meaning
    with pytest.raises(Refused, match="already signed"):
        countersign(given, user=cast.rosa)


def test_only_who_may_perform_it_countersigns(
    cast: Cast, given: Consent, countersign: Callable[..., Signature]
) -> None:
    sign(given)
    for user in (cast.fred, cast.mark):
        with pytest.raises(Refused, match="Only a practitioner"):
            countersign(given, user=user)
    with pytest.raises(Refused, match="for themselves"):
        countersign(given, user=cast.rosa, actor=cast.actor(cast.petra))
    given.procedure.performers.remove(cast.petra)
    with pytest.raises(Refused, match="who may perform this treatment"):
        countersign(given)


def test_a_client_may_say_no_without_a_reason(given: Consent) -> None:
    actions.refuse(actor=as_client(given.client), consent=given, cause=" ", at=NOW)
    given.refresh_from_db()
    assert (given.live, given.end_kind, given.ended_by) == (False, "REFUSED", "Maya Lind")
    assert given.ended_cause == "The client did not agree."
    with pytest.raises(Refused, match="no longer in force"):
        sign(given)
    assert verbs(given) == [*MADE, "consent.refuse"]


def test_a_signed_consent_is_withdrawn_at_any_time(
    cast: Cast, given: Consent, countersign: Callable[..., Signature]
) -> None:
    sign(given)
    countersign(given)
    with pytest.raises(Refused, match="To take it back, withdraw it"):
        actions.refuse(actor=as_client(given.client), consent=given, cause="", at=NOW)
    later = NOW + timedelta(days=3)
    actions.withdraw(actor=as_client(given.client), consent=given, cause="", at=later)
    given.refresh_from_db()
    assert (given.end_kind, given.ended_at) == ("WITHDRAWN", later)
    with pytest.raises(Refused, match="already ended"):
        actions.withdraw(actor=as_client(given.client), consent=given, cause="", at=later)


def test_withdrawing_ends_the_clearance_and_holds_its_appointment(
    cast: Cast, given: Consent
) -> None:
    held = journey.clearance(given.client, given.procedure, screening=given.screening)
    booked = journey.appointment(cast, given.client, held=held)
    sign(given)
    actions.withdraw(actor=as_client(given.client), consent=given, cause="", at=NOW)
    held.refresh_from_db()
    booked.refresh_from_db()
    assert (held.live, held.ended_by, booked.status) == (False, "Maya Lind", "ON_HOLD")
    assert booked.changes.get(status="ON_HOLD").cause == "The consent was withdrawn."


def test_after_a_no_the_text_can_be_given_again(
    cast: Cast, screened: Screening, given: Consent
) -> None:
    actions.refuse(actor=cast.actor(cast.fred), consent=given, cause="Not yet.", at=NOW)
    again = give(cast, screened, at=NOW + timedelta(days=7))
    assert again != given
    assert again.cooling_off_until == NOW + timedelta(days=9)


def test_a_text_is_published_once_for_every_modality(cast: Cast, published: None) -> None:
    assert ConsentText.objects.filter(live=True).count() == 3
    actions.publish_text(actor=cast.actor(cast.lena), text=current(), at=NOW)
    assert ConsentText.objects.count() == 3
    with pytest.raises(Refused, match="clinical lead"):
        actions.publish_text(actor=cast.actor(cast.petra), text=current(), at=NOW)


def test_a_version_keeps_its_words(cast: Cast) -> None:
    ConsentText.objects.create(
        modality="RF_MN", version=current().version, sha256="b" * 64, published_at=NOW
    )
    with pytest.raises(Refused, match="Give it a new number"):
        actions.publish_text(actor=SYSTEM, text=current(), at=NOW)
    assert not connection.needs_rollback


def test_the_command_puts_the_text_in_force(cast: Cast) -> None:
    call_command("publish_consent", stdout=(out := StringIO()))
    assert out.getvalue().startswith("In force: microneedling 1.1.0 (")
    assert ConsentText.objects.filter(live=True, sha256=current().sha256).count() == 3
