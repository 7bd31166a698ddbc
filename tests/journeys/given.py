"""Where a journey begins in the middle: what was done before it, by the actions that do it."""

from datetime import date
from typing import Any

from clinic.clients.actions import register
from clinic.intake.actions import submit
from clinic.intake.models import Screening
from tests import factories as make
from tests.clinic.intake.answers import ALL_CLEAR
from tests.factories import MONDAY, NOW, Cast
from tests.journeys.client import MAYA


def maya_has_answered(cast: Cast, *, planned: date, **said: Any) -> Screening:
    """Fred knows her, and she has handed in answers that find nothing but for `said`.

    Planned are 0.5 mm by pen on cheeks and forehead.
    """
    fred = cast.actor(cast.fred)
    maya = register(
        actor=fred,
        at=NOW,
        first_name=MAYA.first_name,
        last_name=MAYA.last_name,
        date_of_birth=MAYA.born,
        phone=MAYA.phone,
        email=MAYA.email,
    )
    draft = make.intake(maya, cast.pen, answers=ALL_CLEAR | said, planned_date=planned)
    return submit(actor=fred, intake=draft, at=NOW, today=MONDAY)
