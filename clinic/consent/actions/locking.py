"""One consent at a time, in the actor's reach."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.consent.errors import NO_LONGER_IN_FORCE
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


def check_counts(consent: Consent, at: datetime) -> None:
    """Raises Refused for a text that has ended, that something has overtaken, or that is old."""
    if consent.ended_at is not None:
        raise Refused(NO_LONGER_IN_FORCE)
    if not consent.text.live or not consent.screening.live:
        raise Refused(_("The text, the answers or the plan have changed. A new text is needed."))
    if consent.expires_on < timezone.localdate(at):
        raise Refused(_("This text was given too long ago. A new one is needed."))
