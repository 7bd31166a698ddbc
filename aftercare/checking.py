"""What a published advice file may refer to: conditions, restrictions, phases, flags."""

from collections.abc import Collection, Mapping
from typing import Any

from aftercare.content import Advice, Condition
from aftercare.vocabulary import ANSWERS, AREAS, BANDS, FLAGS, MODALITIES

_KINDS: Mapping[str, frozenset[str]] = {
    "modality": frozenset(MODALITIES),
    "band": frozenset(BANDS),
    "area": frozenset(AREAS),
    "flag": FLAGS,
    "numbing": frozenset({"yes"}),
    "answer": ANSWERS,
}


class AdviceError(ValueError):
    """The advice file is not what was published, or an entry in it is wrong."""


def condition(entry: Mapping[str, Any]) -> Condition:
    """The condition of an entry; without one it is meant for everyone. Raises AdviceError."""
    return Condition(
        any_of=_values(entry.get("when_any", {}), entry["id"]),
        all_of=_values(entry.get("when_all", {}), entry["id"]),
        none_of=_values(entry.get("none_of", {}), entry["id"]),
    )


def _values(table: Mapping[str, Any], name: str) -> Mapping[str, frozenset[str]]:
    result = {}
    for kind, value in table.items():
        values = frozenset({"yes"}) if value is True else frozenset(value)
        if kind not in _KINDS or not values or values - _KINDS[kind]:
            raise AdviceError(f"{name}: unknown condition {kind} = {value}")
        result[kind] = values
    return result


def check_whole(advice: Advice) -> None:
    """Every reference between entries leads somewhere. Raises ``AdviceError``."""
    restrictions = {r.id for r in advice.restrictions}
    phases = {e.id for e in advice.expectations} | {"every"}
    if tuple(advice.bands) != BANDS:
        raise AdviceError("depth_bands: must be the five bands, in order")
    for s in (*advice.do, *advice.dont):
        _known(s.id, s.covered_by, restrictions)
        _known(s.id, s.removed_by, FLAGS)
    for r in advice.restrictions:
        _known(r.id, r.text_if_answer, ANSWERS)
    signs = {s.id for s in advice.warning_signs}
    for sign in advice.warning_signs:
        _known(sign.id, sign.instead_of, signs)
    for rule in advice.product_rules:
        _known(rule.after, [rule.after], restrictions)
    for e in advice.expectations:
        _known(e.id, e.by_flag, FLAGS)
    _known("next_session", advice.next_session.longer_for, FLAGS)
    for p in advice.personalisation:
        _known(p.id, p.floors, restrictions)
        _known(p.id, p.phase_lines, phases)
        _known(p.id, [r.within for r in p.until if r.within], restrictions)


def _known(name: str, used: Collection[str], known: Collection[str]) -> None:
    if missing := sorted(set(used) - set(known)):
        raise AdviceError(f"{name}: refers to {missing[0]!r}, which is not there")
