"""The names under which the forms of this room are kept while they are typed."""

from clinic.treatments.models import Treatment, TreatmentRecord


def record_key(treatment: Treatment) -> str:
    """The record of a treatment."""
    return f"treatment:{treatment.pk}"


def correction_key(record: TreatmentRecord) -> str:
    """The correction of a record."""
    return f"treatment-correction:{record.pk}"
