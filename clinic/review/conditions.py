"""What is wrong with conditions as they were set, by field; and what they say, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.intake.conditions import Conditions, Planned
from clinic.procedures.areas import say_areas
from clinic.review.verdicts import Outcome, Problem, Problems


def problems(
    conditions: Conditions, plan: Planned, *, outcome: Outcome, valid_from: date, today: date
) -> Problems:
    """By the name of the field: a condition that nothing can be cleared with, or that limits
    nothing. `valid_from`: the first day that would be cleared."""
    given = {
        "greatest_depth_mm": conditions.greatest_depth_mm,
        "areas_left_out": conditions.areas_left_out,
        "no_anaesthetic": conditions.no_anaesthetic,
        "look_again_on": conditions.look_again_on,
        "patch_test_first": conditions.patch_test_first,
    }
    if outcome is not Outcome.CLEARED:
        return {name: Problem.CONDITIONS_NEED_CLEARED for name, value in given.items() if value}
    found: Problems = {}
    depth, again = conditions.greatest_depth_mm, conditions.look_again_on
    if depth is not None and not 0 < depth <= plan.depth_mm:
        found["greatest_depth_mm"] = Problem.DEEPER_THAN_SCREENED
    if not conditions.areas_left_out <= set(plan.areas):
        found["areas_left_out"] = Problem.AREA_NOT_PLANNED
    elif not conditions.areas_left(plan.areas):
        found["areas_left_out"] = Problem.NO_AREA_LEFT
    if again is not None and again <= max(valid_from, today):
        found["look_again_on"] = Problem.LOOKS_AGAIN_TOO_SOON
    return found


def in_words(conditions: Conditions) -> list[str]:
    """Each condition as a short sentence; empty where there is none."""
    depth, left_out = conditions.greatest_depth_mm, conditions.areas_left_out
    said = []
    if depth is not None:
        said.append(_("At most %(depth)s mm.") % {"depth": f"{depth:.2f}"})
    if left_out:
        said.append(_("Not on: %(areas)s.") % {"areas": say_areas(left_out).lower()})
    if conditions.no_anaesthetic:
        said.append(_("No numbing cream."))
    if conditions.look_again_on:
        day = date_format(conditions.look_again_on, "j F Y")
        said.append(_("Somebody looks again on %(day)s.") % {"day": day})
    if conditions.patch_test_first:
        said.append(_("A patch test with a good result comes first."))
    return said
