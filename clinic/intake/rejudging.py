"""Judging frozen answers again: the same plan, day and last session as then, under other rules."""

from clinic.intake.comparing import Found, Judgement
from clinic.intake.evidence import Evidence
from clinic.intake.judging import Judged, judge
from screening.engine import Hit, Pack
from screening.engine.carrying import still_mean


def rejudge(pack: Pack, evidence: Evidence) -> Judged:
    """What `pack` says of a screening's answers under its own plan. An answer that means something
    else by now is none: its question has to be asked again."""
    return judge(
        pack,
        still_mean(pack, evidence.answers, given_under=evidence.given_under),
        evidence.plan,
        assessment_date=evidence.assessment_date,
        last_session=evidence.last_session,
        conduct=evidence.conduct,
    )


def found_now(judged: Judged) -> Judgement:
    """A fresh judgement, as it is compared with an earlier one."""
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
