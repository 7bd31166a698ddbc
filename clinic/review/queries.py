"""What waits for a clinician, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic.accounts.models import Membership
from clinic.core.actor import Actor, Role
from clinic.intake.models import NEVER, Clearance, Finding, Level, Screening
from clinic.intake.packs import pack_of
from clinic.review.models import Decision, PatchTest
from clinic.review.patches import reacted
from clinic.review.verdicts import Case, Flag
from screening.models import RulePack

ANSWERS_COUNT_FOR = timedelta(days=30)
"""Answers older than 30 days must be confirmed again (`rules.json`, answer_validity: policy)."""
PAGE = 50
BADGE_LIMIT = 99


def in_scope(actor: Actor) -> QuerySet[Screening]:
    """Screenings of the actor's site."""
    return Screening.objects.filter(site_id=actor.at_site)


def screening(actor: Actor, screening_id: int) -> Screening:
    """One screening with what its page shows; raises Screening.DoesNotExist out of scope."""
    return (
        in_scope(actor)
        .select_related("client", "procedure", "submission__intake__amends", "pack", "site")
        .get(pk=screening_id)
    )


def decision(actor: Actor, decision_id: int) -> Decision:
    """One decision in scope, with its case; raises Decision.DoesNotExist."""
    return Decision.objects.select_related(
        "screening__client", "screening__procedure", "screening__pack", "screening__submission"
    ).get(pk=decision_id, site_id=actor.at_site)


def clearance(actor: Actor, clearance_id: int) -> Clearance:
    """One clearance in scope, with its patch tests; raises Clearance.DoesNotExist."""
    found = Clearance.objects.select_related("client", "procedure")
    return found.prefetch_related("patch_tests__readings").get(
        pk=clearance_id, site_id=actor.at_site
    )


def patch(actor: Actor, patch_id: int) -> PatchTest:
    """One patch test in scope; raises PatchTest.DoesNotExist."""
    found = PatchTest.objects.select_related("clearance__client", "clearance__procedure")
    return found.get(pk=patch_id, clearance__site_id=actor.at_site)


def rule_pack(pack_id: int) -> RulePack:
    """One published version of the rules; raises RulePack.DoesNotExist. Rules have no site."""
    return RulePack.objects.get(pk=pack_id)


def latest_decision(of: Screening) -> Decision | None:
    """The decision that none supersedes, with its confirmation if it has one."""
    newest = of.decisions.filter(superseded_by=None).select_related("confirmation")
    return newest.first()


def _settled(today: date) -> Q:
    """Decisions after which nobody needs to look at the case now."""
    again = Q(look_again_on__isnull=False, look_again_on__lte=today)
    return (
        Q(outcome__in=["DECLINED", "MORE_INFO"])
        | Q(outcome="DEFERRED", defer_until__gt=today)
        | Q(outcome="CLEARED", needs_confirmation=False) & ~again
        | Q(outcome="CLEARED", confirmation__agreed=True) & ~again
    )


def waiting(actor: Actor, today: date) -> QuerySet[Screening]:
    """Cases that need a clinician now: undecided, deferral over, or a second look wanted.

    A case that only waits for a date, with nothing left after it, needs nobody, unless somebody
    has begun to decide it. Most urgent first: the date wished for, then the order of arrival.
    """
    begun = Decision.objects.filter(screening=OuterRef("pk"))
    settled = Decision.objects.filter(
        _settled(today), ~reacted(), screening=OuterRef("pk"), superseded_by=None
    )
    found = (
        in_scope(actor)
        .filter(Q(clear_from=NEVER) | Exists(begun), live=True, level__gte=Level.REVIEW)
        .exclude(Exists(settled))
        .order_by("planned_date", "id")
    )
    # Where nobody may prescribe, the case stays with all, or it would be on no list.
    return found if actor.has(Role.PRESCRIBER) else found.exclude(_asked_of_a_prescriber())


def _asked_of_a_prescriber() -> Q:
    """Cases that a colleague has passed to a prescriber, at a site that has one."""
    asked = Decision.objects.filter(
        screening=OuterRef("pk"), superseded_by=None, outcome="PRESCRIBER"
    )
    prescribers = Membership.objects.filter(
        site=OuterRef("site"), role=Role.PRESCRIBER, user__is_active=True
    )
    return Q(Exists(asked)) & Q(Exists(prescribers))


def asked_of_a_prescriber(actor: Actor, today: date) -> QuerySet[Screening]:
    """The prescribers' list: cases that a colleague has passed to them."""
    return waiting(actor, today).filter(
        pk__in=Decision.objects.filter(superseded_by=None, outcome="PRESCRIBER").values("screening")
    )


@dataclass(frozen=True, kw_only=True)
class Question:
    """A case that waits for the client's answer: what to ask, in words, and what for."""

    screening: Screening
    texts: tuple[str, ...]
    reason: str


def questions_waiting(actor: Actor) -> list[Question]:
    """Cases at the actor's site for which a clinician needs an answer first. Two queries."""
    needed = Decision.objects.filter(
        superseded_by=None,
        outcome="MORE_INFO",
        screening__in=in_scope(actor).filter(ended_at=None),
    ).select_related("screening__client", "screening__procedure", "screening__pack")
    rows = needed.prefetch_related("findings__finding").order_by("decided_at", "pk")[:PAGE]
    return [Question(screening=one.screening, texts=_texts(one), reason=one.reason) for one in rows]


def questions_asked(decision: Decision) -> frozenset[str]:
    """The questions that a decision leaves to be answered; none where it asks nothing."""
    if decision.outcome != Decision.Outcome.MORE_INFO:
        return frozenset()
    asked = [one for one in decision.findings.all() if one.verdict == "ASK"]
    return frozenset(name for one in asked for name in one.finding.question_ids)


def _texts(decision: Decision) -> tuple[str, ...]:
    wanted = questions_asked(decision)
    questions = pack_of(decision.screening.pack).questions
    return tuple(one.text for one in questions if one.id in wanted)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the worklist."""

    screening: Screening
    why: str
    more: int
    awaiting: Decision | None
    own: bool

    @property
    def second_look(self) -> bool:
        return self.awaiting is not None


def worklist(
    actor: Actor, today: date, after: tuple[date, int] | None = None, *, asked_only: bool = False
) -> tuple[list[Row], tuple[date, int] | None]:
    """One page of the worklist and the key of the next one, or None. Three queries."""
    listed = asked_of_a_prescriber if asked_only else waiting
    cases = listed(actor, today).select_related("client", "procedure")
    if after:
        day, key = after
        cases = cases.filter(Q(planned_date__gt=day) | Q(planned_date=day, pk__gt=key))
    found = list(cases[: PAGE + 1])
    shown, rest = found[:PAGE], found[PAGE:]
    reasons = _reasons(shown)
    asked = _awaiting(shown)
    rows = [
        Row(
            screening=one,
            why=reasons.get(one.pk, [""])[0],
            more=len(reasons.get(one.pk, [])) - 1,
            awaiting=asked.get(one.pk),
            own=one.pk in asked and asked[one.pk].decided_by_id == actor.id,
        )
        for one in shown
    ]
    return rows, (shown[-1].planned_date, shown[-1].pk) if rest else None


def next_waiting(actor: Actor, today: date, after: Screening) -> Row | None:
    """The case that the actor can go on with: the next one of the worklist behind the one that
    was just signed, else its first. What waits for somebody else's second look is passed over."""
    own = _asked().filter(screening=OuterRef("pk"), decided_by_id=actor.id)
    cases = waiting(actor, today).exclude(pk=after.pk).exclude(Exists(own))
    behind = Q(planned_date__gt=after.planned_date) | Q(
        planned_date=after.planned_date, pk__gt=after.pk
    )
    found = cases.filter(behind).first() or cases.first()
    if found is None:
        return None
    awaiting = _awaiting([found]).get(found.pk)
    return Row(screening=found, why="", more=0, awaiting=awaiting, own=False)


def _reasons(shown: Iterable[Screening]) -> dict[int, list[str]]:
    flags = Finding.objects.filter(screening__in=shown, level__gte=Level.REVIEW)
    titles: dict[int, list[str]] = {}
    for screening_id, title in flags.order_by("-level", "position").values_list(
        "screening_id", "title"
    ):
        titles.setdefault(screening_id, []).append(title)
    return titles


def _awaiting(shown: Iterable[Screening]) -> dict[int, Decision]:
    return {one.screening_id: one for one in _asked().filter(screening__in=shown)}


def _asked() -> QuerySet[Decision]:
    """Decisions that a second clinician has yet to look at."""
    return Decision.objects.filter(
        superseded_by=None, outcome="CLEARED", needs_confirmation=True, confirmation=None
    )


def waiting_count(actor: Actor, today: date) -> int:
    """How many cases wait, for the badge; counting stops at 99."""
    return len(waiting(actor, today).values_list("pk", flat=True)[:BADGE_LIMIT])


def case(of: Screening) -> Case:
    """The values that verdicts are judged by."""
    flags = of.findings.filter(level__gte=Level.REVIEW)
    return Case(
        flags=tuple(
            Flag(
                id=one.pk,
                outcome=one.outcome,
                level=one.level,
                override_by=one.override_by,
                defer_until=one.defer_until,
                after_level=one.after_level,
                title=one.title,
                reading=one.reading,
            )
            for one in flags
        ),
        complete=of.complete,
        hard_stop=of.hard_stop,
        assessment_date=of.assessment_date,
        planned_date=of.planned_date,
        windows_end=of.windows_end,
        answers_until=of.assessment_date + ANSWERS_COUNT_FOR,
    )
