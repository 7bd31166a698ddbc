"""The screening engine: what a set of answers means. Pure: no Django, no clock, no files.

    from screening.engine import Context, Level, assess, evaluate, visible_questions
    from screening.packs import latest

    pack = latest()
    result = evaluate(pack, Context(assessment_date=…, modality="MN_PEN", …), answers)
    result.level, result.complete, result.missing, result.hits, result.flags
    result.defer_until, result.earliest, result.law, result.pack, result.answers_sha256

- ``assess(pack, context, answers, conduct) -> Assessment`` is what the product goes by: the
  result of the rules, and further findings kept apart from it.
- ``evaluate(pack, context, answers) -> Result`` screens by the rules alone; ``answers`` is plain
  JSON by question id (its forms by type are listed in ``answers.py``).
- ``evaluate_on_days(pack, context, answers) -> (day -> Result)``: the same for many days.
- ``visible_questions(pack, answers) -> tuple[Question, ...]`` says what to ask.
- ``read_answer(question, raw, given_on=…) -> value | Problem`` checks one answer for a form.
- ``assumed(pack, answers, given_on) -> tuple[Assumed, ...]`` says what uncertain dates were taken
  as; ``read_period(raw) -> Period | None`` reads one (its forms are listed in ``partial.py``).
- ``Pack.sections`` is what to show: section id to title and questions, in order.
- ``answers_hash(answers)`` is the ``answers_sha256`` of a result.
- ``what_would_change(pack, context, answers, Offered(…)) -> tuple[Change, ...]``: other plans at
  which the level is lower, found by judging them.
- ``build_pack(questions=…, rules=…, sources=…)`` builds and validates; PackError.

Order of work: the plan and the answers are read (``plan``, ``sheet``), each rule takes its first
outcome whose condition is true, then combinations read answers, plan and hits (``judge``); the
worst level counts. Conditions are true, false or unknown (``compile``): an unknown one of a rule
never hits, and its result is not complete; a combination that an answer leaves open is REVIEW.
That is the plain evaluator; a complete form is judged by functions generated from the pack
(``generate``), which tests hold to the same results.
"""

from .answers import Option, Problem, Question, QuestionType, Section, read_answer
from .assess import Assessment, assess
from .assumed import Assumed, assumed
from .build import build_pack
from .changes import Change, what_would_change
from .conduct import Conduct, Pace
from .conflicts import BearsOn, Conflict
from .context import Context, LastSession
from .evaluate import answers_hash, evaluate, evaluate_on_days, visible_questions
from .findings import UNSURE, Hit, LawHit, Result
from .further import further_findings
from .law import Jurisdiction, Law
from .levels import Kind, Level
from .noticed import FurtherHit, Named
from .offers import Offer, Offered
from .partial import Period, read_period
from .plan_parts import Part
from .policy import Policy
from .rules import Outcome, Override, Pack, Rule, Source
from .tables import PackError
from .waits import Wait, waits_of

__all__ = [
    "UNSURE",
    "Assessment",
    "Assumed",
    "BearsOn",
    "Change",
    "Conduct",
    "Conflict",
    "Context",
    "FurtherHit",
    "Hit",
    "Jurisdiction",
    "Kind",
    "LastSession",
    "Law",
    "LawHit",
    "Level",
    "Named",
    "Offer",
    "Offered",
    "Option",
    "Outcome",
    "Override",
    "Pace",
    "Pack",
    "PackError",
    "Part",
    "Period",
    "Policy",
    "Problem",
    "Question",
    "QuestionType",
    "Result",
    "Rule",
    "Section",
    "Source",
    "Wait",
    "answers_hash",
    "assess",
    "assumed",
    "build_pack",
    "evaluate",
    "evaluate_on_days",
    "further_findings",
    "read_answer",
    "read_period",
    "visible_questions",
    "waits_of",
    "what_would_change",
]
