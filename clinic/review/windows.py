"""The waits behind a finding, as bars on a line of days and as sentences."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.intake.models import Finding, Level, Screening
from screening.engine import Context, LastSession, Pack, Wait, waits_of
from screening.engine.dates import Window


@dataclass(frozen=True, kw_only=True)
class Waits:
    """What `{% timeline %}` draws, and the same in words."""

    spans: list[tuple[date, date, str]]
    marks: list[tuple[date, str]]
    words: list[str]


def waits(
    screening: Screening, finding: Finding, pack: Pack, last: LastSession | None
) -> Waits | None:
    """The drawing of a finding that waits; None for any other. `last` is the session before."""
    until = finding.defer_until
    if until is None:
        return None
    context = Context(
        assessment_date=screening.assessment_date,
        planned_date=screening.planned_date,
        modality=screening.procedure.modality,
        depth_mm=float(screening.depth_mm),
        areas=tuple(screening.areas),
        last_session=last,
    )
    found = waits_of(
        pack,
        finding.code,
        finding.outcome,
        context=context,
        answers=screening.submission.answers,
    )
    if not found or found[-1].until != until:
        # What was found stays what it is, even where what it was counted from is gone.
        return _drawn(screening, finding, until, [(screening.assessment_date, until, "")], [])
    spans = [(wait.since, wait.until, _option(pack, wait)) for wait in found]
    return _drawn(screening, finding, until, spans, [_say(pack, wait) for wait in found])


def counts_from_a_session(pack: Pack, code: str) -> bool:
    """Whether the rule waits from the last session, which no answer tells."""
    rule = pack.rule_by_code.get(code)
    return any(one.defer and one.defer.basis == "ctx" for one in rule.outcomes) if rule else False


def _drawn(
    screening: Screening,
    finding: Finding,
    until: date,
    spans: list[tuple[date, date, str]],
    words: list[str],
) -> Waits:
    answered, wished = screening.assessment_date, screening.planned_date
    whole = _("Not before %(until)s. Wished for: %(wished)s. Answers given: %(answered)s.") % {
        "until": _day(until),
        "wished": _day(wished),
        "answered": _day(answered),
    }
    return Waits(
        spans=spans,
        marks=[(answered, _("Answers given")), (wished, _("Wished for"))],
        words=[*words, whole, _afterwards(finding)],
    )


def _afterwards(finding: Finding) -> str:
    if finding.after_level >= Level.REVIEW:
        return _("When the wait is over a clinician must look again.")
    if finding.after_level == Level.ADVISE:
        return _("When the wait is over only advice is left of this.")
    return _("When the wait is over nothing is left of this.")


def _say(pack: Pack, wait: Wait) -> str:
    words = {
        "answer": _("“%(what)s” %(since)s, and %(length)s more: over on %(until)s."),
        "option_dates": _("%(what)s: %(since)s, and %(length)s more: over on %(until)s."),
        "assessment_date": _(
            "Counted from the answers, %(since)s, and %(length)s more: over on %(until)s."
        ),
        "ctx": _(
            "Counted from the last session, %(since)s, and %(length)s more: over on %(until)s."
        ),
    }[wait.basis]
    question = pack.question_by_id[wait.question].text if wait.question else ""
    return words % {
        "what": _option(pack, wait) or question,
        "since": _day(wait.since),
        "length": _length(wait.window),
        "until": _day(wait.until),
    }


def _option(pack: Pack, wait: Wait) -> str:
    if wait.question is None or wait.option is None:
        return ""
    return pack.question_by_id[wait.question].option(wait.option).label


def _length(window: Window) -> str:
    if window.days is not None:
        return ngettext("%(n)d day", "%(n)d days", window.days) % {"n": window.days}
    months = window.months or 0
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
