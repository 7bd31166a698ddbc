"""The sheets that were issued, always inside the reader's own scope."""

import json

from django.db.models import QuerySet

from aftercare import reading
from aftercare.content import Advice
from aftercare.models import IssuedSheet
from aftercare.selection import choose_sheet
from aftercare.sheet import Sheet
from aftercare.treatmentfile import parse
from clinic.clients.queries import in_scope as clients_in_scope
from clinic.core.actor import Actor


def in_scope(actor: Actor) -> QuerySet[IssuedSheet]:
    """The sheets of the clients whom the actor's site sees; for a client only their own."""
    return IssuedSheet.objects.filter(client__in=clients_in_scope(actor))


def issued_for(record_id: int) -> IssuedSheet | None:
    """The sheet of one record, without its bytes."""
    return IssuedSheet.objects.filter(record_id=record_id).defer("pdf").first()


def issued(actor: Actor, sheet_id: int) -> IssuedSheet:
    """One sheet in scope, without its bytes. Raises IssuedSheet.DoesNotExist."""
    return in_scope(actor).select_related("client__site").defer("pdf").get(pk=sheet_id)


def contents(of: IssuedSheet) -> Sheet:
    """What the paper says, made again from the facts and the advice that it was made from."""
    return choose_sheet(parse(json.dumps(of.facts)), _advice(of))


def _advice(of: IssuedSheet) -> Advice:
    now = reading.current()
    if of.advice_sha256 == now.sha256:
        return now
    path = reading.FOLDER / f"{of.advice_version}.toml"
    return reading.parse(path.read_bytes(), expected_sha256=of.advice_sha256)
