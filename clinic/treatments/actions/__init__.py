"""What happens in the treatment room, verb by verb."""

from clinic.treatments.actions.signing import correct, nothing_done, sign, stop
from clinic.treatments.actions.starting import NotTreatable, start

__all__ = ["NotTreatable", "correct", "nothing_done", "sign", "start", "stop"]
