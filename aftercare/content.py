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
    """For whom something is meant, by kind (modality, band, area, flag, numbing, answer).

    ``any_of``: one match of one kind is enough; ``all_of``: every kind must match; ``none_of``: no
    kind may. Empty: everyone. An answer is ``question=value``; what was not answered matches none.
    """

    any_of: Mapping[str, frozenset[str]]
    all_of: Mapping[str, frozenset[str]]
    none_of: Mapping[str, frozenset[str]]

    def holds(self, having: Mapping[str, frozenset[str]]) -> bool:
        """Whether it is meant for someone with these values."""
        wanted = not self.any_of or any(having[kind] & v for kind, v in self.any_of.items())
        barred = any(having[kind] & v for kind, v in self.none_of.items())
        return wanted and not barred and all(having[kind] & v for kind, v in self.all_of.items())


@dataclass(frozen=True, kw_only=True)
class Statement(Founded):
    """One line of advice. ``covered_by``: dated restrictions that say the same.

    ``with_products``: said instead where products were given.
    """

    id: str
    text: str
    sheet: str
    with_products: str = ""
    covered_by: tuple[str, ...] = ()
    removed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Expectation(Founded):
    """What is normal in one phase, by band; hours after the treatment. ``by_flag`` replaces it."""

    id: str
    phase: str
    label: str
    from_hours: int
    to_hours: int
    text: Mapping[str, str]
    sheet: Mapping[str, str]
    by_flag: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Restriction(Founded):
    """What to avoid or (``keep``) keep doing: hours by band, or None for the whole course.

    ``within``: another restriction that makes this one needless while it lasts as long.
    ``text_if`` is added for somebody with one of the ``text_if_answer``; ``with_products`` and
    ``without_products`` are said instead of ``text``, where they are given.
    """

    id: str
    text: str
    hours: Mapping[str, int] | None
    condition: Condition
    keep: bool = False
    from_hours: int = 0
    within: str = ""
    text_if: str = ""
    text_if_answer: frozenset[str] = frozenset()
    with_products: str = ""
    without_products: str = ""


@dataclass(frozen=True, kw_only=True)
class WarningSign(Founded):
    """A sign, when it may come (``period_sheet``: as printed), how urgent it is, what to do.

    ``instead_of``: the signs whose place it takes.
    """

    id: str
    level: Level
    text: str
    sheet: str
    period: str
    period_sheet: str
    action: str
    condition: Condition
    instead_of: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ProductRule(Founded):
    """A product whose name holds one of the ``words`` is for after that restriction's end."""

    after: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Seen(Founded):
    """What is said when the record tells of a reaction: always, or by the ``words`` in it.

    ``with_event``: said while an adverse event is open instead, which holds every booking.
    """

    id: str
    text: str
    sheet: str
    words: tuple[str, ...]
    with_event: bool


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
    redness_days: int | None


@dataclass(frozen=True, kw_only=True)
class RednessLimit(Founded):
    """How many days of redness are expected at most, by band."""

    days: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class NextSession(Founded):
    """The least days between sessions; the longer ones from a depth in millimetres, or by flag."""

    days: int
    days_after_deep: int
    deep_from_mm: float
    longer_for: frozenset[str]

    def days_after(self, *, modality: str, depth_mm: float, flags: frozenset[str]) -> int:
        """The least days after a session like this one."""
        deep = modality == "RF_MN" or depth_mm >= self.deep_from_mm
        return self.days_after_deep if deep or flags & self.longer_for else self.days


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
    product_rules: tuple[ProductRule, ...]
    seen: tuple[Seen, ...]
    do: tuple[Statement, ...]
    dont: tuple[Statement, ...]
    warning_signs: tuple[WarningSign, ...]
    personalisation: tuple[Personalisation, ...]

    @property
    def statements(self) -> tuple[Founded, ...]:
        """Everything that must name its sources."""
        extra = [limit for p in self.personalisation for limit in p.until]
        return (
            *(self.redness_limit, self.next_session, *self.expectations, *self.restrictions),
            *(*self.do, *self.dont, *self.warning_signs, *self.personalisation, *extra),
            *(*self.product_rules, *self.seen),
        )
