"""Questionnaires while they are filled in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from clinic.audit.record import record
from clinic.clients.models import Client
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.intake.errors import (
    TWO_AT_ONCE,
    AlreadyOpen,
    ChangedMeanwhile,
    NotOpen,
    NotTimed,
    PlanNotOffered,
)
from clinic.intake.going_through import earlier_of
from clinic.intake.models import Intake
from clinic.intake.news_queries import (
    names_touched,
    newest_news,
    news_after,
)
from clinic.intake.pace import with_pace
from clinic.intake.packs import newest, pack_of
from clinic.intake.queries import last_submission
from clinic.procedures.models import Procedure
from screening.engine import Pack, Problem, read_answer
from screening.engine.carrying import still_mean


@transaction.atomic
def start(
    *,
    actor: Actor,
    client: Client,
    procedure: Procedure,
    depth_mm: Decimal,
    areas: Sequence[str],
    anaesthetic_planned: bool,
    planned_date: date,
    test_patch_ok: bool,
    at: datetime,
) -> Intake:
    """Open a questionnaire with nothing answered, on the newest published pack.

    Raises AlreadyOpen, with the open one, and PlanNotOffered for a plan that the procedure does
    not reach.
    """
    check_plan(procedure, depth_mm, areas)
    plan = {
        "depth_mm": depth_mm,
        "areas": list(areas),
        "anaesthetic_planned": anaesthetic_planned,
        "planned_date": planned_date,
        "test_patch_ok": test_patch_ok,
    }
    return _open(actor=actor, client=client, procedure=procedure, at=at, **plan)


@transaction.atomic
def amend(
    *,
    actor: Actor,
    client: Client,
    procedure: Procedure,
    at: datetime,
    afresh: Collection[str] = (),
) -> Intake:
    """Open a questionnaire with the client's last answers in view, to go through them again.

    Nothing is answered: section by section somebody says that they are still true, or changes
    them. What the newest pack no longer asks or no longer accepts, or what means something else by
    now, is left out, and so are `afresh`: questions that somebody needs a new answer to.
    """
    last = last_submission(client.pk, procedure.pk)
    if last is None:
        raise Refused(_("There are no answers yet that could be changed."))
    screened = last.screenings.order_by("-screened_at", "-pk").first()
    if screened is None:
        raise Refused(_("There are no answers yet that could be changed."))
    pack = pack_of(newest())
    known = {
        key: answer for key, answer in _still_asked(pack, last.answers).items() if key not in afresh
    }
    return _open(
        actor=actor,
        client=client,
        procedure=procedure,
        at=at,
        depth_mm=screened.depth_mm,
        areas=screened.areas,
        anaesthetic_planned=screened.anaesthetic_planned,
        planned_date=screened.planned_date,
        test_patch_ok=last.intake.test_patch_ok,
        answers={},
        earlier=still_mean(pack, known, given_under=last.pack.version),
        heard=last.heard,
        amends=last,
    )


@transaction.atomic
def change_draft_plan(
    *,
    actor: Actor,
    intake: Intake,
    depth_mm: Decimal,
    areas: Sequence[str],
    anaesthetic_planned: bool,
    planned_date: date,
    test_patch_ok: bool,
    at: datetime,
) -> Intake:
    """Plan something else while the questions are still open; the answers stay."""
    check_plan(intake.procedure, depth_mm, areas)
    locked = locked_draft(intake)
    Intake.objects.filter(pk=locked.pk).update(
        depth_mm=depth_mm,
        areas=list(areas),
        anaesthetic_planned=anaesthetic_planned,
        planned_date=planned_date,
        test_patch_ok=test_patch_ok,
    )
    record(actor=actor, verb="intake.plan", at=at, subject=locked, client_id=locked.client_id)
    locked.refresh_from_db()
    return locked


@transaction.atomic
def save_section(
    *,
    actor: Actor,
    intake: Intake,
    answers: Mapping[str, Any],
    section: str,
    version: int,
    at: datetime,
    seconds: float | None = None,
    heard: int | None = None,
    confirmed: Collection[str] = (),
) -> Intake:
    """Replace the answers of one section by `answers` (valid ones only; the rest is unanswered).

    `seconds` is how long its page was open, None where that is not known. `heard` is the newest
    news that the page knew, None for all there is: what was told since stays unanswered.
    `confirmed` are those whose earlier answer was said to be still true.
    `version` is the one the writer last saw. Raises NotOpen, ChangedMeanwhile when somebody else
    saved this very section since, and NotTimed where it is a client's and `seconds` are not known;
    then nothing is written.
    """
    locked = locked_draft(intake)
    asked = {q.id for q in pack_of(locked.pack).sections[section].questions}
    before = locked.sections_saved.get(section, {})
    if before.get("version", 0) > version:
        raise ChangedMeanwhile(locked, before["by"])
    if seconds is None and actor.kind == "client":
        raise NotTimed(locked)
    newest_told = newest_news(locked.client_id)
    heard = newest_told if heard is None else heard
    pack, late = pack_of(locked.pack), frozenset[str]()
    if newest_told > heard:
        late = names_touched(pack, news_after(locked.client_id, heard))
    if confirmed:
        earlier = earlier_of(locked, pack, news_after(locked.client_id, 0))
        late |= earlier.afresh & set(confirmed)
    kept = {key: value for key, value in locked.answers.items() if key not in asked}
    given = {key: value for key, value in answers.items() if key in asked - late}
    changed = given != {key: value for key, value in locked.answers.items() if key in asked}
    saved = locked.sections_saved | {
        section: {
            "version": locked.version + 1,
            "by": actor.name,
            "at": at.isoformat(),
            **with_pace(before, seconds, actor, changed=changed, paper=bool(locked.paper_by)),
            **_confirmed(before, confirmed, given),
        }
    }
    locked.answers = kept | given
    locked.earlier |= {key: value for key, value in answers.items() if key in asked & late}
    locked.heard |= dict.fromkeys(given, heard)
    locked.sections_saved = saved
    locked.version += 1
    locked.saved_at = at
    locked.save(
        update_fields=["answers", "earlier", "heard", "sections_saved", "version", "saved_at"]
    )
    record(
        actor=actor,
        verb="intake.save",
        at=at,
        subject=locked,
        client_id=locked.client_id,
        section=section,
        version=locked.version,
    )
    return locked


@transaction.atomic
def abandon(*, actor: Actor, intake: Intake, at: datetime) -> Intake:
    """Set an open questionnaire aside for good. What was answered is kept, and clears nothing."""
    locked = locked_draft(intake)
    Intake.objects.filter(pk=locked.pk).update(abandoned_at=at)
    record(actor=actor, verb="intake.abandon", at=at, subject=locked, client_id=locked.client_id)
    locked.refresh_from_db()
    return locked


def check_plan(procedure: Procedure, depth_mm: Decimal, areas: Sequence[str]) -> None:
    """PlanNotOffered, naming the field, unless the procedure reaches this depth and these areas."""
    if not procedure.min_depth_mm <= depth_mm <= procedure.max_depth_mm:
        words = _("%(name)s goes from %(least)s to %(most)s mm.") % {
            "name": procedure.name,
            "least": procedure.min_depth_mm,
            "most": procedure.max_depth_mm,
        }
        raise PlanNotOffered("depth_mm", words)
    if not areas or not set(areas) <= set(procedure.areas):
        raise PlanNotOffered("areas", _("Please choose areas that this procedure treats."))


def _open(
    *, actor: Actor, client: Client, procedure: Procedure, at: datetime, **fields: Any
) -> Intake:
    found = Intake.objects.filter(
        client=client, procedure=procedure, submitted_at=None, abandoned_at=None
    ).first()
    if found is not None:
        raise AlreadyOpen(found)
    try:
        with transaction.atomic():
            made = Intake.objects.create(
                client=client,
                site_id=procedure.site_id,
                procedure=procedure,
                pack=newest(),
                started_at=at,
                **fields,
            )
    except IntegrityError as error:
        raise refusal_for(error, TWO_AT_ONCE) from error
    record(
        actor=actor,
        verb="intake.start",
        at=at,
        subject=made,
        client_id=client.pk,
        procedure=procedure.pk,
        amends=made.amends_id,
    )
    return made


def _confirmed(
    before: Mapping[str, Any], confirmed: Collection[str], given: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Which answers of a section stand because somebody said that they are still true."""
    found = sorted((set(before.get("confirmed", ())) | set(confirmed)) & set(given))
    return {"confirmed": found} if found else {}


def locked_draft(intake: Intake) -> Intake:
    """An open questionnaire, held until the transaction ends. Raises NotOpen."""
    locked = (
        Intake.objects.select_for_update(of=("self",))
        .select_related("client", "procedure", "pack", "site")
        .get(pk=intake.pk)
    )
    if not locked.is_open:
        raise NotOpen
    return locked


def _still_asked(pack: Pack, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that the pack still understands."""
    known = pack.question_by_id
    return {
        key: value
        for key, value in answers.items()
        if key in known and not isinstance(read_answer(known[key], value, given_on=None), Problem)
    }
