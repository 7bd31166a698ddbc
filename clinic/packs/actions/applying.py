"""What new rules do to what is live: stricter judgements replace, all else stands."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clinic.audit.record import record
from clinic.booking.models import Appointment
from clinic.core.acting import tell_database
from clinic.core.actor import SYSTEM, Actor
from clinic.core.errors import Refused
from clinic.intake.actions import lock_client
from clinic.intake.clearing import end_screening
from clinic.intake.comparing import Direction
from clinic.intake.models import Clearance, Screening
from clinic.intake.packs import pack_of
from clinic.intake.rescreening import counting, let_stand, these, under_older
from clinic.intake.rules_lock import while_nobody_screens
from clinic.intake.storing import store
from clinic.packs.changes import Change, Hanging, hanging_on, look
from clinic.packs.fates import Fate, Standing, fate
from clinic.packs.telling import cause
from clinic.review.models import Decision
from screening.models import RulePack
from screening.published import newest_row

STEP = 2000

Progress = Callable[[int], None]


@dataclass(kw_only=True)
class Applied:
    """What became of live screenings, counted.

    `same`, `better` and `other` stand; `stricter` and `milder` were replaced; `ended` are asked
    again; `skipped` have a treatment under way, and stay under the older rules until it is over.
    `clearances` ended with them, and `held` appointments went on hold.
    """

    same: int = 0
    better: int = 0
    other: int = 0
    stricter: int = 0
    milder: int = 0
    ended: int = 0
    skipped: int = 0
    clearances: int = 0
    held: int = 0


def apply(
    *,
    actor: Actor,
    rules: RulePack,
    at: datetime,
    today: date,
    progress: Progress = lambda done: None,
) -> Applied:
    """Judge every live screening by the rules now in force, and act on what they say.

    Inside the caller's transaction, which holds `while_nobody_screens`. `progress` is told how
    many were looked at, step by step.
    """
    work = _Work(actor=actor, rules=rules, at=at, today=today)
    among, after, done = under_older(rules, today=today), 0, 0
    while (looked := look(pack_of(rules), among, after=after, most=STEP)).ids:
        work.settle(looked.changes)
        after, done = looked.ids[-1], done + len(looked.ids)
        progress(done)
    rest = counting(rules.name, today=today).exclude(pack=rules).exclude(pk__in=work.skipped)
    work.applied.same = let_stand(rest, rules=rules, at=at)
    return work.applied


@transaction.atomic
def catch_up(
    *,
    rules: RulePack,
    at: datetime,
    today: date,
    progress: Progress = lambda done: None,
) -> Applied:
    """Judge whoever is still under older rules by those in force. Refused for any others.

    `progress` as in `apply`.
    """
    while_nobody_screens()
    if rules != newest_row(rules.name):
        raise Refused(_("Only the rules in force can be applied."))
    tell_database(SYSTEM, at)
    applied = apply(actor=SYSTEM, rules=rules, at=at, today=today, progress=progress)
    record(
        actor=SYSTEM,
        verb="packs.rescreen",
        at=at,
        subject=rules,
        pack=str(rules),
        **asdict(applied),
    )
    return applied


@dataclass(kw_only=True)
class _Work:
    actor: Actor
    rules: RulePack
    at: datetime
    today: date
    applied: Applied = field(default_factory=Applied)
    skipped: list[int] = field(default_factory=list)

    def settle(self, changes: Sequence[Change]) -> None:
        """One step: most stand and are written at once, the others are settled one by one."""
        fates = self._fates(changes)
        for change in sorted(changes, key=lambda one: one.screening.client_id):
            if fates[change.screening.pk] is not Fate.STANDS:
                self._settle(change)
        stand = [one for one in changes if fates[one.screening.pk] is Fate.STANDS]
        self.applied.better += self._stand(stand, Direction.BETTER)
        self.applied.other += self._stand(stand, Direction.OTHER)

    def _fates(self, changes: Sequence[Change]) -> dict[int, Fate]:
        ids = [change.screening.pk for change in changes]
        ended = Clearance.objects.filter(screening__in=ids, ended_at__isnull=False)
        known, lost = _decided(changes), set(ended.values_list("screening", flat=True))
        hanging = hanging_on(changes, today=self.today)

        def standing(change: Change) -> Standing:
            key = change.screening.pk
            return Standing(
                cleared=key in hanging,
                revoked=key in lost and key not in hanging,
                decided=key in known,
                clears_itself=change.judged.clear_until is not None,
                asks_more=not change.judged.assessment.complete,
            )

        return {
            change.screening.pk: fate(change.comparison.direction, standing(change))
            for change in changes
        }

    def _stand(self, changes: Sequence[Change], direction: Direction) -> int:
        ids = [one.screening.pk for one in changes if one.comparison.direction is direction]
        if not ids:
            return 0
        return let_stand(these(ids), rules=self.rules, at=self.at, verdict=direction.value)

    def _settle(self, change: Change) -> None:
        """Under the client's lock, by what is true now; left alone while it is being treated."""
        lock_client(change.screening.client_id)
        if not these([change.screening.pk]).exists():
            return
        became = self._fates([change])[change.screening.pk]
        hanging = hanging_on([change], today=self.today).get(change.screening.pk)
        try:
            with transaction.atomic():
                self._act(change, became)
        except Refused:
            # Whatever else refuses must not leave anybody under the older rules unseen.
            if not _in_treatment(change.screening):
                raise
            self.skipped.append(change.screening.pk)
            self.applied.skipped += 1
        else:
            self._count(change, became, hanging)

    def _act(self, change: Change, became: Fate) -> Screening | None:
        if became is Fate.STANDS:
            self._stand([change], change.comparison.direction)
            return None
        why = cause(self.rules, pack_of(self.rules), change)
        judged_with = Screening.objects.select_related("submission__intake", "procedure")
        old = judged_with.get(pk=change.screening.pk)
        if became is Fate.ENDED:
            end_screening(actor=self.actor, screening=old, cause=why, at=self.at)
            return None
        return store(
            actor=self.actor,
            frozen=old.submission,
            rules=self.rules,
            judged=change.judged,
            last=change.last,
            plan=old,
            cause=why,
            at=self.at,
        )

    def _count(self, change: Change, became: Fate, hanging: Hanging | None) -> None:
        worse = change.comparison.direction is Direction.WORSE
        if became is Fate.STANDS:
            self.applied.better += 1
            return
        if became is Fate.ENDED:
            self.applied.ended += 1
        elif worse:
            self.applied.stricter += 1
        else:
            self.applied.milder += 1
        if hanging is not None:
            self.applied.clearances += 1
            self.applied.held += hanging.bookings


def _in_treatment(screening: Screening) -> bool:
    visits = Appointment.objects.filter(client_id=screening.client_id)
    return visits.filter(status=Appointment.Status.IN_TREATMENT).exists()


def _decided(changes: Sequence[Change]) -> set[int]:
    """Whom a clinician has decided about; a no also by an older screening of the same answers."""
    rows = Decision.objects.filter(
        screening__submission__in=[change.screening.submission_id for change in changes]
    ).values_list("screening", "screening__submission", "outcome")
    known = {screening for screening, _, _ in rows}
    refused = {said for _, said, outcome in rows if outcome != Decision.Outcome.CLEARED}
    return known | {one.screening.pk for one in changes if one.screening.submission_id in refused}
