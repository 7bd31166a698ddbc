"""The record on a tablet: its fields, its layout, and what was typed as plain values."""

from clinic.treatments.forms.record import RecordForm

__all__ = ["RecordForm"]
