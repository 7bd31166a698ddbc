"""Trying new rules on every past submission, in bounded steps that anybody may drive."""

from collections import Counter
from datetime import date, datetime

from django.utils import timezone

from clinic.audit.record import record
from clinic.core.actor import Actor
from clinic.core.fields import acted_by
from clinic.intake.comparing import Direction
from clinic.intake.models import Screening
from clinic.intake.rules_lock import while_nobody_screens
from clinic.packs.actions.common import must_lead, newest_of, open_draft, told
from clinic.packs.changes import Change, Hanging, hanging_on, look, newest_of_each, reworded
from clinic.packs.content import pack_of
from clinic.packs.models import Difference, Draft, Simulation
from clinic.packs.telling import as_json

STEP = 2000
"""How many are judged in one step: about a second."""


def start_simulation(*, actor: Actor, draft: Draft, at: datetime) -> Simulation:
    """Begin to try the draft's newest revision on all there is. One under way goes on."""
    must_lead(actor)
    with told():
        held = open_draft(draft)
        revision = newest_of(held)
        under_way = revision.simulations.filter(finished_at=None).first()
        if under_way:
            return under_way
        total = newest_of_each().count()  # takes its time, so before anybody has to wait
        while_nobody_screens()
        made = Simulation.objects.create(
            revision=revision,
            started_at=at,
            until_id=_newest_id(),
            total=total,
            **acted_by(actor),
        )
        record(
            actor=actor,
            verb="packs.simulate",
            at=at,
            subject=made,
            pack=str(held),
            sha256=revision.sha256,
        )
    return made


def advance(*, actor: Actor, simulation: Simulation, at: datetime, most: int = STEP) -> Simulation:
    """Take one step: judge at most `most` submissions, or catch up with new ones, or finish.

    Whoever comes while another step is under way waits for it, and then takes the next one.
    """
    must_lead(actor)
    with told():
        held = Simulation.objects.select_for_update(of=("self",)).get(pk=simulation.pk)
        if held.finished_at is None:
            if held.done_id < held.until_id:
                _step(held, most, timezone.localdate(at))
            else:
                _catch_up(held, at)
    held.refresh_from_db()
    return held


def _newest_id() -> int:
    newest = Screening.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _catch_up(held: Simulation, at: datetime) -> None:
    """Go on to what came meanwhile; finished only where there is nothing."""
    while_nobody_screens()
    newest = _newest_id()
    if newest > held.done_id:
        more = newest_of_each().filter(pk__gt=held.done_id).count()
        held.until_id, held.total = newest, held.done + more
        held.save(update_fields=["until_id", "total"])
        return
    held.finished_at, held.total = at, held.done
    held.save(update_fields=["finished_at", "total"])


def _step(held: Simulation, most: int, today: date) -> None:
    pack = pack_of(held.revision)
    among = newest_of_each().filter(pk__lte=held.until_id)
    looked = look(pack, among, after=held.done_id, most=most)
    hanging = hanging_on(looked.changes, today=today)
    Difference.objects.bulk_create(
        _difference(held, change, hanging.get(change.screening.pk)) for change in looked.changes
    )
    held.done_id = looked.ids[-1] if looked.ids else held.until_id
    held.done += len(looked.ids)
    found = Counter(change.comparison.direction for change in looked.changes)
    held.worse += found[Direction.WORSE]
    held.better += found[Direction.BETTER]
    held.other += found[Direction.OTHER]
    held.reworded += reworded(pack, looked)
    held.save(update_fields=["done_id", "done", "worse", "better", "other", "reworded"])


def _difference(held: Simulation, change: Change, hanging: Hanging | None) -> Difference:
    old, new = change.comparison.old, change.comparison.new
    return Difference(
        simulation=held,
        screening=change.screening,
        site_id=change.screening.site_id,
        direction=change.comparison.direction.value,
        old_level=int(old.level),
        new_level=int(new.level),
        old_clear_from=old.clear_from,
        new_clear_from=new.clear_from,
        codes=[one.code for one in change.comparison.changed],
        changes=as_json(change),
        clearance_id=hanging.clearance_id if hanging else None,
        bookings=hanging.bookings if hanging else 0,
    )
