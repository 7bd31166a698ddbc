"""Putting approved rules in force, and what they change with them."""

from dataclasses import asdict
from datetime import date, datetime

from clinic.audit.record import record
from clinic.core.acting import tell_database
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.intake.rules_lock import while_nobody_screens
from clinic.packs.actions.applying import apply
from clinic.packs.actions.common import as_expected, must_lead, open_draft, told
from clinic.packs.errors import COUNTING, OTHER_RULES, PROMISES
from clinic.packs.models import Approval, Draft, Publication
from screening.models import RulePack
from screening.published import newest_row


def publish(
    *, actor: Actor, draft: Draft, expected_sha256: str, at: datetime, today: date
) -> RulePack:
    """Put the approved newest revision in force, and judge every live screening by it.

    All of it or nothing, while nobody is screened. `expected_sha256` is the hash that was seen:
    Overtaken where another revision was made meanwhile. Refused where nobody has approved this
    very revision, while it is being counted again, and where other rules were published since the
    draft was begun. What it did is counted in `rule_pack.publication.applied`.
    """
    must_lead(actor)
    with told():
        while_nobody_screens()
        held = open_draft(draft)
        revision = as_expected(held, expected_sha256)
        approval = Approval.objects.filter(revision=revision).first()
        if approval is None:
            raise Refused(PROMISES["only an approved newest revision is published"])
        if revision.simulations.filter(finished_at=None).exists():
            raise Refused(COUNTING)
        if held.base != newest_row(held.name):
            raise Refused(OTHER_RULES)
        tell_database(actor, at)
        rules = RulePack.objects.create(
            name=held.name, version=held.version, content_id=revision.sha256, published_at=at
        )
        applied = apply(actor=actor, rules=rules, at=at, today=today)
        made = Publication.objects.create(
            draft=held,
            approval=approval,
            rule_pack=rules,
            name=rules.name,
            version=rules.version,
            content_id=rules.sha256,
            applied=asdict(applied),
            published_at=at,
            **acted_by(actor),
        )
        record(
            actor=actor,
            verb="packs.publish",
            at=at,
            subject=made,
            pack=str(rules),
            sha256=rules.sha256,
            **asdict(applied),
        )
    return rules
