"""Other rules than the released ones: changed tables, drafts, and packs that were published."""

from datetime import datetime, timedelta
from typing import Any

from clinic.accounts.models import Membership, User
from clinic.core.actor import Actor, Role
from clinic.core.fields import acted_by
from clinic.intake.models import Screening
from clinic.packs import actions
from clinic.packs.models import Draft, Publication, Simulation
from screening.actions import publish
from screening.models import RulePack
from screening.packs import Tables, latest, pack_from, tables_of
from screening.published import newest_row, tables_by
from tests.factories.days import NOW
from tests.factories.people import PASSWORD, Cast, pack

LATER = NOW + timedelta(hours=1)
OLDER = "1.1.9"


def second_lead(cast: Cast) -> User:
    """Lars, another clinical lead at Riverside: the one who approves."""
    return _lead(cast, "Lars Holm")


def third_lead(cast: Cast) -> User:
    """Liv, yet another one."""
    return _lead(cast, "Liv Berg")


def _lead(cast: Cast, name: str) -> User:
    email = f"{name.split()[0].lower()}@clinic.example"
    known = User.objects.filter(email=email).first()
    if known:
        return known
    made = User.objects.create_user(
        email=email, password=PASSWORD, name=name, registration="GMC 1234567"
    )
    Membership.objects.create(user=made, site=cast.riverside, role=Role.CLINICAL_LEAD)
    return made


def in_force() -> RulePack:
    """The pack in force; the released one is published where there is none."""
    return newest_row() or pack()


def tables_in_force(version: str) -> dict[str, Any]:
    """A copy of the tables in force under another version, without their cases, to be changed.

    Its policy mirrors nothing, so that a test can change one number of the rules alone.
    """
    tables: dict[str, Any] = tables_by(in_force().sha256)
    tables["questions"]["pack"]["version"] = version
    tables.pop("cases", None)
    for one in tables.get("policy", {}).get("policy", []):
        one.pop("mirrors", None)
    return tables


def rule(tables: dict[str, Any], code: str) -> dict[str, Any]:
    """A rule of some tables, to be changed in place."""
    found: dict[str, Any] = next(one for one in tables["rules"]["rule"] if one["code"] == code)
    return found


def outcome(tables: dict[str, Any], code: str, name: str) -> dict[str, Any]:
    """An outcome of a rule of some tables, to be changed in place."""
    outcomes = rule(tables, code)["outcome"]
    found: dict[str, Any] = next(one for one in outcomes if one["id"] == name)
    return found


def draft_of(cast: Cast, tables: Tables, *, at: datetime = LATER) -> Draft:
    """A draft by Lena that holds these tables."""
    in_force()
    return actions.import_draft(actor=cast.actor(cast.lena), tables=tables, why="A test.", at=at)


def simulated(actor: Actor, draft: Draft, *, at: datetime = LATER, most: int = 2000) -> Simulation:
    """The draft's newest revision, tried on everybody."""
    simulation = actions.start_simulation(actor=actor, draft=draft, at=at)
    while simulation.finished_at is None:
        simulation = actions.advance(actor=actor, simulation=simulation, at=at, most=most)
    return simulation


def approved(cast: Cast, tables: Tables, *, at: datetime = LATER) -> Draft:
    """Lena's draft, tried on everybody and approved by Lars."""
    draft, lars = draft_of(cast, tables, at=at), second_lead(cast)
    simulated(cast.actor(cast.lena), draft, at=at)
    actions.approve(
        actor=cast.actor(lars),
        user=lars,
        draft=draft,
        expected_sha256=pack_from(tables).sha256,
        note="Seen.",
        at=at,
    )
    return draft


def published(cast: Cast, tables: Tables, *, at: datetime = LATER) -> RulePack:
    """The same, in force."""
    draft = approved(cast, tables, at=at)
    return actions.publish(
        actor=cast.actor(cast.lena),
        draft=draft,
        expected_sha256=pack_from(tables).sha256,
        at=at,
        today=at.date(),
    )


def published_only(cast: Cast, tables: Tables, *, at: datetime = LATER) -> RulePack:
    """In force although nobody was judged by it yet: what the gates must not take for current."""
    draft = approved(cast, tables, at=at)
    approval = draft.approvals.get()
    row = RulePack.objects.create(
        name=draft.name, version=draft.version, content_id=approval.content_id, published_at=at
    )
    Publication.objects.create(
        draft=draft,
        approval=approval,
        rule_pack=row,
        name=row.name,
        version=row.version,
        content_id=row.content_id,
        applied={},
        published_at=at,
        **acted_by(cast.actor(cast.lena)),
    )
    return row


def live(screened: Screening) -> Screening:
    """What counts now for the client and procedure of a screening."""
    return Screening.objects.get(
        client=screened.client_id, procedure=screened.procedure_id, ended_at=None
    )


def released(pack_id: str) -> Tables:
    """The tables of a pack of this release."""
    return tables_of(pack_id)


def older_release() -> RulePack:
    """An installation that began with the pack of an earlier release."""
    tables: Any = tables_of(latest().id)
    tables["questions"]["pack"]["version"] = OLDER
    return publish(tables, at=NOW)
