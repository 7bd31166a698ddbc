"""The words a treatment is told in: those of the screening pack, and some of its own."""

from screening.vocabulary import AREAS, FACE_AREAS, FLAGS, MODALITIES

__all__ = [
    "AREAS",
    "BANDS",
    "CONTENTS",
    "FACE_AREAS",
    "FLAGS",
    "HEAD_AREAS",
    "MODALITIES",
    "PHOTOTYPES",
]

BANDS = ("LT_0_5", "B0_5_1", "B1_1_5", "GT_1_5", "RF")
PHOTOTYPES = ("I", "II", "III", "IV", "V", "VI")
HEAD_AREAS = FACE_AREAS | {"scalp", "eyelid", "lip_red", "inside_mouth"}

CONTENTS = ("latex", "chlorhexidine", "adhesive", "iodine", "alcohol")
"""What a care product may contain that a client may react to."""
