"""Packs and answers in the forms that others read: files, and HL7 FHIR."""

from .archive import read_archive, write_archive
from .errors import ExchangeError
from .formats import FORMATS, Exported, bring_in, export

__all__ = [
    "FORMATS",
    "ExchangeError",
    "Exported",
    "bring_in",
    "export",
    "read_archive",
    "write_archive",
]
