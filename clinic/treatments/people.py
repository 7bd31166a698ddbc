"""Who may treat, and who may sign."""

from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.core.actor import Actor, Role
from clinic.core.errors import Refused
from clinic.procedures.models import Procedure
from clinic.treatments import wording
from clinic.treatments.models import Treatment


def check_may_perform(actor: Actor, user: User, procedure: Procedure) -> None:
    """Raises Refused unless `user` acts, is a clinician, and performs this procedure."""
    if not actor.is_clinical or actor.id != user.pk:
        raise Refused(wording.NOT_A_CLINICIAN)
    if not procedure.performers.filter(pk=user.pk).exists():
        raise Refused(wording.NOT_A_PERFORMER)


def check_may_sign(actor: Actor, user: User, treatment: Treatment) -> None:
    """Raises Refused unless `user` carried the treatment out, or is the clinical lead."""
    check_may_perform(actor, user, treatment.procedure)
    if user.pk != treatment.practitioner_id and not actor.has(Role.CLINICAL_LEAD):
        raise Refused(_(str(wording.NOT_YOURS)) % {"name": treatment.practitioner.name})
