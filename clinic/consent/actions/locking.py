"""One consent at a time, in the actor's reach."""

from django.utils.translation import gettext as _

from clinic.consent.models import Consent
from clinic.consent.queries import consents
from clinic.core.actor import WRITING_ROLES, Actor
from clinic.core.errors import Refused


def lock(actor: Actor, consent: Consent) -> Consent:
    """The consent as it is now, held until the transaction ends.

    Raises Refused for a role that only reads, Consent.DoesNotExist outside the actor's site or,
    for a client, on somebody else's.
    """
    if actor.kind == "staff" and not actor.has(*WRITING_ROLES):
        raise Refused(_("Your role reads records; it does not change them."))
    return consents(actor).select_for_update(of=("self",)).get(pk=consent.pk)
