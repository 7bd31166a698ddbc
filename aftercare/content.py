"""The versioned advice as values: every statement with its sources and how well it is founded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["EMERGENCY", "URGENT_SAME_DAY", "CONTACT_CLINIC"]
LEVELS: tuple[Level, ...] = ("EMERGENCY", "URGENT_SAME_DAY", "CONTACT_CLINIC")
EVIDENCE = ("source", "source+policy", "source+background", "policy", "background")


@dataclass(frozen=True, kw_only=True)
class Founded:
    """What a statement rests on: source keys, and whether a source, a policy or background."""

    sources: tuple[str, ...]
    evidence: str

    @property
    def awaits_sign_off(self) -> bool:
        """Whether a clinician must still agree: anything of policy or background in it."""
        return self.evidence != "source" or "BG" in self.sources


@dataclass(frozen=True, kw_only=True)
class Condition:
    """For whom something is meant, by kind (modality, band, area, flag, numbing).

    ``any_of``: one match of one kind is enough; ``all_of``: every kind must match. Empty: everyone.
    """

    any_of: Mapping[str, frozenset[str]]
    all_of: Mapping[str, frozenset[str]]

    def holds(self, having: Mapping[str, frozenset[str]]) -> bool:
        """Whether it is meant for someone with these values."""
        wanted = not self.any_of or any(having[kind] & v for kind, v in self.any_of.items())
        return wanted and all(having[kind] & v for kind, v in self.all_of.items())


@dataclass(frozen=True, kw_only=True)
class Statement(Founded):
    """One line of advice. ``covered_by``: dated restrictions that say the same."""

    id: str
    text: str
    sheet: str
    covered_by: tuple[str, ...] = ()
    removed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Expectation(Founded):
    """What is normal in one phase, by band; days counted from the day of treatment, 0."""

    id: str
    phase: str
    label: str
    from_day: int
    to_day: int
    text: Mapping[str, str]
    sheet: Mapping[str, str]
    sheet_away_from_face: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Restriction(Founded):
    """What to avoid or keep doing: hours by band after treatment, or None for the whole course.

    ``within``: another restriction that makes this one needless while it lasts as long.
    """

    id: str
    text: str
    hours: Mapping[str, int] | None
    within: str = ""


@dataclass(frozen=True, kw_only=True)
class WarningSign(Founded):
    """A sign, when it may come (``period_sheet``: as printed), how urgent it is, what to do."""

    id: str
    level: Level
    text: str
    sheet: str
    period: str
    period_sheet: str
    action: str
    condition: Condition


@dataclass(frozen=True, kw_only=True)
class Personalisation(Founded):
    """What one input changes. ``effect`` is the reviewed wording of that change."""

    id: str
    input: str
    effect: str
    condition: Condition | None
    floors: Mapping[str, int]
    until: tuple[Restriction, ...]
    phase_lines: Mapping[str, str]
    notes: tuple[str, ...]
    signs: tuple[WarningSign, ...]
    redness_days: int | None


@dataclass(frozen=True, kw_only=True)
class PreCare(Founded):
    """What to do before the visit, and how long before."""

    before: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RednessLimit(Founded):
    """How many days of redness are expected at most, by band."""

    days: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class NextSession(Founded):
    """The least days between sessions, and from which depth in millimetres it is the longer."""

    days: int
    days_after_deep: int
    deep_from_mm: float

    def days_after(self, *, modality: str, depth_mm: float) -> int:
        """The least days after a session like this one."""
        deep = modality == "RF_MN" or depth_mm >= self.deep_from_mm
        return self.days_after_deep if deep else self.days


@dataclass(frozen=True, kw_only=True)
class Advice:
    """One published version of the advice. ``sha256`` is of the file's bytes, in hex."""

    name: str
    version: str
    language: str
    sha256: str
    bands: Mapping[str, str]
    redness_limit: RednessLimit
    next_session: NextSession
    expectations: tuple[Expectation, ...]
    restrictions: tuple[Restriction, ...]
    do: tuple[Statement, ...]
    dont: tuple[Statement, ...]
    warning_signs: tuple[WarningSign, ...]
    personalisation: tuple[Personalisation, ...]
    pre_care: tuple[PreCare, ...]

    @property
    def statements(self) -> tuple[Founded, ...]:
        """Everything that must name its sources."""
        extra = [x for p in self.personalisation for x in (*p.until, *p.signs)]
        return (
            *(self.redness_limit, self.next_session, *self.expectations, *self.restrictions),
            *(*self.do, *self.dont, *self.warning_signs, *self.personalisation, *extra),
            *self.pre_care,
        )
