"""Reads of rule packs and drafts. They belong to the whole organisation; clients to their site."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from clinic.core.actor import Actor
from clinic.packs.content import misfits, numbers
from clinic.packs.models import Approval, Difference, Draft, Publication, Revision, Simulation
from clinic.packs.states import Facts, State, state
from screening.engine import Pack
from screening.models import RulePack
from screening.packs import DEFAULT_NAME, available
from screening.published import newest_row
from screening.trying import run_cases

PAGE = 50


def packs() -> QuerySet[RulePack]:
    """Published packs, the one in force first, each with its publication where it has one."""
    return RulePack.objects.select_related(
        "publication__approval", "publication__draft__base"
    ).order_by("name", "-published_at", "-pk")


def before(row: RulePack) -> RulePack | None:
    """The rules that a published pack took the place of; None for the first."""
    earlier = RulePack.objects.filter(name=row.name, published_at__lt=row.published_at)
    return earlier.order_by("-published_at", "-pk").first()


def versions_taken(name: str) -> frozenset[str]:
    """The versions of a pack that are published, or that an open draft has."""
    published = RulePack.objects.filter(name=name).values_list("version", flat=True)
    drafted = Draft.objects.filter(name=name, ended_at=None).values_list("version", flat=True)
    return frozenset(published.union(drafted))


def drafts() -> QuerySet[Draft]:
    """Drafts, newest first, with what `state_of` reads: one query for any number."""
    newest = Revision.objects.filter(draft=OuterRef("pk")).order_by("-number")
    finished = Simulation.objects.filter(revision=OuterRef("newest_id"), finished_at__isnull=False)
    return (
        Draft.objects.select_related("base", "publication__rule_pack")
        .annotate(newest_id=Subquery(newest.values("pk")[:1]))
        .annotate(
            newest_sha256=Subquery(newest.values("content")[:1]),
            is_published=Exists(Publication.objects.filter(draft=OuterRef("pk"))),
            is_approved=Exists(Approval.objects.filter(revision=OuterRef("newest_id"))),
            is_simulated=Exists(finished),
        )
        .order_by("-started_at", "-pk")
    )


def draft(actor: Actor, draft_id: int) -> Draft:
    """One draft, as `drafts` gives it. Raises Draft.DoesNotExist."""
    return drafts().get(pk=draft_id)


def state_of(of: Draft) -> State:
    """Where a draft stands. One query, none for a row of `drafts()`."""
    found = of if hasattr(of, "newest_id") else drafts().get(pk=of.pk)
    return state(
        Facts(
            discarded=found.ended_at is not None,
            published=getattr(found, "is_published", False),
            approved=getattr(found, "is_approved", False),
            simulated=getattr(found, "is_simulated", False),
        )
    )


def revisions(of: Draft) -> QuerySet[Revision]:
    """A draft's revisions, newest first."""
    return of.revisions.order_by("-number")


def newest_revision(of: Draft) -> Revision:
    """The revision that counts."""
    return revisions(of)[0]


def simulation_of(revision: Revision) -> Simulation | None:
    """The newest simulation of a revision: under way or finished."""
    return revision.simulations.order_by("-pk").first()


def simulation(simulation_id: int) -> Simulation:
    """One simulation with its draft. Raises Simulation.DoesNotExist."""
    return Simulation.objects.select_related("revision__draft").get(pk=simulation_id)


def editors(of: Draft) -> frozenset[int | None]:
    """Who changed something in a draft (users' keys), and so may not approve it."""
    return frozenset(of.revisions.values_list("actor_id", flat=True))


def obstacles(pack: Pack) -> tuple[str, ...]:
    """What keeps a pack from being approved, one line each: failing cases, words that later
    steps do not know."""
    failing = (one.line for one in run_cases(pack) if not one.passed)
    return (*failing, *misfits(pack))


def differences(
    actor: Actor, simulation: Simulation, direction: str, after: int = 0
) -> list[Difference]:
    """One page of who is judged otherwise at the actor's site, after the id `after`.

    With client and procedure; at most `PAGE`.
    """
    rows = (
        Difference.objects.filter(
            simulation=simulation, direction=direction, site_id=actor.at_site, pk__gt=after
        )
        .select_related("screening__client", "screening__procedure")
        .order_by("pk")
    )
    return list(rows[:PAGE])


def elsewhere(actor: Actor, simulation: Simulation, direction: str) -> int:
    """How many clients more there are at other sites."""
    rows = Difference.objects.filter(simulation=simulation, direction=direction)
    others = rows.exclude(site_id=actor.at_site)
    return others.values("screening__client").distinct().count()


def offered(name: str = DEFAULT_NAME) -> list[str]:
    """Packs of this release, ``name@version``, above the rules in force and not begun yet."""
    newest = newest_row(name)
    if newest is None:
        return []
    begun = {str(row) for row in Draft.objects.filter(name=name, ended_at=None)}
    above = (
        one
        for one in available()
        if one.startswith(f"{name}@") and numbers(one.partition("@")[2]) > numbers(newest.version)
    )
    return [one for one in above if one not in begun]
