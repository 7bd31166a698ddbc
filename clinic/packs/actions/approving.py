"""A second person's signature under new rules."""

from datetime import datetime

from django.utils.translation import gettext as _

from clinic.accounts.models import User
from clinic.audit.record import record
from clinic.core.actor import Actor, Role
from clinic.core.errors import Refused
from clinic.packs import queries
from clinic.packs.actions.common import as_expected, must_lead, open_draft, told
from clinic.packs.content import pack_of
from clinic.packs.errors import COUNTING, OTHER_RULES, PROMISES, Obstructed
from clinic.packs.models import Approval, Draft
from screening.published import newest_row

MEANING = _("I changed nothing in these rules. I have seen what they change, and approve them.")


def approve(
    *,
    actor: Actor,
    user: User,
    draft: Draft,
    expected_sha256: str,
    note: str,
    at: datetime,
) -> Approval:
    """Approve the draft's newest revision, by the hash that was seen.

    Raises Overtaken where another revision was made meanwhile, Obstructed while a case of the
    pack fails or later steps do not know its words, and Refused for an editor of the draft, for
    rules not tried on all past answers or being counted again, and where other rules were published
    meanwhile.
    """
    must_lead(actor)
    if user.pk != actor.id:
        raise Refused(_("Everybody approves in their own name."))
    if not note.strip():
        raise Refused(_("Please write what you looked at."))
    with told():
        held = open_draft(draft)
        revision = as_expected(held, expected_sha256)
        if user.pk in queries.editors(held):
            raise Refused(PROMISES["nobody approves their own change"])
        if held.base != newest_row(held.name):
            raise Refused(OTHER_RULES)
        simulation = revision.simulations.filter(finished=True).order_by("-pk").first()
        if simulation is None:
            raise Refused(PROMISES["an_approval_follows_a_finished_simulation"])
        if revision.simulations.filter(finished_at=None).exists():
            raise Refused(COUNTING)
        if lines := queries.obstacles(pack_of(revision)):
            raise Obstructed(lines)
        signed = Approval.objects.create(
            draft=held,
            revision=revision,
            content_id=revision.sha256,
            simulation=simulation,
            user=user,
            name=user.name,
            role=Role.CLINICAL_LEAD.value,
            registration=user.registration,
            meaning=MEANING,
            note=note.strip(),
            approved_at=at,
        )
        record(
            actor=actor,
            verb="packs.approve",
            at=at,
            subject=signed,
            pack=str(held),
            sha256=revision.sha256,
        )
    return signed
