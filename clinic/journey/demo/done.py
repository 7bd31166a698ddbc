"""What the demo's practitioners write down after a session."""

from datetime import datetime, timedelta
from decimal import Decimal

from clinic.journey.demo.case import Case
from clinic.treatments.values import AreaDone, Done, GivenHome, Numbing, Topical

DEVICES = {
    "MN_PEN": "Dermapen-type pen, 12 needles",
    "MN_ROLLER": "Sterile roller, 192 needles",
    "RF_MN": "RF needling device, insulated needles",
}
SERUM = "Hyaluronic acid serum, sterile"
SHALLOW = {"periorbital": Decimal("0.25"), "forehead": Decimal("0.50"), "nose": Decimal("0.50")}
REACTIONS = ("", "", "", "Even redness, gone down by the end.", "Slight swelling on the cheeks.")


def done(case: Case, *, finished_at: datetime) -> Done:
    """A session as planned: never deeper than cleared, less over bone and thin skin."""
    day, draw = finished_at.date(), case.draw
    expiry = day + timedelta(days=draw.randint(120, 700))
    depth = case.wish.depth_mm
    areas = tuple(
        AreaDone(
            area=area,
            depth_mm=min(depth, SHALLOW.get(area, depth)),
            passes=draw.randint(2, 4),
            endpoints=("redness",) if depth < 1 else ("redness", "pinpoint_bleeding"),
        )
        for area in case.wish.areas
    )
    return Done(
        device=DEVICES[case.wish.modality],
        cartridge_lot=f"L{day:%y}{draw.randrange(1000, 9999)}",
        cartridge_expiry=expiry,
        areas=areas,
        finished_at=finished_at,
        topicals=(Topical(name=SERUM, lot=f"HA-{draw.randrange(100, 999)}", expiry=expiry),),
        numbing=_numbing() if case.wish.numbing else None,
        given_home=(GivenHome(name="Gentle cleanser", how_often="Morning and evening"),),
        excluded_zones="Spots and moles that were marked"
        if case.profile in ("raised moles", "a few spots")
        else "",
        reactions=draw.choice(REACTIONS),
    )


def _numbing() -> Numbing:
    return Numbing(
        product="Lidocaine cream",
        strength_percent=Decimal(4),
        grams=Decimal("2.5"),
        minutes=30,
        removed=True,
    )
