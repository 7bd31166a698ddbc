"""The explicit "none of these" of a list."""

from django.utils.translation import gettext_lazy as _

NONE = "none"
"""Its value; no list of a pack may use it for an option."""

CONTRADICTION = _("You ticked “none” and something else. Please keep only what is right.")
