"""Handing answers in: frozen, screened, and cleared where nobody needs to decide."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.core.errors import Refused
from clinic.core.fields import acted_by
from clinic.intake.actions.drafts import check_plan
from clinic.intake.actions.locking import lock_client
from clinic.intake.errors import NotOpen, OtherBirthday, Renewed, Unanswered
from clinic.intake.freezing import freeze
from clinic.intake.judging import (
    ANSWERS_COUNT_DAYS,
    PlanChoice,
    judge,
)
from clinic.intake.models import Intake, Screening, Submission
from clinic.intake.news_queries import names_touched, newest_news_beside, unanswered_news
from clinic.intake.pace import conduct_of, frozen_conduct
from clinic.intake.packs import is_newest, newest, pack_of
from clinic.intake.queries import last_session
from clinic.intake.rules_lock import while_rules_stand
from clinic.intake.storing import store
from screening.engine import Pack, answers_hash
from screening.engine.carrying import still_mean


@transaction.atomic
def submit(*, actor: Actor, intake: Intake, at: datetime, today: date) -> Screening:
    """Freeze the answers, screen them, end what an older screening allowed, clear where possible.

    Raises NotOpen (the second of two at once is told), Renewed when a newer pack asks, Unanswered
    with the questions, and OtherBirthday where the answers contradict the client's record.
    """
    while_rules_stand()
    client = lock_client(intake.client_id)
    draft = (
        Intake.objects.select_for_update(of=("self",))
        .select_related("pack", "procedure", "amends", "site")
        .annotate(newest_news=newest_news_beside())
        .get(pk=intake.pk)
    )
    if not draft.is_open:
        raise NotOpen
    if not is_newest(draft.pack):
        raise Renewed
    pack = pack_of(draft.pack)
    answers, wording = freeze(pack, draft.answers)
    _born_as_recorded(pack, answers, client)
    last = last_session(client.pk, today)
    conduct = frozen_conduct(draft, pack)
    judged = judge(
        pack,
        answers,
        plan_of(draft),
        assessment_date=today,
        last_session=last,
        conduct=conduct_of(conduct),
    )
    if missing := judged.assessment.result.missing:
        raise Unanswered(missing)
    Intake.objects.filter(pk=draft.pk).update(submitted_at=at)
    frozen = Submission.objects.create(
        intake=draft,
        client=client,
        pack=draft.pack,
        answers=answers,
        wording=wording,
        heard={name: draft.heard.get(name, 0) for name in answers},
        conduct=conduct,
        answers_sha256=answers_hash(answers),
        assessment_date=today,
        submitted_at=at,
        **acted_by(actor),
    )
    if draft.newest_news and (news := unanswered_news(frozen)):
        asked = names_touched(pack, news)
        raise Unanswered(tuple(name for name in answers if name in asked))
    record(actor=actor, verb="intake.submit", at=at, subject=frozen, client_id=client.pk)
    words = (
        _("Answers changed by %(name)s on %(day)s")
        if draft.amends_id
        else _("New answers from %(name)s on %(day)s")
    )
    cause = words % {"name": actor.name, "day": date_format(today, "j F")}
    return store(
        actor=actor,
        frozen=frozen,
        rules=draft.pack,
        judged=judged,
        last=last,
        plan=draft,
        cause=cause,
        at=at,
        news_answered=True,
    )


@transaction.atomic
def change_plan(
    *,
    actor: Actor,
    screening: Screening,
    depth_mm: Decimal,
    areas: Sequence[str],
    anaesthetic_planned: bool,
    planned_date: date,
    at: datetime,
    today: date,
) -> Screening:
    """Screen the same answers under another plan, by the rules in force; the old screening and
    clearance end.

    Refused when the screening is no longer live, or its answers no longer count or lack one that
    the rules in force ask for.
    """
    while_rules_stand()
    client = lock_client(screening.client_id)
    old = Screening.objects.select_related(
        "procedure", "site", "submission__intake", "submission__pack"
    ).get(pk=screening.pk)
    if old.ended_at:
        raise Refused(_("There are newer answers or a newer plan. Please look at those."))
    check_plan(old.procedure, depth_mm, areas)
    frozen = old.submission
    if today > frozen.assessment_date + timedelta(days=ANSWERS_COUNT_DAYS):
        raise Refused(_("The answers are more than 30 days old. Please ask the questions again."))
    plan = PlanChoice(
        modality=old.procedure.modality,
        depth_mm=depth_mm,
        areas=tuple(areas),
        anaesthetic_planned=anaesthetic_planned,
        planned_date=planned_date,
        test_patch_ok=frozen.intake.test_patch_ok,
        country=old.site.country,
    )
    rules, last = newest(), last_session(client.pk, today)
    judged = judge(
        pack_of(rules),
        still_mean(pack_of(rules), frozen.answers, given_under=frozen.pack.version),
        plan,
        assessment_date=frozen.assessment_date,
        last_session=last,
        conduct=conduct_of(frozen.conduct),
    )
    if judged.assessment.result.missing:
        raise Refused(_("The questions have been renewed. Please ask them again."))
    cause = _("Plan changed by %(name)s on %(day)s") % {
        "name": actor.name,
        "day": date_format(today, "j F"),
    }
    changed = Intake(
        procedure=old.procedure,
        site_id=old.site_id,
        depth_mm=depth_mm,
        areas=list(areas),
        anaesthetic_planned=anaesthetic_planned,
    )
    return store(
        actor=actor,
        frozen=frozen,
        rules=rules,
        judged=judged,
        last=last,
        plan=changed,
        cause=cause,
        at=at,
    )


def plan_of(intake: Intake) -> PlanChoice:
    """What an open questionnaire plans."""
    return PlanChoice(
        modality=intake.procedure.modality,
        depth_mm=intake.depth_mm,
        areas=tuple(intake.areas),
        anaesthetic_planned=intake.anaesthetic_planned,
        planned_date=intake.planned_date,
        test_patch_ok=intake.test_patch_ok,
        country=intake.site.country,
    )


def _born_as_recorded(pack: Pack, answers: dict[str, Any], client: Client) -> None:
    born = pack.birth_question
    if born and answers.get(born.id) not in (None, client.date_of_birth.isoformat()):
        raise OtherBirthday
