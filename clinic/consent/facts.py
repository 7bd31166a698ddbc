"""From a stored screening to the case that the consent text is chosen for."""

from datetime import date

from clinic.clients.models import Client
from clinic.intake.models import Finding, Screening
from screening.engine import Context, LastSession, Level
from screening.engine.compile import Case
from screening.engine.context import plan_values
from screening.engine.evaluate import read_sheet
from screening.engine.judge import open_case
from screening.engine.program import compile_pack
from screening.packs import load_pack


def case_of(screening: Screening, *, today: date) -> Case:
    """The answers, the plan, the last session and the findings of `screening`. Three queries."""
    pack = load_pack(str(screening.pack))
    answers = read_sheet(pack, screening.submission.answers, given_on=screening.assessment_date)
    context = Context(
        assessment_date=screening.assessment_date,
        planned_date=screening.planned_date,
        modality=screening.procedure.modality,
        depth_mm=float(screening.depth_mm),
        areas=tuple(screening.areas),
        anaesthetic_planned=screening.anaesthetic_planned,
        last_session=_last_session(screening, today),
    )
    case = open_case(
        compile_pack(pack),
        answers=answers.values,
        plan=plan_values(context),
        assessment_date=screening.assessment_date,
        planned_date=screening.planned_date,
    )
    found = Finding.objects.filter(screening=screening).values_list("code", "level")
    case.levels.update({code: Level(level) for code, level in found})
    return case


def _last_session(screening: Screening, today: date) -> LastSession | None:
    # Read through the client, since the treatments room lies above this one.
    row = (
        Client.objects.filter(
            pk=screening.client_id,
            treatments__ended_at__isnull=False,
            treatments__local_day__lte=today,
        )
        .order_by("-treatments__local_day")
        .values_list("treatments__local_day", flat=True)
        .first()
    )
    return LastSession(date=row) if row else None
