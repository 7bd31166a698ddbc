"""Words of the consent text that are ours, not the text's own."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from clinic.consent.models import Signature
from clinic.consent.saying import CAPACITY, PRESENT

TIERS = {
    "common": _("Common"),
    "less_common": _("Less common"),
    "rare_serious": _("Rare but serious"),
}


def beside_lines(signature: Signature, client: str) -> list[str]:
    """What was written down beside a signature, a line each. `client` is the name on record."""
    lines = []
    if signature.name_differs:
        known = signature.signed_by.name if signature.signed_by else client
        lines.append(
            say("On record as %(name)s. Why it is written in another way: %(why)s")
            % {"name": known, "why": signature.name_explained}
        )
    lines += [f"{PRESENT[role]}: {name}" for role, name in sorted(signature.present.items())]
    lines += [str(CAPACITY[one]) for one in signature.capacity]
    if signature.asked:
        lines.append(say("The client asked: %(words)s") % {"words": signature.questions})
        lines.append(say("Answered: %(words)s") % {"words": signature.answers})
    elif signature.asked is False:
        lines.append(say("The client had no questions."))
    return lines
