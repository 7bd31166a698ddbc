"""Giving a client what they take home. Each verb is one transaction with its audit row."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare import building, queries, reading
from aftercare.facts import FactsError, MissingEmergencyContact, TreatmentFacts
from aftercare.models import IssuedSheet
from aftercare.pdf import sheet_pdf
from aftercare.selection import choose_sheet
from aftercare.treatmentfile import parse
from clinic.audit.record import record as audit
from clinic.clients import links
from clinic.clients.models import ClientLink
from clinic.core.actor import CLINICAL_ROLES, Actor, Role
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.treatments.models import TreatmentRecord
from clinic.treatments.queries import earlier_records

ISSUERS = frozenset({Role.FRONT_DESK, *CLINICAL_ROLES})

NOT_YOUR_ROLE = gettext_lazy("Your role cannot give out sheets. Ask a practitioner or the desk.")
NO_EMERGENCY_NUMBER = gettext_lazy(
    "The clinic has no emergency number yet, so no sheet can be given out. "
    "A manager can add the number to the clinic's details."
)
NO_CONTACT = gettext_lazy(
    "The clinic's name, phone or out-of-hours advice is missing or too long, so no sheet can be "
    "given out. A manager can change the clinic's details."
)
CORRECTED = gettext_lazy("This record was corrected. Make the sheet from the record that holds.")


def issue(*, actor: Actor, record: TreatmentRecord, at: datetime) -> IssuedSheet:
    """Make the sheet of a record and keep it; asked again, the same sheet.

    Raises Refused when the clinic cannot be reached by what is on file, when the record has been
    corrected, or for a role that gives out no sheets.
    """
    if not actor.has(*ISSUERS):
        raise Refused(NOT_YOUR_ROLE)
    if known := queries.issued_for(record.pk):
        return known
    if TreatmentRecord.objects.filter(supersedes=record).exists():
        raise Refused(CORRECTED)
    values = building.payload(record, earlier_records(record.treatment).first())
    facts = _checked(values)
    advice = reading.current()
    # Before the transaction: drawing takes longer than anybody should hold a lock.
    pdf = sheet_pdf(choose_sheet(facts, advice))
    try:
        with transaction.atomic():
            sheet = IssuedSheet.objects.create(
                record=record,
                client_id=record.client_id,
                facts=values,
                advice_version=f"{advice.name}-{advice.version}",
                advice_sha256=advice.sha256,
                emergency_phone=facts.clinic.emergency_phone,
                pdf=pdf,
                sha256=hashlib.sha256(pdf).hexdigest(),
                issued_at=at,
                **acted_by(actor),
            )
            _audit("sheet.issue", sheet, actor, at)
    except IntegrityError:
        # Two clicks at once: the other one has made it.
        if known := queries.issued_for(record.pk):
            return known
        raise
    return sheet


def open_sheet(*, actor: Actor, sheet_id: int, at: datetime) -> IssuedSheet:
    """A sheet in scope with its bytes, with the reading on record."""
    with transaction.atomic():
        sheet = queries.in_scope(actor).select_related("client__site").get(pk=sheet_id)
        _audit("sheet.read", sheet, actor, at)
    return sheet


def send_link(*, actor: Actor, sheet: IssuedSheet, at: datetime) -> str:
    """A private link to the sheet for the client's own phone; returns its token, once."""
    purpose = ClientLink.Purpose.AFTERCARE
    return links.issue(actor=actor, client=sheet.client, purpose=purpose, object_id=sheet.pk, at=at)


def _checked(values: dict[str, Any]) -> TreatmentFacts:
    try:
        return parse(json.dumps(values))
    except MissingEmergencyContact as error:
        raise Refused(NO_EMERGENCY_NUMBER) from error
    except FactsError as error:
        if error.field.startswith("clinic."):
            raise Refused(NO_CONTACT) from error
        message = _("The sheet cannot be made from this record. Please correct the record first.")
        raise Refused(message) from error


def _audit(verb: str, sheet: IssuedSheet, actor: Actor, at: datetime) -> None:
    audit(
        actor=actor,
        verb=verb,
        at=at,
        subject=sheet,
        client_id=sheet.client_id,
        record=sheet.record_id,
    )
