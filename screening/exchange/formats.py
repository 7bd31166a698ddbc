"""The forms in which a pack leaves and comes in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Final

from screening.engine import PackError
from screening.packs import Tables, pack_from

from .archive import read_archive, write_archive
from .errors import ExchangeError
from .fhir import Release, from_questionnaire, to_questionnaire
from .fhir.questionnaire import Status

FHIR: Final[dict[str, Release]] = {"fhir-r4b": "R4B", "fhir-r5": "R5"}
FORMATS: Final = ("files", *FHIR)
"""``files``: an archive of the whole pack. The others: its questions as a FHIR Questionnaire."""

FHIR_JSON: Final = "application/fhir+json"
MAX_BYTES: Final = 16 * 1024 * 1024
_ZIP: Final = b"PK"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """A pack ready to be kept as a file."""

    content: bytes
    content_type: str
    file_name: str


def export(
    tables: Tables, form: str, *, status: Status = "draft", published: date | None = None
) -> Exported:
    """A pack in one of the FORMATS. PackError if it is not sound, ExchangeError if FHIR cannot
    carry it, KeyError for no such form."""
    pack = pack_from(tables)
    name = f"{pack.name}-{pack.version}"
    if form == "files":
        return Exported(
            content=write_archive(tables),
            content_type="application/zip",
            file_name=f"{name}.zip",
        )
    resource = to_questionnaire(tables, FHIR[form], status=status, published=published)
    return Exported(
        content=as_bytes(resource),
        content_type=FHIR_JSON,
        file_name=f"{name}-{form}.json",
    )


def as_bytes(resource: object) -> bytes:
    """A FHIR resource as the text of a file."""
    return (json.dumps(resource, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def bring_in(data: bytes, base: Tables | None = None) -> Tables:
    """The tables of a file: an archive, or a FHIR Questionnaire that replaces the questions of
    ``base``. ExchangeError, in one line, for what is neither or makes no sound pack."""
    if len(data) > MAX_BYTES:
        raise ExchangeError(f"file: is longer than {MAX_BYTES} bytes")
    if data.startswith(_ZIP):
        return read_archive(data)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise ExchangeError("It is neither a pack saved as .zip nor a FHIR Questionnaire (.json).")
    questions = from_questionnaire(data, base["questions"] if base else None)
    if base is None:
        raise ExchangeError("Questionnaire: there is no pack whose questions it could replace")
    tables: Tables = {**base, "questions": questions}
    try:
        pack_from(tables)
    except PackError as error:
        raise ExchangeError(str(error)) from error
    return tables
