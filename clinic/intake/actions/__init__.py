"""What can be done with a questionnaire: one verb, one function, one transaction."""

from clinic.intake.actions.drafts import (
    abandon,
    amend,
    change_draft_plan,
    check_plan,
    save_section,
    start,
)
from clinic.intake.actions.locking import lock_client
from clinic.intake.actions.news import record_news
from clinic.intake.actions.paper import from_paper
from clinic.intake.actions.reading import read_answers, read_intake, read_screening
from clinic.intake.actions.submitting import change_plan, submit
from clinic.intake.clearing import end_clearance

__all__ = [
    "abandon",
    "amend",
    "change_draft_plan",
    "change_plan",
    "check_plan",
    "end_clearance",
    "from_paper",
    "lock_client",
    "read_answers",
    "read_intake",
    "read_screening",
    "record_news",
    "save_section",
    "start",
    "submit",
]
