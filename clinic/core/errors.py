"""What a person is told when the clinic says no: always in words, never a broken page."""

from collections.abc import Mapping

from django.db import IntegrityError


class Refused(Exception):
    """An act that the rules of the journey do not allow. `message` is shown as it is."""

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message


def refusal_for(error: IntegrityError, messages: Mapping[str, object]) -> Refused:
    """The words for a broken promise, by the name of its constraint; unknown ones rise again."""
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    text = str(error)
    for constraint, message in messages.items():
        if constraint == name or constraint in text:
            return Refused(message)
    raise error
