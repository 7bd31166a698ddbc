"""Keeping what some rules say of frozen answers, in place of what was live."""

from datetime import datetime

from clinic.audit.record import record
from clinic.clients.queries import held_for_good
from clinic.core.actor import Actor
from clinic.core.fields import acted_by
from clinic.intake.clearing import end_screening, grant
from clinic.intake.judging import Judged, finding_fields, result_json
from clinic.intake.models import Clearance, Finding, Intake, Screening, Submission
from clinic.intake.news_queries import unanswered_news
from clinic.intake.past_sessions import KEPT, session_json
from clinic.intake.queries import live_screening
from screening.engine import LastSession
from screening.models import RulePack


def store(
    *,
    actor: Actor,
    frozen: Submission,
    rules: RulePack,
    judged: Judged,
    last: LastSession | None,
    plan: Intake | Screening,
    cause: str,
    at: datetime,
    news_answered: bool = False,
) -> Screening:
    """Keep what `rules` say of frozen answers: end the live screening for `cause`, add this one,
    and clear where nobody needs to decide and nothing was told since. Inside the caller's
    transaction, under its locks.

    `plan` gives procedure, site, depth, areas and numbing; `last` is the session judged with.
    `news_answered`: the caller knows that the answers answer all that was told.
    """
    old = live_screening(frozen.client_id, plan.procedure_id)
    if old is not None:
        end_screening(actor=actor, screening=old, cause=cause, at=at)
    found = judged.assessment
    made = Screening.objects.create(
        submission=frozen,
        client_id=frozen.client_id,
        site_id=plan.site_id,
        procedure=plan.procedure,
        pack=rules,
        depth_mm=plan.depth_mm,
        areas=plan.areas,
        anaesthetic_planned=plan.anaesthetic_planned,
        planned_date=judged.planned_date,
        assessment_date=frozen.assessment_date,
        complete=found.complete,
        level=int(found.level),
        defer_until=found.defer_until,
        clear_from=judged.clear_from,
        windows_end=judged.windows_end,
        hard_stop=judged.hard_stop,
        flags=list(found.flags),
        result={**result_json(judged), KEPT: session_json(last)},
        screened_at=at,
        country=judged.context.jurisdiction or "",
        **acted_by(actor),
    )
    Finding.objects.bulk_create(
        Finding(screening=made, position=position, **finding_fields(hit))
        for position, hit in enumerate(found.hits)
    )
    record(
        actor=actor,
        verb="screening.made",
        at=at,
        subject=made,
        client_id=made.client_id,
        level=found.level.name,
        findings=len(found.hits),
    )
    told = news_answered or not unanswered_news(frozen)
    if judged.clear_until is not None and told and not held_for_good([frozen.client]):
        grant(
            actor=actor,
            screening=made,
            basis=Clearance.Basis.SCREENING,
            decision_id=None,
            valid_from=judged.clear_from,
            valid_until=judged.clear_until,
            at=at,
        )
    return made
