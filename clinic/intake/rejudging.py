"""Judging stored answers again: the same plan, day and last session as then, under other rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from clinic.clients.models import Client
from clinic.intake.comparing import Found, Judgement
from clinic.intake.judging import Judged, PlanChoice, judge
from clinic.intake.models import Clearance, Finding, Screening
from clinic.intake.pace import conduct_of
from screening.engine import Hit, LastSession, Pack
from screening.engine import Level as EngineLevel

NOT_YET = datetime.max.replace(tzinfo=UTC)

KEPT = "last_session"
"""The key of `Screening.result` under which the last session is kept that was judged with."""


def with_evidence(rows: QuerySet[Screening]) -> QuerySet[Screening]:
    """Screenings with all that judging and comparing reads, in three queries for any number."""
    granted = Clearance.objects.filter(basis=Clearance.Basis.SCREENING).order_by("pk")
    findings = Finding.objects.only(
        *("screening_id", "code", "title", "outcome", "level"),
        *("defer_until", "after_level", "override_by", "position"),
    )
    return (
        rows.select_related("submission__intake", "procedure")
        .defer("submission__wording")
        .prefetch_related(
            Prefetch("findings", findings),
            Prefetch("clearances", granted, to_attr="granted"),
        )
    )


def rejudge(pack: Pack, screening: Screening, last: LastSession | None) -> Judged:
    """What `pack` says of a screening's answers under its own plan."""
    return judge(
        pack,
        screening.submission.answers,
        plan_of_screening(screening),
        assessment_date=screening.assessment_date,
        last_session=last,
        conduct=conduct_of(screening.submission.conduct),
    )


def plan_of_screening(screening: Screening) -> PlanChoice:
    """What was planned when a screening was made."""
    return PlanChoice(
        modality=screening.procedure.modality,
        depth_mm=screening.depth_mm,
        areas=tuple(screening.areas),
        anaesthetic_planned=screening.anaesthetic_planned,
        planned_date=screening.planned_date,
        test_patch_ok=screening.submission.intake.test_patch_ok,
    )


def stored(screening: Screening) -> Judgement:
    """What was found then, as it is stored; a screening from `with_evidence`."""
    granted = [clearance.valid_until for clearance in getattr(screening, "granted", ())]
    named = _named_then(screening)
    return Judgement(
        level=EngineLevel(screening.level),
        complete=screening.complete,
        hard_stop=screening.hard_stop,
        clear_from=screening.clear_from,
        clear_until=max(granted, default=None),
        windows_end=screening.windows_end,
        findings={
            row.code: _of_row(row, named.get(row.code, frozenset()))
            for row in screening.findings.all()
        },
        flags=frozenset(screening.flags),
    )


def found_now(judged: Judged) -> Judgement:
    """The same of a fresh judgement."""
    found = judged.assessment
    return Judgement(
        level=found.level,
        complete=found.complete,
        hard_stop=judged.hard_stop,
        clear_from=judged.clear_from,
        clear_until=judged.clear_until,
        windows_end=judged.windows_end,
        findings={hit.code: _of_hit(hit) for hit in found.hits},
        flags=frozenset(found.flags),
    )


def session_json(last: LastSession | None) -> dict[str, Any] | None:
    """The last session as it is kept with a screening."""
    if last is None:
        return None
    return {
        "date": last.date.isoformat() if last.date else None,
        "modality": last.modality,
        "depth_mm": last.depth_mm,
    }


def last_sessions(screenings: Sequence[Screening]) -> dict[int, LastSession | None]:
    """The last session that each screening was judged with, by its id. At most one query.

    Screenings from before it was kept: what was known of earlier treatments on their day.
    """
    older = [one for one in screenings if KEPT not in one.result]
    sessions = _treatments({one.client_id for one in older})
    found = {one.pk: _kept(one.result.get(KEPT)) for one in screenings if KEPT in one.result}
    return found | {one.pk: _known_then(sessions.get(one.client_id, ()), one) for one in older}


def _kept(value: Mapping[str, Any] | None) -> LastSession | None:
    if value is None:
        return None
    day = value["date"]
    return LastSession(
        date=date.fromisoformat(day) if day else None,
        modality=value["modality"],
        depth_mm=value["depth_mm"],
    )


def _treatments(clients: Iterable[int]) -> dict[int, list[tuple[date, datetime, LastSession]]]:
    """Read through the client, since the treatments room lies above this one; newest first."""
    if not clients:
        return {}
    rows = (
        Client.objects.filter(pk__in=clients, treatments__ended_at__isnull=False)
        .values(
            "pk",
            "treatments__pk",
            "treatments__local_day",
            "treatments__ended_at",
            "treatments__procedure__modality",
            "treatments__max_depth_mm",
        )
        .annotate(deepest=Max("treatments__records__areas__depth_mm"))
        .order_by("-treatments__local_day", "-treatments__pk")
    )
    found: dict[int, list[tuple[date, datetime, LastSession]]] = {}
    for row in rows:
        session = LastSession(
            date=row["treatments__local_day"],
            modality=row["treatments__procedure__modality"],
            depth_mm=float(row["deepest"] or row["treatments__max_depth_mm"]),
        )
        found.setdefault(row["pk"], []).append(
            (row["treatments__local_day"], row["treatments__ended_at"] or NOT_YET, session)
        )
    return found


def _known_then(
    sessions: Iterable[tuple[date, datetime, LastSession]], screening: Screening
) -> LastSession | None:
    day = timezone.localdate(screening.screened_at)
    for on, ended_at, session in sessions:
        if on <= day and ended_at <= screening.screened_at:
            return session
    return None


def _named_then(screening: Screening) -> dict[str, frozenset[str]]:
    """The words that each finding quoted; screenings from before there were any have none."""
    noticed = screening.result.get("further", {}).get("hits", [])
    return {
        hit["code"]: frozenset(one["quote"].casefold() for one in hit["named"]) for hit in noticed
    }


def _of_row(row: Finding, named: frozenset[str]) -> Found:
    return Found(
        code=row.code,
        title=row.title,
        outcome=row.outcome,
        level=EngineLevel(row.level),
        until=row.defer_until,
        after=EngineLevel(row.after_level),
        override_by=row.override_by,
        named=named,
    )


def _of_hit(hit: Hit) -> Found:
    return Found(
        code=hit.code,
        title=hit.title,
        outcome=hit.outcome,
        level=hit.level,
        until=hit.defer_until,
        after=hit.after_level,
        override_by=hit.override.by or "never",
        named=frozenset(one.quote.casefold() for one in getattr(hit, "named", ())),
    )
