"""Why the consent room says no, in words."""

from django.utils.translation import gettext_lazy as _

from clinic.core.errors import Refused

TEXT_CHANGED = _("The text has changed. Please read it again before you sign.")
ALREADY_SIGNED = _("This consent is already signed.")
NO_LONGER_IN_FORCE = _("This consent is no longer in force, so it cannot be signed.")
NAME_TO_EXPLAIN = _(
    "This is not the name we have: %(name)s. Say in a few words why, or write it as we have it."
)
CAPACITY_IN_DOUBT = _("All four have to be so. If you doubt one, do not sign: stop and postpone.")
ASKED_AND_ANSWERED = _("Say if the client asked anything; if so, write down what, and the answers.")
TOO_EARLY = _("The time to think is not over yet. It can be signed after it.")
UNDER_TREATMENT = _("A treatment is under way on this consent. Give a new text after it.")

SIGNING = {
    "one_signature_of_each_kind": ALREADY_SIGNED,
    "the_signed_text_is_the_one_shown": TEXT_CHANGED,
    "the_client_signs_first": _("The client signs first."),
    "only a consent in force can be signed": NO_LONGER_IN_FORCE,
    "a_difference_of_names_is_explained": _("A name that differs has to be explained."),
    "capacity_is_stated_by_who_countersigns": CAPACITY_IN_DOUBT,
    "questions_come_with_answers": ASKED_AND_ANSWERED,
    "signed_after_the_time_to_think": TOO_EARLY,
    "every_statement_is_ticked": _("Every statement has to be ticked."),
}
PUBLISHING = {
    "the_text_is_current": _("A treatment is under way on the text in force. Publish after it."),
}
ENDING = {"a_running_treatment_holds_a_live_consent": UNDER_TREATMENT}


class TextChanged(Refused):
    """Somebody would sign a text that is not the one they were shown."""

    def __init__(self) -> None:
        super().__init__(TEXT_CHANGED)


class NotTicked(Refused):
    """Statements that have not been ticked, by id."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(_("Every statement has to be ticked."))
        self.missing = missing
