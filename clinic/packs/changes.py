"""Whom other rules judge differently: found, compared, and what hangs on it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, QuerySet

from clinic.booking.models import Appointment
from clinic.intake.comparing import Comparison, compare
from clinic.intake.evidence import evidence_of
from clinic.intake.judging import Judged
from clinic.intake.models import Clearance, Finding, Screening
from clinic.intake.packs import pack_of
from clinic.intake.rejudging import found_now, rejudge
from screening.engine import UNSURE, LastSession, Pack, Rule
from screening.models import RulePack


@dataclass(frozen=True, kw_only=True)
class Change:
    """One screening that other rules judge differently; of `screening` only whose it is is read."""

    screening: Screening
    last: LastSession | None
    judged: Judged
    comparison: Comparison


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One bounded look: the screenings looked at, and those of them that change."""

    ids: tuple[int, ...]
    changes: tuple[Change, ...]

    @property
    def changed_ids(self) -> frozenset[int]:
        return frozenset(change.screening.pk for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """What rests on a judgement: a live clearance, and appointments to come that hold it."""

    clearance_id: int
    bookings: int


def look(pack: Pack, among: QuerySet[Screening], *, after: int, most: int) -> Looked:
    """Judge the next screenings of `among` by id, at most `most` of them.

    Nobody is left out between the first and the last id of a look. No ids: there are no more.
    """
    ahead = among.filter(pk__gt=after, pack__name=pack.name).order_by("pk")
    ids: list[int] = []
    found: dict[int, tuple[LastSession | None, Judged, Comparison]] = {}
    for evidence in evidence_of(ahead[:most]):
        ids.append(evidence.screening_id)
        judged = rejudge(pack, evidence)
        comparison = compare(evidence.found, found_now(judged))
        if comparison is not None:
            found[evidence.screening_id] = evidence.last_session, judged, comparison
    return Looked(ids=tuple(ids), changes=tuple(_changes(found)))


def _changes(
    found: Mapping[int, tuple[LastSession | None, Judged, Comparison]],
) -> Iterator[Change]:
    rows = Screening.objects.filter(pk__in=found).order_by("pk")
    for row in rows.only("client_id", "site_id", "submission_id"):
        last, judged, comparison = found[row.pk]
        yield Change(screening=row, last=last, judged=judged, comparison=comparison)


def hanging_on(changes: Collection[Change], *, today: date) -> dict[int, Hanging]:
    """The live clearances that rest on changed screenings, by the screening's id. One query."""
    return hanging([change.screening.pk for change in changes], today=today)


def hanging(screenings: Collection[int], *, today: date) -> dict[int, Hanging]:
    """The same, by the screenings' ids."""
    live = Clearance.objects.filter(screening__in=screenings, ended_at=None)
    coming = Appointment.objects.filter(
        clearance=OuterRef("pk"), status__in=("BOOKED", "ARRIVED"), local_day__gte=today
    )
    counted = coming.order_by().values("clearance").annotate(many=Count("pk")).values("many")
    rows = live.annotate(bookings=counted).values_list("screening", "pk", "bookings")
    return {
        screening: Hanging(clearance_id=clearance, bookings=many or 0)
        for screening, clearance, many in rows
    }


def newest_of_each() -> QuerySet[Screening]:
    """Every submission's newest screening."""
    newer = Screening.objects.filter(submission=OuterRef("submission"), pk__gt=OuterRef("pk"))
    return Screening.objects.filter(~Exists(newer))


def reworded(pack: Pack, looked: Looked) -> int:
    """How many of those looked at would read other words although nothing else changes."""
    if not looked.ids:
        return 0
    readers: set[int] = set()
    for old in RulePack.objects.filter(name=pack.name):
        words = _new_words(pack_of(old), pack)
        if not words:
            continue
        rows = Finding.objects.filter(
            screening__gte=looked.ids[0],
            screening__lte=looked.ids[-1],
            screening__pack=old,
            code__in={code for code, _ in words},
        ).values_list("screening", "code", "outcome")
        readers.update(row for row, code, outcome in rows if (code, outcome) in words)
    return len((readers & set(looked.ids)) - looked.changed_ids)


@lru_cache(maxsize=64)
def _new_words(old: Pack, new: Pack) -> frozenset[tuple[str, str]]:
    """Rules and outcomes of both packs whose words are not the same."""
    return frozenset(
        (code, outcome)
        for code, rule in new.rule_by_code.items()
        if code in old.rule_by_code
        for outcome, words in _words(new, rule).items()
        if words != _words(old, old.rule_by_code[code]).get(outcome)
    )


def _words(pack: Pack, rule: Rule) -> Mapping[str, tuple[object, ...]]:
    shared = (
        *(rule.title, rule.rationale, rule.practitioner_check),
        *(rule.evidence, rule.evidence_note, rule.sources),
    )
    said = {outcome.id: (outcome.message, *shared) for outcome in rule.outcomes}
    return said | {UNSURE: (pack.unsure_message, *shared)}
