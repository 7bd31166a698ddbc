"""What can be done with a consent: one verb, one function, one transaction."""

from clinic.consent.actions.ending import refuse, take_photos_back, withdraw
from clinic.consent.actions.giving import hand_over, prepare, publish_text
from clinic.consent.actions.sealing import paper_of, seal
from clinic.consent.actions.signing import countersign, countersigning_means, sign_client

__all__ = [
    "countersign",
    "countersigning_means",
    "hand_over",
    "paper_of",
    "prepare",
    "publish_text",
    "refuse",
    "seal",
    "sign_client",
    "take_photos_back",
    "withdraw",
]
