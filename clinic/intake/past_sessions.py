"""The last treatment before a screening: as it was kept with it, or as it was known then."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from clinic.clients.models import Client
from clinic.intake.models import Screening
from screening.engine import LastSession

NOT_YET = datetime.max.replace(tzinfo=UTC)

KEPT = "last_session"
"""The key of `Screening.result` under which the last session is kept that was judged with."""


def session_json(last: LastSession | None) -> dict[str, Any] | None:
    """The last session as it is kept with a screening."""
    if last is None:
        return None
    return {
        "date": last.date.isoformat() if last.date else None,
        "modality": last.modality,
        "depth_mm": last.depth_mm,
    }


def last_sessions(screenings: Iterable[Screening]) -> dict[int, LastSession | None]:
    """The last session that each screening was judged with, by its id. At most one query.

    Screenings from before it was kept: what was known of earlier treatments on their day.
    """
    older = [one for one in screenings if KEPT not in one.result]
    sessions = _treatments({one.client_id for one in older})
    found = {one.pk: kept_session(one.result.get(KEPT)) for one in screenings if KEPT in one.result}
    return found | {one.pk: _known_then(sessions.get(one.client_id, ()), one) for one in older}


def kept_session(value: Mapping[str, Any] | None) -> LastSession | None:
    """The last session as it was kept with a screening."""
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
