"""The words a treatment is told in: those of the screening pack, and some of its own."""

from screening.vocabulary import AREAS, FACE_AREAS, FLAGS, MODALITIES

__all__ = [
    "ANSWERS",
    "AREAS",
    "BANDS",
    "CONTENTS",
    "FACE_AREAS",
    "FLAGS",
    "MODALITIES",
    "PHOTOTYPES",
    "QUESTIONS",
]

BANDS = ("LT_0_5", "B0_5_1", "B1_1_5", "GT_1_5", "RF")
PHOTOTYPES = ("I", "II", "III", "IV", "V", "VI")

QUESTIONS = {
    "topical_prescribed": ("active_in_area", "other_in_area", "elsewhere", "none", "not_sure"),
    "minoxidil": ("lotion_or_foam", "tablets", "none", "not_sure"),
    "hsv_history": ("yes", "no", "not_sure"),
}
"""The answers that the advice goes by beside the flags, with their values."""
ANSWERS = frozenset(f"{name}={value}" for name, values in QUESTIONS.items() for value in values)

CONTENTS = ("latex", "chlorhexidine", "adhesive", "iodine", "alcohol")
"""What a care product may contain that a client may react to."""
