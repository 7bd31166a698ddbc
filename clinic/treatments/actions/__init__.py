"""What happens in the treatment room, verb by verb."""

from clinic.treatments.actions.correcting import correct, void
from clinic.treatments.actions.seeing import acknowledge
from clinic.treatments.actions.signing import nothing_done, sign, stop
from clinic.treatments.actions.starting import NotTreatable, start

__all__ = [
    "NotTreatable",
    "acknowledge",
    "correct",
    "nothing_done",
    "sign",
    "start",
    "stop",
    "void",
]
