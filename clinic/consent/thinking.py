"""How long a client has to think, before any text was given: what booking has to leave free."""

from datetime import date

from clinic.consent.actions.giving import text_in_force
from clinic.consent.facts import case_of
from clinic.consent.selection import longest_wait
from clinic.core.errors import Refused
from clinic.intake.models import Screening


def hours_to_think(screening: Screening, *, today: date) -> int:
    """Hours from handing over the text in force for this screening to the first moment of signing.

    Where no text is published, the procedure's own hours. Four queries.
    """
    own = screening.procedure.cooling_off_hours
    try:
        _, text = text_in_force(screening.procedure.modality)
    except Refused:
        return own
    return longest_wait(text, case_of(screening, today=today), clinic_hours=own)
