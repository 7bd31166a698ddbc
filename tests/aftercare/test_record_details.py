"""What of a signed record goes onto the sheet in words."""

from dataclasses import replace
from datetime import date

import pytest

from aftercare.building import payload
from aftercare.record_details import details
from clinic.treatments.actions import sign
from clinic.treatments.deviations import Kind
from clinic.treatments.values import Cartridge
from tests import factories
from tests.clinic.treatments.test_deviations import signed
from tests.factories.treating import ENDED, area, done, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.cast()


def test_sides_cartridges_preparation_and_deviations_stand_on_the_sheet(
    cast: factories.Cast,
) -> None:
    left = replace(area("cheeks", "0.50"), side="LEFT")
    right = replace(area("cheeks", "0.25"), side="RIGHT")
    what = done(
        areas=(right, left),
        more_cartridges=(Cartridge(lot="LOT-2", expiry=date(2026, 1, 1)),),
        skin_preparation="Chlorhexidine",
    )
    record = signed(cast, what, Kind.CARTRIDGE_EXPIRED)
    told = [(one["label"], one["text"]) for one in details(record)]
    lots = [text for label, text in told if label == "Cartridge"]
    assert ["LOT-4711" in lots[0], "LOT-2" in lots[1], len(lots)] == [True, True, 2]
    assert ("Skin cleaned with", "Chlorhexidine") in told
    settings = dict(told)["Settings"]
    assert "Left" in settings
    assert "Right" in settings
    assert dict(told)["Done otherwise than planned"] == record.deviations.get().what


def test_the_deeper_side_decides_the_advice(cast: factories.Cast) -> None:
    left = replace(area("cheeks", "0.50"), side="LEFT")
    right = replace(area("cheeks", "0.25"), side="RIGHT")
    petra = cast.actor(cast.petra)
    record = sign(
        actor=petra,
        user=cast.petra,
        treatment=running(cast),
        done=done(areas=(left, right)),
        at=ENDED,
    )
    assert payload(record, None)["depths_mm"] == {"cheeks": 0.5}
