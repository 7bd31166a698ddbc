"""Facts for screenings from before they were kept, from the frozen answers."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction

from clinic.core.errors import Refused
from clinic.intake.facts import add_row, row_of
from clinic.intake.models import Screening
from clinic.intake.packs import pack_of
from clinic.intake.rejudging import last_sessions, rejudge

AT_ONCE = 200


def fill_facts(*, at_once: int = AT_ONCE) -> Iterator[int]:
    """Add every row that is lacking, a few in one transaction; yields how many each time."""
    done = 0
    while True:
        rows = list(
            Screening.objects.filter(facts=None, pk__gt=done)
            .select_related("pack", "procedure", "submission__intake")
            .order_by("pk")[:at_once]
        )
        if not rows:
            return
        with transaction.atomic():
            for screening in rows:
                _fill(screening)
        done = rows[-1].pk
        yield len(rows)


def _fill(screening: Screening) -> None:
    """A row that cannot be made again exactly is not whole, and so always looked at."""
    try:
        pack = pack_of(screening.pack)
    except Refused:
        return
    judged = rejudge(pack, screening, last_sessions([screening])[screening.pk])
    row = row_of(pack, judged.context, screening.submission.answers)
    found = {(h.code, h.outcome, int(h.level), h.defer_until) for h in judged.assessment.hits}
    kept = set(screening.findings.values_list("code", "outcome", "level", "defer_until"))
    add_row(screening, replace(row, whole=row.whole and found == kept))
