"""The sheets that went home with clients: bytes, hash, and what they were built from."""

from django.db import models

from clinic.clients.models import Client
from clinic.core.fields import ActedBy
from clinic.treatments.models import TreatmentRecord


class IssuedSheet(ActedBy):
    """One aftercare sheet as issued. A reprint sends the same bytes. Never changed."""

    record = models.OneToOneField(TreatmentRecord, models.PROTECT, related_name="sheet")
    client = models.ForeignKey(Client, models.PROTECT, related_name="sheets")
    facts = models.JSONField()
    advice_version = models.CharField(max_length=60)
    advice_sha256 = models.CharField(max_length=64)
    emergency_phone = models.CharField(max_length=40)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_sheet_names_whom_to_call", condition=~models.Q(emergency_phone="")
            ),
        ]
