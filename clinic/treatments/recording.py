"""Writing a signed record: checked, its deviations explained, then stored whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from clinic.accounts.models import User
from clinic.core.actor import Actor
from clinic.core.errors import Refused, refusal_for
from clinic.core.fields import acted_by
from clinic.treatments import wording
from clinic.treatments.checks import Found, problems
from clinic.treatments.deviations import Differs, Explained, deviations
from clinic.treatments.models import Deviation, TreatedArea, Treatment, TreatmentRecord
from clinic.treatments.values import Cartridge, Done, GivenHome, Limits, Numbing, Topical


class NotSignable(Refused):
    """The record goes against its limits; `found` says where and why."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(wording.NOT_SIGNED)
        self.found = found


class NotExplained(Refused):
    """Something differs from what was cleared, and no why is given; `differs` says what."""

    def __init__(self, differs: list[Differs]) -> None:
        super().__init__(wording.NOT_EXPLAINED)
        self.differs = differs


def limits_of(treatment: Treatment, at: datetime) -> Limits:
    """What this treatment may be recorded with: the appointment's plan, cleared and consented."""
    planned = treatment.appointment
    flags = set(planned.clearance.screening.flags)
    return Limits(
        areas=frozenset(planned.areas),
        max_depth_mm=treatment.max_depth_mm,
        numbing=planned.anaesthetic_planned and "no_topical_anaesthetic" not in flags,
        zones_left_out="exclude_zone" in flags,
        day=treatment.local_day,
        started_at=treatment.started_at.astimezone(ZoneInfo(treatment.time_zone)),
        now=at,
        stopped_at=treatment.ended_at if treatment.stopped_cause else None,
        radiofrequency=treatment.procedure.modality == "RF_MN",
    )


def write(
    *,
    actor: Actor,
    user: User,
    treatment: Treatment,
    done: Done,
    meaning: str,
    at: datetime,
    supersedes: TreatmentRecord | None = None,
    explained: Iterable[Explained] = (),
) -> TreatmentRecord:
    """Store a record with its areas and deviations; inside a transaction.

    Raises NotSignable for what cannot be, NotExplained for a deviation without its why and action,
    Refused for what the database knows better.
    """
    limits = limits_of(treatment, at)
    if found := problems(done, limits):
        raise NotSignable(found)
    why = _explanations(deviations(done, limits), explained)
    try:
        with transaction.atomic():
            record = TreatmentRecord.objects.create(
                treatment=treatment,
                client_id=treatment.client_id,
                performed_on=treatment.local_day,
                meaning=meaning,
                signed_at=at,
                signed_by=user,
                supersedes=supersedes,
                **_columns(done),
                **acted_by(actor),
            )
            TreatedArea.objects.bulk_create(_areas(record, treatment, done))
            keep_deviations(record, why, actor=actor)
    except IntegrityError as error:
        raise refusal_for(error, wording.RECORD_PROMISES) from error
    return record


def _explanations(differs: list[Differs], given: Iterable[Explained]) -> list[Explained]:
    """The explanation of every difference; what was explained and does not differ is dropped."""
    by_kind = {one.kind: one for one in given if one.why.strip() and one.action.strip()}
    if missing := [one for one in differs if one.kind not in by_kind]:
        raise NotExplained(missing)
    kinds = list(dict.fromkeys(one.kind for one in differs))
    return [
        Explained(
            kind=kind,
            what=" ".join(wording.say_difference(one) for one in differs if one.kind == kind),
            why=by_kind[kind].why.strip(),
            action=by_kind[kind].action.strip(),
        )
        for kind in kinds
    ]


def keep_deviations(record: TreatmentRecord, found: list[Explained], *, actor: Actor) -> None:
    """Store the deviations of a record that is being signed."""
    Deviation.objects.bulk_create(
        Deviation(
            record=record,
            kind=one.kind,
            what=one.what,
            why=one.why,
            action=one.action,
            **acted_by(actor),
        )
        for one in found
    )


def _columns(done: Done) -> dict[str, Any]:
    return {
        "started_at": done.started_at,
        "device": done.device,
        "skin_preparation": done.skin_preparation,
        "cartridge_kind": done.cartridge_kind,
        "more_cartridges": [_cartridge(one) for one in done.more_cartridges],
        "cartridge_lot": done.cartridge_lot,
        "cartridge_expiry": done.cartridge_expiry,
        "topicals": [_topical(topical) for topical in done.topicals],
        "anaesthetic": done.numbing and _numbing(done.numbing),
        "products_given": [_given(product) for product in done.given_home],
        "excluded_zones": done.excluded_zones,
        "reactions": done.reactions,
        "notes": done.notes,
        "finished_at": done.finished_at,
    }


def _cartridge(one: Cartridge) -> dict[str, str]:
    return {"kind": one.kind, "lot": one.lot, "expiry": one.expiry.isoformat()}


def _topical(topical: Topical) -> dict[str, str]:
    return {"name": topical.name, "lot": topical.lot, "expiry": topical.expiry.isoformat()}


def _numbing(numbing: Numbing) -> dict[str, object]:
    # Amounts as text, as they were written: 2.50 stays 2.50.
    return {
        "product": numbing.product,
        "strength_percent": str(numbing.strength_percent),
        "grams": str(numbing.grams),
        "minutes": numbing.minutes,
        "removed": numbing.removed,
    }


def _given(product: GivenHome) -> dict[str, object]:
    return {
        "name": product.name,
        "how_often": product.how_often,
        "contains": list(product.contains),
    }


def _areas(record: TreatmentRecord, treatment: Treatment, done: Done) -> list[TreatedArea]:
    return [
        TreatedArea(
            record=record,
            treatment=treatment,
            area=area.area,
            side=area.side,
            depth_mm=area.depth_mm,
            max_depth_mm=treatment.max_depth_mm,
            passes=area.passes,
            energy=area.energy,
            pulse=area.pulse,
            endpoints=list(area.endpoints),
        )
        for area in done.areas
    ]
