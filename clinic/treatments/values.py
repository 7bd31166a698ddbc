"""What a practitioner says was done, and how far the clearance lets it go: plain, frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class AreaDone:
    """One treated area. Depth in millimetres; endpoints are keys of `wording.ENDPOINTS`.

    `side` is LEFT, RIGHT, or "" for both. `energy` and `pulse` as the device shows them ("20 mJ",
    "50 ms"), for radiofrequency.
    """

    area: str
    depth_mm: Decimal
    passes: int
    endpoints: tuple[str, ...]
    side: str = ""
    energy: str = ""
    pulse: str = ""


@dataclass(frozen=True, kw_only=True)
class Cartridge:
    """One needle cartridge or tip. `kind`: "12 needles"."""

    lot: str
    expiry: date
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Topical:
    """Something put on the skin during the session."""

    name: str
    lot: str
    expiry: date


@dataclass(frozen=True, kw_only=True)
class Numbing:
    """Numbing cream as applied: strength in per cent of lidocaine, time on the skin in minutes."""

    product: str
    strength_percent: Decimal
    grams: Decimal
    minutes: int
    removed: bool


@dataclass(frozen=True, kw_only=True)
class GivenHome:
    """A care product that the client takes home. `contains`: what this client may react to."""

    name: str
    how_often: str
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Done:
    """Everything that a signed record says. `finished_at` is aware.

    `started_at` is the true start, where it is not the one that was pressed; `spots_treated`: what
    should have been left out was not.
    """

    device: str
    cartridge_lot: str
    cartridge_expiry: date
    areas: tuple[AreaDone, ...]
    finished_at: datetime
    topicals: tuple[Topical, ...] = ()
    numbing: Numbing | None = None
    given_home: tuple[GivenHome, ...] = ()
    excluded_zones: str = ""
    reactions: str = ""
    notes: str = ""
    cartridge_kind: str = ""
    more_cartridges: tuple[Cartridge, ...] = ()
    skin_preparation: str = ""
    started_at: datetime | None = None
    spots_treated: bool = False

    @property
    def cartridges(self) -> tuple[Cartridge, ...]:
        """All cartridges, the first one first."""
        first = Cartridge(
            lot=self.cartridge_lot, expiry=self.cartridge_expiry, kind=self.cartridge_kind
        )
        return (first, *self.more_cartridges)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What was cleared and consented to for this treatment, and when it runs.

    `started_at` is in the clinic's own zone, in which times are typed. `stopped_at`: when the
    treatment was stopped over the practitioner's head, by a withdrawal or an adverse event.
    """

    areas: frozenset[str]
    max_depth_mm: Decimal
    numbing: bool
    zones_left_out: bool
    day: date
    started_at: datetime
    now: datetime
    stopped_at: datetime | None = None
    radiofrequency: bool = False
