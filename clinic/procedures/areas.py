"""The body areas of the rule pack (`rules.json`, semantics.all_areas), in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

AREA_WORDS = {
    "forehead": _("Forehead"),
    "periorbital": _("Around the eyes"),
    "cheeks": _("Cheeks"),
    "nose": _("Nose"),
    "perioral": _("Around the mouth"),
    "chin_jaw": _("Chin and jaw"),
    "neck": _("Neck"),
    "chest": _("Chest"),
    "abdomen": _("Abdomen"),
    "back": _("Back"),
    "arms": _("Arms"),
    "hands": _("Hands"),
    "legs": _("Legs"),
    "scalp": _("Scalp"),
    "eyelid": _("Eyelid"),
    "lip_red": _("Red of the lips"),
    "inside_mouth": _("Inside the mouth"),
    "nipple": _("Nipple"),
    "genital": _("Genital area"),
}

NEVER_OFFERED = frozenset({"eyelid", "lip_red", "inside_mouth", "nipple", "genital"})
"""Areas that rule `excluded_area` stops for good."""


def say_areas(areas: Iterable[str]) -> str:
    """ "Cheeks, forehead": one readable list, in the order of the face."""
    chosen = set(areas)
    words = [str(word) for code, word in AREA_WORDS.items() if code in chosen]
    return ", ".join([words[0], *(word.lower() for word in words[1:])]) if words else ""
