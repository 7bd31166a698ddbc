"""Making new rules: begun from those in force, changed revision by revision, or set aside."""

from datetime import datetime

from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.packs import content
from clinic.packs.actions.common import as_expected, must_lead, open_draft, told
from clinic.packs.errors import OTHER_RULES, PROMISES, InvalidPack, NothingChanged
from clinic.packs.models import Draft, Revision
from screening.models import RulePack
from screening.packs import Tables
from screening.published import newest_row, tables_by


def start_draft(*, actor: Actor, base: RulePack, version: str, why: str, at: datetime) -> Draft:
    """Begin a new version from the rules in force; its first revision says the same as they do.

    Refused for another role, for rules that are no longer in force, and for a version that is
    taken, not above theirs, or no version.
    """
    must_lead(actor)
    tables = content.with_version(tables_by(base.sha256), version)
    return _begin(actor, base, tables, version, why, _("Begun from %(base)s") % {"base": base}, at)


def import_draft(*, actor: Actor, tables: Tables, why: str, at: datetime) -> Draft:
    """Begin a new version from tables brought in: a file, or a pack that came with a release.

    Raises InvalidPack where they make no pack, and Refused as `start_draft` and for a pack of a
    name that was never published.
    """
    must_lead(actor)
    pack = content.checked(tables)
    base = newest_row(pack.name)
    if base is None:
        raise Refused(_("There is no published pack named %(name)s.") % {"name": pack.name})
    return _begin(actor, base, tables, pack.version, why, _("Brought in from a file"), at)


def change(
    *,
    actor: Actor,
    draft: Draft,
    tables: Tables,
    expected_sha256: str,
    what: str,
    at: datetime,
) -> Revision:
    """Keep changed tables as the draft's next revision.

    `expected_sha256` is the hash of the revision that was changed: Overtaken where another was
    made meanwhile. InvalidPack where the tables make no pack (nothing is stored then),
    NothingChanged for the same content, Refused for another name or version.
    """
    must_lead(actor)
    pack = content.checked(tables)
    if pack.id != str(draft):
        raise InvalidPack(f"questions.toml: pack: this is {pack.id}, the draft is of {draft}")
    with told():
        held = open_draft(draft)
        last = as_expected(held, expected_sha256)
        if pack.sha256 == last.sha256:
            raise NothingChanged
        return _revise(actor, held, last.number + 1, tables, what, at)


def discard(*, actor: Actor, draft: Draft, cause: str, at: datetime) -> Draft:
    """Set a draft aside, with a cause; its version is free again. Refused once published."""
    must_lead(actor)
    if not cause.strip():
        raise Refused(_("Please say why."))
    with told():
        held = open_draft(draft)
        Draft.objects.filter(pk=held.pk).update(
            ended_at=at, ended_by=actor.name, ended_cause=cause.strip()[:500]
        )
        record(actor=actor, verb="packs.discard", at=at, subject=held, pack=str(held))
    draft.refresh_from_db()
    return draft


def _begin(
    actor: Actor,
    base: RulePack,
    tables: Tables,
    version: str,
    why: str,
    what: str,
    at: datetime,
) -> Draft:
    if base != newest_row(base.name):
        raise Refused(OTHER_RULES)
    if content.numbers(version) <= content.numbers(base.version):
        raise Refused(_("The version must be above %(base)s.") % {"base": base.version})
    if not why.strip():
        raise Refused(_("Please say why."))
    if RulePack.objects.filter(name=base.name, version=version).exists():
        raise Refused(PROMISES["one_pack_per_version"])
    content.checked(tables)
    with told():
        draft = Draft.objects.create(
            name=base.name,
            version=version,
            base=base,
            why=why.strip(),
            started_at=at,
            **acted_by(actor),
        )
        draft.refresh_from_db()
        record(actor=actor, verb="packs.draft", at=at, subject=draft, pack=str(draft))
        _revise(actor, draft, 1, tables, what, at)
    return draft


def _revise(
    actor: Actor, draft: Draft, number: int, tables: Tables, what: str, at: datetime
) -> Revision:
    if not what.strip():
        raise Refused(_("Please say what was changed."))
    made = Revision.objects.create(
        draft=draft,
        number=number,
        content=content.kept(tables),
        what=what.strip(),
        made_at=at,
        **acted_by(actor),
    )
    record(
        actor=actor,
        verb="packs.change",
        at=at,
        subject=made,
        pack=str(draft),
        number=number,
        sha256=made.sha256,
    )
    return made
