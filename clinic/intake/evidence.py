"""What past screenings went by and what they found, read many at a time."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Cast

from clinic.intake.comparing import Found, Judgement
from clinic.intake.judging import PlanChoice
from clinic.intake.models import Clearance, Finding, Screening
from clinic.intake.pace import conduct_of
from clinic.intake.past_sessions import KEPT, kept_session, last_sessions
from screening.engine import Conduct, LastSession, Level

_FINDING = ("code", "title", "outcome", "level", "defer_until", "after_level", "override_by")
Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """All that judging a screening's answers again needs, and what was found then.

    `given_under` is the version of the pack whose questions were answered.
    """

    screening_id: int
    given_under: str
    answers: dict[str, Any]
    conduct: Conduct
    plan: PlanChoice
    assessment_date: date
    last_session: LastSession | None
    found: Judgement


def evidence_of(rows: QuerySet[Screening]) -> Iterator[Evidence]:
    """The evidence of these screenings, in their order, each made when its turn comes. Three
    queries for any number; two more where some are from before the last session was kept."""
    read = list(
        rows.values(
            *("pk", "level", "complete", "hard_stop", "clear_from", "windows_end", "flags"),
            *("depth_mm", "areas", "anaesthetic_planned", "planned_date", "assessment_date"),
            "country",
            modality=F("procedure__modality"),
            test_patch_ok=F("submission__intake__test_patch_ok"),
            given_under=F("submission__pack__version"),
            answers=_as_text("submission__answers"),
            conduct=_as_text("submission__conduct"),
            session=_as_text(f"result__{KEPT}"),
            further=_as_text("result__further__hits"),
        )
    )
    ids = [row["pk"] for row in read]
    findings, until = _findings(ids), _cleared_until(ids)
    older = [row["pk"] for row in read if row["session"] is None]
    sessions = last_sessions(Screening.objects.filter(pk__in=older)) if older else {}
    for row in read:
        kept = row["session"]
        yield Evidence(
            screening_id=row["pk"],
            given_under=row["given_under"],
            answers=json.loads(row["answers"]),
            conduct=conduct_of(json.loads(row["conduct"])),
            plan=_plan(row),
            assessment_date=row["assessment_date"],
            last_session=kept_session(json.loads(kept)) if kept else sessions[row["pk"]],
            found=_judgement(row, findings[row["pk"]], until.get(row["pk"])),
        )


def _as_text(field: str) -> Cast:
    """JSON is read when its turn comes: thousands of answers at once slow Python down."""
    return Cast(field, models.TextField())


def _findings(ids: Sequence[int]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    rows = Finding.objects.filter(screening__in=ids).order_by()
    for screening, *finding in rows.values_list("screening_id", *_FINDING):
        found[screening].append(tuple(finding))
    return found


def _cleared_until(ids: Sequence[int]) -> dict[int, date]:
    """The last day of each clearance that was granted without a review."""
    granted = Clearance.objects.filter(screening__in=ids, basis=Clearance.Basis.SCREENING)
    last = granted.values("screening").annotate(last=Max("valid_until"))
    return dict(last.values_list("screening", "last"))


def _plan(row: Mapping[str, Any]) -> PlanChoice:
    return PlanChoice(
        modality=row["modality"],
        depth_mm=row["depth_mm"],
        areas=tuple(row["areas"]),
        anaesthetic_planned=row["anaesthetic_planned"],
        planned_date=row["planned_date"],
        test_patch_ok=row["test_patch_ok"],
        country=row["country"],
    )


def _judgement(
    row: Mapping[str, Any], findings: Iterable[Row], clear_until: date | None
) -> Judgement:
    quoted = {
        hit["code"]: frozenset(one["quote"].casefold() for one in hit["named"])
        for hit in json.loads(row["further"] or "[]")
    }
    return Judgement(
        level=Level(row["level"]),
        complete=row["complete"],
        hard_stop=row["hard_stop"],
        clear_from=row["clear_from"],
        clear_until=clear_until,
        windows_end=row["windows_end"],
        findings={
            code: Found(
                code=code,
                title=title,
                outcome=outcome,
                level=Level(level),
                until=until,
                after=Level(after),
                override_by=by,
                named=quoted.get(code, frozenset()),
            )
            for code, title, outcome, level, until, after, by in findings
        },
        flags=frozenset(row["flags"]),
    )
