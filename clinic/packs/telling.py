"""What a change means, as it is kept and in words."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from clinic.intake.comparing import Direction, Found
from clinic.intake.models import NEVER
from clinic.packs.changes import Change
from screening.engine import Level, Pack
from screening.models import RulePack

MOST_CAUSES = 2
LONGEST_CAUSE = 500
PRECAUTIONS = _lazy("there are new precautions for the treatment")


def as_json(change: Change) -> dict[str, Any]:
    """A change as a simulation keeps it.

    `findings`: `code`, `title`, and `old` and `new` with `outcome`, `level` and `until` (None
    where it was or is not there). `missing`: ids of questions without an answer that counts.
    `clear_until`: last day of a clearance without review, old and new. `flags`: those that come.
    """
    old, new = change.comparison.old, change.comparison.new
    return {
        "findings": [
            {"code": one.code, "title": one.title, "old": _found(one.old), "new": _found(one.new)}
            for one in change.comparison.changed
        ],
        "missing": list(change.judged.assessment.result.missing) if old.complete else [],
        "clear_until": [_day(old.clear_until), _day(new.clear_until)],
        "flags": sorted(new.flags - old.flags),
    }


def cause(rules: RulePack, pack: Pack, change: Change) -> str:
    """Why a screening ends under new rules, for people to read where it is on hold."""
    if change.comparison.direction is not Direction.WORSE:
        return _("New safety rules %(name)s %(version)s judge these answers less strictly.") % {
            "name": rules.name,
            "version": rules.version,
        }
    reasons = _reasons(pack, change)
    said = reasons[:MOST_CAUSES]
    if more := len(reasons) - len(said):
        said.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
    words = _("New safety rules %(name)s %(version)s: %(reasons)s.") % {
        "name": rules.name,
        "version": rules.version,
        "reasons": "; ".join(said),
    }
    return words if len(words) <= LONGEST_CAUSE else f"{words[: LONGEST_CAUSE - 1]}…"


def _reasons(pack: Pack, change: Change) -> list[str]:
    """The heaviest first."""
    old, new = change.comparison.old, change.comparison.new
    worse = [(one.title, one.new) for one in change.comparison.changed if one.worse and one.new]
    found = [_now(title, one) for title, one in sorted(worse, key=lambda pair: -pair[1].level)]
    if old.complete and not new.complete:
        found += [_asked(pack, name) for name in change.judged.assessment.result.missing]
    if not found and NEVER > new.clear_from > old.clear_from:
        found.append(_("may be booked from %(day)s") % {"day": _long(new.clear_from)})
    if not found and new.clear_until and old.clear_until and new.clear_until < old.clear_until:
        found.append(_("may be booked until %(day)s") % {"day": _long(new.clear_until)})
    if not found and not new.flags <= old.flags:
        found.append(str(PRECAUTIONS))
    return found or [_("the answers are judged otherwise")]


def _now(title: str, new: Found) -> str:
    words = {
        Level.REVIEW: _("“%(title)s” now needs a practitioner's decision"),
        Level.DEFER: _("“%(title)s” now waits until %(day)s"),
        Level.CONTRAINDICATED: _("“%(title)s” now rules the treatment out"),
    }[new.level]
    return words % {"title": title, "day": _long(new.until)}


def _asked(pack: Pack, name: str) -> str:
    question = pack.question_by_id.get(name)
    return _("“%(question)s” has still to be answered") % {
        "question": question.text if question else name
    }


def _found(found: Found | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"outcome": found.outcome, "level": found.level.name, "until": _day(found.until)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _long(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
