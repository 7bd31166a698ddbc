"""The plan in words that a client knows."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

AREAS = {
    "forehead": gettext_lazy("forehead"),
    "periorbital": gettext_lazy("around the eyes"),
    "cheeks": gettext_lazy("cheeks"),
    "nose": gettext_lazy("nose"),
    "perioral": gettext_lazy("around the mouth"),
    "chin_jaw": gettext_lazy("chin and jaw"),
    "neck": gettext_lazy("neck"),
    "chest": gettext_lazy("chest"),
    "abdomen": gettext_lazy("tummy"),
    "back": gettext_lazy("back"),
    "arms": gettext_lazy("arms"),
    "hands": gettext_lazy("hands"),
    "legs": gettext_lazy("legs"),
    "scalp": gettext_lazy("scalp"),
    "eyelid": gettext_lazy("eyelid"),
    "lip_red": gettext_lazy("lips"),
    "inside_mouth": gettext_lazy("inside the mouth"),
    "nipple": gettext_lazy("nipple"),
    "genital": gettext_lazy("intimate area"),
}

TIERS = {
    "common": gettext_lazy("Common"),
    "less_common": gettext_lazy("Less common"),
    "rare_serious": gettext_lazy("Rare but serious"),
}


def listed(items: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if not items[1:]:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def areas_in_words(areas: Sequence[str]) -> str:
    """The areas of a plan: "cheeks and forehead"."""
    return listed([str(AREAS.get(area, area)) for area in areas])
