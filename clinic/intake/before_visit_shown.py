"""The lines before the visit for a stored screening."""

from collections.abc import Collection
from datetime import date

from clinic.intake.before_visit import Place, Todo, before_visit, told
from clinic.intake.models import Screening
from clinic.intake.packs import pack_of


def todos(
    screening: Screening,
    *places: Place,
    areas: Collection[str] | None = None,
    visit: date | None = None,
) -> list[Todo]:
    """What the client of this screening does before the visit; `areas` are those booked, where
    they differ from those screened. Reads `screening.submission` and `screening.pack`."""
    known = told(
        pack_of(screening.pack),
        screening.submission.answers,
        areas=screening.areas if areas is None else areas,
        flags=screening.flags,
        answered_on=screening.assessment_date,
    )
    return before_visit(known, *places, visit=visit)
