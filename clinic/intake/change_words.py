"""A change of plan as one plain sentence. It speaks of the plan only, never of a medicine."""

from datetime import date

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinic.core.words import level_look, say_full_day
from clinic.intake.models import Screening
from clinic.procedures.areas import AREA_WORDS
from clinic.procedures.models import Procedure
from screening.engine import Change, Part


def say_change(
    change: Change, screening: Screening, procedure: Procedure | None, today: date
) -> str:
    """ "With a depth of at most 1.45 mm this would be Review instead of Contraindicated."

    `procedure` is the other one, where the change takes another.
    """
    words = _("%(so)s this would be %(level)s instead of %(now)s.") % {
        "so": _(" and ").join(_conditions(change, screening, procedure, today)),
        "level": level_look(change.level).word,
        "now": level_look(screening.level_name).word,
    }
    return capfirst(words)


def _conditions(
    change: Change, screening: Screening, procedure: Procedure | None, today: date
) -> list[str]:
    plan, said = change.context, []
    if procedure is not None:
        said.append(_("with %(procedure)s") % {"procedure": procedure.name})
    if plan.depth_mm is not None and plan.depth_mm != float(screening.depth_mm):
        depth = number_format(plan.depth_mm)
        said.append(_("with a depth of at most %(depth)s mm") % {"depth": depth})
    if change.left_out:
        said.append(_("leaving out %(areas)s") % {"areas": _areas(change.left_out)})
    if Part.NUMBING in change.parts:
        said.append(_("without numbing cream"))
    if Part.DATE in change.parts:
        said.append(_("from %(day)s on") % {"day": say_full_day(plan.planned_on, today)})
    return said


def _areas(areas: tuple[str, ...]) -> str:
    *first, last = (str(AREA_WORDS.get(area, area)).lower() for area in areas)
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}
