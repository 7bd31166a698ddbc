"""What a page of the rules is about: a published pack or a draft, with its tables."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse

from clinic.accounts.access import StaffRequest
from clinic.core.actor import Role
from clinic.core.fingerprints import as_kept
from clinic.core.shortcuts import or_404
from clinic.packs import content, queries
from clinic.packs.editing.names import Names, names_of
from clinic.packs.models import Draft, Revision
from clinic.packs.states import State
from screening.models import RulePack
from screening.packs import Tables, hash_of_tables
from screening.published import tables_by

READERS = (Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR)


@dataclass(kw_only=True)
class Held:
    """A pack to read or to change. `draft` and `revision` are None for a published one."""

    name: str
    version: str
    tables: Tables
    leads: bool
    pack: RulePack | None = None
    draft: Draft | None = None
    revision: Revision | None = None
    state: State = field(default=State.PUBLISHED)

    @cached_property
    def names(self) -> Names:
        """What its questions, rules and sources are called."""
        return names_of(self.tables)

    @property
    def may_change(self) -> bool:
        """Whether the person may change it: a clinical lead, and an open draft."""
        return self.leads and self.draft is not None and self.state.is_open

    @property
    def url(self) -> str:
        """Its own page."""
        if self.draft is not None:
            return reverse("packs:draft", args=[self.draft.pk])
        return reverse("packs:pack", args=[self.pack.pk if self.pack else 0])

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def held_pack(request: StaffRequest, pack_id: int) -> Held:
    """A published pack, or 404."""
    row = or_404(queries.packs().get, pk=pack_id)
    tables = tables_by(row.sha256)
    as_kept(computed=hash_of_tables(tables), kept=row.sha256, what=f"rule pack {row.pk}")
    return Held(
        name=row.name,
        version=row.version,
        tables=tables,
        leads=request.actor.has(Role.CLINICAL_LEAD),
        pack=row,
    )


def held_draft(request: StaffRequest, draft_id: int) -> Held:
    """A draft with its newest revision, or 404."""
    draft = or_404(queries.draft, request.actor, draft_id)
    revision = queries.newest_revision(draft)
    return Held(
        name=draft.name,
        version=draft.version,
        tables=content.tables_of(revision),
        leads=request.actor.has(Role.CLINICAL_LEAD),
        draft=draft,
        revision=revision,
        state=queries.state_of(draft),
    )
