"""Reads of the intake room. Those for pages start from the actor's site."""

from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Max, Min, Q, QuerySet

from clinic.clients.models import Client
from clinic.clients.queries import in_scope
from clinic.core.actor import Actor
from clinic.intake.freezing import Shown, shown
from clinic.intake.models import Clearance, Intake, News, Screening, Submission
from clinic.intake.news_queries import newest_news_beside, unanswered_news
from clinic.procedures.models import Procedure
from screening.engine import LastSession, Pack, assumed


def intakes(actor: Actor) -> QuerySet[Intake]:
    """Questionnaires at the actor's site; for a client on a link, only their own."""
    found = Intake.objects.filter(site_id=actor.at_site)
    if actor.kind == "client":
        found = found.filter(client_id=actor.own_id)
    return found.select_related("client", "procedure", "pack", "site").annotate(
        newest_news=newest_news_beside()
    )


def open_intakes(actor: Actor, client_id: int) -> QuerySet[Intake]:
    """The client's questionnaires that are still being filled in, oldest first."""
    return (
        intakes(actor)
        .filter(client_id=client_id, submitted_at=None, abandoned_at=None)
        .order_by("started_at", "pk")
    )


def screenings(actor: Actor) -> QuerySet[Screening]:
    """Screenings at the actor's site; for a client on a link, only their own."""
    found = Screening.objects.filter(site_id=actor.at_site)
    if actor.kind == "client":
        found = found.filter(client_id=actor.own_id)
    return found.select_related("client", "procedure", "submission__intake", "pack")


def submissions(actor: Actor) -> QuerySet[Submission]:
    """Frozen answers of the clients whom the actor's site sees, wherever they were given."""
    found = Submission.objects.filter(client__in=in_scope(actor))
    return found.select_related("client", "pack", "intake__procedure")


def live_screening(client_id: int, procedure_id: int) -> Screening | None:
    """The screening that counts now for a client and a procedure."""
    return Screening.objects.filter(
        client_id=client_id, procedure_id=procedure_id, ended_at=None
    ).first()


def live_clearance(client_id: int, procedure_id: int) -> Clearance | None:
    """The clearance that counts now for a client and a procedure; its days may lie ahead."""
    return Clearance.objects.filter(
        client_id=client_id, procedure_id=procedure_id, ended_at=None
    ).first()


def last_submission(client_id: int, procedure_id: int) -> Submission | None:
    """The newest answers that a client gave for a procedure."""
    return (
        Submission.objects.filter(client_id=client_id, intake__procedure_id=procedure_id)
        .order_by("-submitted_at", "-pk")
        .first()
    )


def news_not_answered(client_id: int, procedure_id: int) -> list[News]:
    """What was told that a client's newest answers for a procedure do not answer."""
    newest = last_submission(client_id, procedure_id)
    return unanswered_news(newest) if newest else []


def answers_shown(submission: Submission, pack: Pack) -> list[Shown]:
    """Every question in the words it was asked in, with the answer in words.

    `pack` is the submission's: it says what an uncertain date was taken as.
    """
    taken = assumed(pack, submission.answers, submission.assessment_date)
    return shown(submission.wording, submission.answers, taken)


def newest_screening_of(intake: Intake) -> Screening | None:
    """What the answers of one questionnaire were screened to, newest plan first."""
    return (
        Screening.objects.filter(submission__intake=intake)
        .select_related("client", "procedure", "pack", "submission")
        .order_by("-screened_at", "-pk")
        .first()
    )


def with_answers(screening_id: int) -> Screening:
    """A screening with the answers and the rules that it was judged by. One query."""
    return Screening.objects.select_related("pack", "submission").get(pk=screening_id)


def waiting(screening: Screening) -> list[dict[str, Any]]:
    """What had to wait on the day of the answers and may be over on the planned day.

    Each with `title`, `message` and `until` (a date).
    """
    kept: list[dict[str, Any]] = screening.result.get("waiting", [])
    return [one | {"until": date.fromisoformat(one["until"])} for one in kept]


def clearance_on(screening: Screening) -> Clearance | None:
    """The live clearance that rests on a screening."""
    return Clearance.objects.filter(screening=screening, ended_at=None).first()


def offered_procedures(actor: Actor) -> QuerySet[Procedure]:
    """What the actor's site offers, by name."""
    return Procedure.objects.filter(site_id=actor.at_site, is_offered=True).order_by("name")


def procedure_at(actor: Actor, procedure_id: int) -> Procedure:
    """A procedure of the actor's site, offered or not. Procedure.DoesNotExist elsewhere."""
    return Procedure.objects.get(pk=procedure_id, site_id=actor.at_site)


def last_session(client_id: int, until: date) -> LastSession | None:
    """The client's latest treatment that ended, up to and with a day; None if there is none.

    Its depth is the greatest of the record that holds, or the greatest planned one where none is
    signed yet: what was done before a stop counts too. Where nothing was done, or the record was
    another client's, it is no session. Read through the client, since the treatments room lies
    above this one.
    """
    holds = Q(treatments__records__superseded_by=None)
    row = (
        Client.objects.filter(
            pk=client_id,
            treatments__ended_at__isnull=False,
            treatments__nothing_done_at=None,
            treatments__local_day__lte=until,
        )
        .values(
            "treatments__pk",
            "treatments__local_day",
            "treatments__procedure__modality",
            "treatments__max_depth_mm",
        )
        .annotate(deepest=Max("treatments__records__areas__depth_mm", filter=holds))
        .annotate(voided=BoolOr("treatments__records__voids", filter=holds, default=False))
        .exclude(voided=True)
        .order_by("-treatments__local_day", "-treatments__pk")
        .first()
    )
    if row is None:
        return None
    depth = row["deepest"] or row["treatments__max_depth_mm"]
    return LastSession(
        date=row["treatments__local_day"],
        modality=row["treatments__procedure__modality"],
        depth_mm=float(depth),
    )


def counts_elsewhere(actor: Actor, client: Client) -> list[Screening]:
    """What counts of a client at other sites: a stop that nobody may override, or a clearance.

    Each with site and procedure, and `cleared_from` and `cleared_until` (None where nothing is
    cleared). One query.
    """
    live = Q(clearances__ended_at=None)
    return list(
        Screening.objects.filter(client=client, ended_at=None)
        .exclude(site_id=actor.at_site)
        .select_related("site", "procedure")
        .defer("result")
        .annotate(
            cleared_from=Min("clearances__valid_from", filter=live),
            cleared_until=Max("clearances__valid_until", filter=live),
        )
        .filter(Q(hard_stop=True) | Q(cleared_from__isnull=False))
        .order_by("-screened_at", "-pk")
    )
