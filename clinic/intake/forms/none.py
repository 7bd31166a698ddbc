"""The explicit "none of these" of a list."""

from django.utils.translation import gettext_lazy as _

from screening.engine.validate import NONE_OF_THESE

NONE = NONE_OF_THESE
"""Its value; no list of a pack that may be empty uses it for an option."""

CONTRADICTION = _("You ticked “none” and something else. Please keep only what is right.")
