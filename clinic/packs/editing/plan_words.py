"""What a condition asks of the plan, in words: device, depth, areas, age, the session before."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from clinic.procedures.areas import AREA_WORDS
from screening.engine.conditions import DepthAbove, Plan, Scalar

MODALITIES = {
    "MN_PEN": gettext_lazy("Microneedling pen"),
    "MN_ROLLER": gettext_lazy("Microneedling roller"),
    "RF_MN": gettext_lazy("Radiofrequency microneedling"),
}

_SUBJECTS = {
    "age": gettext_lazy("the age"),
    "answers_age_days": gettext_lazy("the age of the answers in days, on the planned day,"),
    "modality": gettext_lazy("the device"),
    "depth_mm": gettext_lazy("the depth"),
    "areas": gettext_lazy("the areas"),
    "last_session.modality": gettext_lazy("the device of the session before"),
    "last_session.depth_mm": gettext_lazy("the depth of the session before"),
}

_YES_NO: Mapping[tuple[str, bool], str] = {
    ("anaesthetic_planned", True): gettext_noop("numbing cream is planned"),
    ("anaesthetic_planned", False): gettext_noop("numbing cream is not planned"),
    ("test_patch_ok", True): gettext_noop("a test patch was done and looked well"),
    ("test_patch_ok", False): gettext_noop("no test patch was done that looked well"),
    ("parental_consent", True): gettext_noop("a parent has agreed"),
    ("parental_consent", False): gettext_noop("no parent has agreed"),
    ("last_session", True): gettext_noop("there was a session before"),
    ("last_session", False): gettext_noop("there was no session before"),
    ("last_session.date", True): gettext_noop("the day of a session before is known"),
    ("last_session.date", False): gettext_noop("no day of a session before is known"),
    ("last_session.modality", True): gettext_noop("the device of the session before is known"),
    ("last_session.modality", False): gettext_noop("the device of the session before is not known"),
    ("last_session.depth_mm", True): gettext_noop("the depth of the session before is known"),
    ("last_session.depth_mm", False): gettext_noop("the depth of the session before is not known"),
}

_DEPTHS: Mapping[tuple[str, str], str] = {
    ("MN", "review_above_mm"): gettext_noop(
        "a pen or roller goes deeper than the review line of an area"
    ),
    ("MN", "stop_above_mm"): gettext_noop(
        "a pen or roller goes deeper than the stop line of an area"
    ),
    ("RF", "review_above_mm"): gettext_noop(
        "radiofrequency goes deeper than the review line of an area"
    ),
    ("RF", "stop_above_mm"): gettext_noop(
        "radiofrequency goes deeper than the stop line of an area"
    ),
}

_COMPARED = {
    "lt": gettext_lazy("%(subject)s is under %(value)s"),
    "lte": gettext_lazy("%(subject)s is at most %(value)s"),
    "gt": gettext_lazy("%(subject)s is more than %(value)s"),
    "gte": gettext_lazy("%(subject)s is at least %(value)s"),
}


def plan_in_words(plan: Plan) -> str:
    """A test of the plan as part of a sentence."""
    if plan.op in _COMPARED:
        return str(_COMPARED[plan.op]) % {"subject": subject(plan.field), "value": _measure(plan)}
    if len(plan.values) == 1 and isinstance(plan.value, bool):
        return _(_YES_NO.get((plan.field, plan.value), f"{plan.field} is {plan.value}"))
    if plan.op == "count_in_gte":
        among = ", ".join(sorted(value_in_words(value) for value in plan.values))
        return _("at least %(count)s areas are among: %(values)s") % {
            "count": plan.count,
            "values": among,
        }
    listed = ", ".join(sorted(value_in_words(value) for value in plan.values))
    words = {"subject": subject(plan.field), "values": listed}
    if plan.op == "intersects":
        return _("%(subject)s include any of: %(values)s") % words
    if len(plan.values) == 1:
        return _("%(subject)s is %(values)s") % words
    return _("%(subject)s is one of: %(values)s") % words


def depth_in_words(depth: DepthAbove) -> str:
    """A line of the depth limits as part of a sentence."""
    return _(_DEPTHS[depth.group, depth.line])


def subject(field: str) -> str:
    """What a field of the plan is called."""
    return str(_SUBJECTS.get(field, field))


def value_in_words(value: Scalar) -> str:
    """A device or an area by its name."""
    return str(MODALITIES.get(str(value)) or AREA_WORDS.get(str(value)) or value)


def _measure(plan: Plan) -> str:
    if plan.field.endswith("depth_mm"):
        return _("%(depth)s mm") % {"depth": plan.value}
    return str(plan.value)
