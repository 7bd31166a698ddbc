"""What can be done with rules: one verb, one function, one transaction."""

from clinic.packs.actions.approving import approve
from clinic.packs.actions.drafting import change, discard, import_draft, start_draft
from clinic.packs.actions.publishing import publish
from clinic.packs.actions.simulating import advance, start_simulation

__all__ = [
    "advance",
    "approve",
    "change",
    "discard",
    "import_draft",
    "publish",
    "start_draft",
    "start_simulation",
]
