"""Forms of the intake room: the plan, one form per section of the rule pack, and handing in."""

from clinic.intake.forms.check import ClientCheckForm, DeskCheckForm, PaperForm
from clinic.intake.forms.plan import ChangePlanForm, DraftPlanForm, PlanForm
from clinic.intake.forms.sections import SectionForm, section_form

__all__ = [
    "ChangePlanForm",
    "ClientCheckForm",
    "DeskCheckForm",
    "DraftPlanForm",
    "PaperForm",
    "PlanForm",
    "SectionForm",
    "section_form",
]
