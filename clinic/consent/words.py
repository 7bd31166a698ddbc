"""Words of the consent text that are ours, not the text's own."""

from django.utils.translation import gettext_lazy as _

TIERS = {
    "common": _("Common"),
    "less_common": _("Less common"),
    "rare_serious": _("Rare but serious"),
}
