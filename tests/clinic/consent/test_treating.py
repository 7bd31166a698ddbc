"""A consent and a treatment: none without it, and none ends under a treatment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clinic.clients.models import Client
from clinic.consent import actions
from clinic.consent.models import Consent, Signature
from clinic.consent.reading import current
from clinic.core.actor import SYSTEM
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.treatments.models import Treatment
from tests.clinic.consent.conftest import as_client, sign
from tests.factories import NOW, Cast, appointment, check_in, clearance, treatment


def begin(cast: Cast, consent: Consent, **fields: Any) -> Treatment:
    """Start a treatment by hand, past every page and action."""
    held = clearance(consent.client, cast.pen, screening=consent.screening)
    booked = appointment(cast, consent.client, held=held)
    values = {
        "procedure": booked.procedure,
        "practitioner": booked.practitioner,
        "consent": consent,
        "text": consent.text,
        "check_in": check_in(cast, booked),
        "time_zone": booked.time_zone,
        "local_day": booked.local_day,
        "cooling_off_until": consent.cooling_off_until,
        "max_depth_mm": booked.depth_mm,
        "consent_depth_mm": consent.depth_mm,
        "session_number": 1,
        "started_at": booked.starts_at,
    } | fields
    with transaction.atomic():
        return Treatment.objects.create(
            appointment=booked,
            client=consent.client,
            site=consent.site,
            **values,
            **acted_by(cast.actor(cast.petra)),
        )


def test_signed_by_both_it_can_be_treated_on(
    cast: Cast, given: Consent, countersign: Callable[..., Signature]
) -> None:
    sign(given)
    countersign(given)
    assert begin(cast, given).consent == given


def test_unsigned_by_the_client_it_cannot(cast: Cast, given: Consent) -> None:
    with pytest.raises(IntegrityError, match="the_client_has_signed"):
        begin(cast, given)


def test_without_the_countersignature_it_cannot(cast: Cast, given: Consent) -> None:
    sign(given)
    with pytest.raises(IntegrityError, match="the_practitioner_has_countersigned"):
        begin(cast, given)


def test_withdrawn_it_cannot(
    cast: Cast, given: Consent, countersign: Callable[..., Signature]
) -> None:
    sign(given)
    countersign(given)
    actions.withdraw(actor=as_client(given.client), consent=given, cause="", at=NOW)
    with pytest.raises(IntegrityError, match="a_running_treatment_holds_a_live_consent"):
        begin(cast, given)


def test_a_withdrawal_stops_a_running_treatment_and_a_new_text_waits_for_it(
    cast: Cast, maya: Client
) -> None:
    under_way = treatment(cast, appointment(cast, maya))
    consent, actor, later = under_way.consent, as_client(maya), under_way.started_at
    newer = replace(current(), version="1.2.0", sha256="c" * 64)
    with pytest.raises(Refused, match="A treatment is under way on the text in force"):
        actions.publish_text(actor=SYSTEM, text=newer, at=later)
    ended = actions.withdraw(actor=actor, consent=consent, cause="", at=later)
    under_way.refresh_from_db()
    assert (ended.end_kind, under_way.ended_at) == ("WITHDRAWN", later)
