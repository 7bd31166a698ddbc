"""Whether the numbers in rules are those that the policy says: each place that mirrors one."""

from __future__ import annotations

from .conditions import Plan, walk
from .policy import Policy
from .rules import Outcome, Pack
from .tables import PackError

_FIELDS = {
    "age": ("age",),
    "answers_age_days": ("answers_age_days",),
    "depth": ("depth_mm", "last_session.depth_mm"),
}


def check_mirrors(pack: Pack) -> None:
    """PackError for a place of the rules that a policy mirrors and that lacks or differs."""
    for policy in pack.policy.values():
        for mirror in policy.mirrors:
            if mirror.startswith("rules/"):
                _check(pack, policy, mirror)


def _check(pack: Pack, policy: Policy, mirror: str) -> None:
    where = f"policy.toml: {policy.id!r}: mirrors {mirror!r}"
    _, _, rest = mirror.partition("/")
    code, _, rest = rest.partition("/")
    name, _, what = rest.partition("/")
    rule = pack.rule_by_code.get(code)
    outcome = next((one for one in rule.outcomes if one.id == name), None) if rule else None
    found = numbers_at(outcome, what) if outcome else frozenset()
    if not found:
        raise PackError(f"{where}, and there is no such number")
    if found != {policy.value}:
        others = ", ".join(f"{one:g}" for one in sorted(found))
        raise PackError(f"{where}: there stands {others}, here {policy.text}")


def numbers_at(outcome: Outcome, what: str) -> frozenset[float]:
    """The numbers of one outcome by what they are: ``days`` or ``months`` of its wait, those of
    one option, the ``depth``, ``age``, ``answers_age_days`` or count of ``areas`` it reads."""
    plans = [part for part in walk(outcome.when) if isinstance(part, Plan)]
    if what == "areas":
        return frozenset(float(part.count) for part in plans if part.op == "count_in_gte")
    if what in _FIELDS:
        read = [part for part in plans if part.field in _FIELDS[what] and part.op != "exists"]
        return frozenset(float(value) for part in read for value in part.values)
    if outcome.defer is None:
        return frozenset()
    if what in outcome.defer.windows:
        window = outcome.defer.windows[what]
        return frozenset(float(n) for n in (window.days, window.months) if n is not None)
    number = getattr(outcome.defer.window, what, None) if what in ("days", "months") else None
    return frozenset() if number is None else frozenset({float(number)})
