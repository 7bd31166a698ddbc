"""Why a questionnaire cannot go on, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.core.errors import Refused
from clinic.intake.models import Intake


class AlreadyOpen(Refused):
    """There is an open questionnaire for this client and procedure; `intake` is the one."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(_("These questions are already open. Please go on with the open ones."))
        self.intake = intake


class NotOpen(Refused):
    """The questionnaire was handed in or set aside."""

    def __init__(self) -> None:
        super().__init__(_("These answers were already handed in. Nothing more was changed."))


class ChangedMeanwhile(Refused):
    """Somebody else saved the same section. `intake` holds their answers and its new version."""

    def __init__(self, intake: Intake, by: str) -> None:
        super().__init__(
            _("%(name)s saved this part while you had it open. Please check both answers.")
            % {"name": by}
        )
        self.intake = intake


class NotTimed(Refused):
    """A client's page did not say when it was shown. `intake` is the questionnaire as it is."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(_("Please look through your answers once more, then save again."))
        self.intake = intake


class Unanswered(Refused):
    """Questions that are shown have no answer that counts. `ids` are theirs, in order."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(_("Some questions have no answer yet."))
        self.ids = ids


class OtherBirthday(Refused):
    """The date of birth in the answers is not the one in the client's record."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not the date of birth in the record. Please check which one is right.")
        )


class Renewed(Refused):
    """A newer pack was published while the questionnaire was open."""

    def __init__(self) -> None:
        super().__init__(
            _("The questions have been renewed. Please look through the answers once more.")
        )


class PlanNotOffered(Refused):
    """Depth, areas or day are not what the procedure offers. `field` is the one to correct."""

    def __init__(self, field: str, message: Any) -> None:
        super().__init__(message)
        self.field = field


TWO_AT_ONCE = {
    "one_open_intake_per_client_and_procedure": _(
        "These questions are already open. Please go on with the open ones."
    ),
    "one_live_screening_per_client_and_procedure": _(
        "Somebody else changed this a moment ago. Please look at it again."
    ),
    "one_live_clearance_per_client_and_procedure": _(
        "There is already a clearance for this treatment."
    ),
}

UNDER_TREATMENT = dict.fromkeys(
    (
        "a_live_appointment_holds_a_live_clearance",
        "a_running_treatment_holds_a_live_appointment",
    ),
    _("A treatment is under way. Stop the treatment first."),
)
"""What a clearance that carries a running treatment runs into when it is to end."""
