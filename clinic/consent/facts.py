"""From a stored screening to the case that the consent text is chosen for."""

from datetime import date

from clinic.intake.models import Finding, Screening
from clinic.intake.packs import pack_of
from clinic.intake.queries import last_session
from screening.engine import Context, Level
from screening.engine.answers import Known
from screening.engine.case import Case
from screening.engine.judge import open_case
from screening.engine.levels import UNKNOWN, Unknown
from screening.engine.plan import plan_values
from screening.engine.program import compile_pack
from screening.engine.sheet import read_sheet


class _Answers(dict[str, Known]):
    """A question that this pack does not ask is unknown, so what hangs on it is shown."""

    def __missing__(self, question: str) -> Unknown:
        return UNKNOWN


def case_of(screening: Screening, *, today: date) -> Case:
    """The answers, the plan, the last session and the findings of `screening`. Three queries."""
    pack = pack_of(screening.pack)
    sheet = read_sheet(pack, screening.submission.answers, given_on=screening.assessment_date)
    context = Context(
        assessment_date=screening.assessment_date,
        planned_date=screening.planned_date,
        modality=screening.procedure.modality,
        depth_mm=float(screening.depth_mm),
        areas=tuple(screening.areas),
        anaesthetic_planned=screening.anaesthetic_planned,
        last_session=last_session(screening.client_id, today),
    )
    case = open_case(
        compile_pack(pack),
        sheet=sheet,
        plan=plan_values(pack, context),
        assessment_date=screening.assessment_date,
        planned_date=screening.planned_date,
    ).rules
    case.answers = _Answers(case.answers)
    found = Finding.objects.filter(screening=screening).values_list("code", "level")
    case.levels.update({code: Level(level) for code, level in found})
    return case
