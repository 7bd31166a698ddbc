"""Packs and answers in the forms that others read: files, and HL7 FHIR."""

from .archive import read_archive, write_archive
from .errors import ExchangeError

__all__ = ["ExchangeError", "read_archive", "write_archive"]
