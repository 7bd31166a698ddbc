"""What a test case expects and what the rules say, as somebody reads it who is no programmer."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.packs.editing.names import Names
from clinic.packs.editing.words import level_in_words
from screening.engine import Hit
from screening.engine.cases import ExpectedHit
from screening.trying import CaseResult, Differs


def told(one: CaseResult, names: Names) -> tuple[Differs, ...]:
    """What differs in a case, with rules and questions by their titles and dates written out."""
    return tuple(_told(item, one, names) for item in one.differs)


def _told(item: Differs, one: CaseResult, names: Names) -> Differs:
    wanted, found = one.case.expected, one.result
    said = {
        "level": lambda: (level_in_words(item.expected), level_in_words(item.found)),
        "complete": lambda: (_truth(wanted.complete), _truth(found.complete)),
        "missing": lambda: (_asked(wanted.missing, names), _asked(found.missing, names)),
        "defer_until": lambda: (_day(wanted.defer_until), _day(found.defer_until)),
        "earliest": lambda: (_day(wanted.earliest), _day(found.earliest)),
        "hits": lambda: (_hits(wanted.hits, names), _hits(found.hits, names)),
    }.get(item.what)
    old, new = said() if said else (item.expected, item.found)
    return Differs(what=item.what, expected=old, found=new)


def _hits(hits: Iterable[Hit | ExpectedHit], names: Names) -> str:
    return "; ".join(_hit(hit, names) for hit in hits)


def _hit(hit: Hit | ExpectedHit, names: Names) -> str:
    words = {"title": names.rule(hit.code), "level": level_in_words(hit.level.name)}
    if hit.defer_until:
        words["day"] = _day(hit.defer_until)
        return _("%(title)s: %(level)s, not before %(day)s") % words
    return _("%(title)s: %(level)s") % words


def _asked(questions: Iterable[str], names: Names) -> str:
    return "; ".join(f"“{names.question(question)}”" for question in questions)


def _truth(value: object) -> str:
    return _("yes") if value else _("no")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
