"""Whether a change may let somebody through who was stopped before.

Errs on the safe side: what cannot be shown to be as strict counts as softer, needs a reason of its
own, and is marked wherever the difference is shown. Wording is not judged: only a person can.
"""

from collections.abc import Callable, Mapping

from clinic.packs.editing.edits import Edit, How
from clinic.packs.editing.names import Table, Tables, entries, rules_in
from clinic.packs.editing.waits import is_shorter
from clinic.packs.editing.words import LEVEL_KEYS
from screening.engine.conditions import LINES, ConditionError, parse_condition
from screening.engine.implies import implies
from screening.engine.levels import Level

WAITS = ("_wait_", "interval", "cooling_off")
"""What a number that is safer when it is greater is called."""
_MAY = {"prescriber": 1, "practitioner": 2}
_ENTRIES = frozenset({"section", "question", "rule", "combination", "outcome", "flag_when"})


def is_softer(edit: Edit, new: Tables) -> bool:
    """Whether one edit, which led to the tables `new`, may judge somebody less strictly."""
    if not edit.path:
        return False
    if edit.path[0] in _BY_PART:
        return _BY_PART[edit.path[0]](edit)
    if edit.path[0] not in ("questions", "rules"):
        return False
    key, inside = edit.path[-1], edit.path[-2] if len(edit.path) > 1 else ""
    if key in ("outcome", "when") or inside == "outcome":
        return _order_matters(edit, new)
    if inside in _ENTRIES:
        return edit.how is How.REMOVED
    if inside == "options":
        return True
    if key == "window" or inside == "window_by_option":
        return edit.how is How.REMOVED or (
            edit.how is How.CHANGED and is_shorter(edit.new, than=edit.old)
        )
    if inside == "defer":
        return edit.how is How.CHANGED
    return _field(key, edit)


def _recognises_less(edit: Edit) -> bool:
    """Ordinary words are passed over, and so is what the answers say, or another option."""
    key = edit.path[-1]
    if key == "ordinary":
        return _fewer(edit.new, edit.old)
    if key in ("said_by", "options") and not edit.old:
        return True
    if isinstance(edit.old, list) and isinstance(edit.new, list):
        return _fewer(edit.old, edit.new)
    return edit.how is not How.ADDED


def _deeper(edit: Edit) -> bool:
    """A line further down or gone, or areas that had none: what no limit names is not treated."""
    if edit.path[-1] in LINES:
        if edit.how is How.CHANGED:
            return not _at_most(edit.new, edit.old)
        return edit.how is How.REMOVED
    return edit.how is How.ADDED or edit.path[-1] in ("areas", "modality", "group")


def _looser(edit: Edit) -> bool:
    """A wait that is shorter; of any other number nobody can say which way is safer. The rules
    that hold the same number are told by themselves."""
    if edit.path[-1] in ("value", "unit", "type", "min", "max", "fixed"):
        waits = any(word in edit.path[-2] for word in WAITS)
        return not (waits and edit.path[-1] == "value" and _at_most(edit.old, edit.new))
    return edit.how is How.REMOVED or edit.path[-1] == "mirrors"


def _at_most(least: object, most: object) -> bool:
    return isinstance(least, int | float) and isinstance(most, int | float) and least <= most


def _order_matters(edit: Edit, new: Tables) -> bool:
    """Inside a rule the first outcome that holds counts: one that holds more often, or is new,
    may take cases from a stricter one behind it."""
    if edit.how in (How.MOVED, How.REMOVED):
        return True
    if edit.path[-1] == "when" and _narrower(edit.old, edit.new):
        return True
    return _takes_from_stricter(edit.path, new)


def _takes_from_stricter(path: tuple[str, ...], new: Tables) -> bool:
    if "outcome" not in path:
        return False
    rule = next((r for r in rules_in(new) if r.get("code") == path[2]), {})
    outcomes = list(entries(rule, "outcome"))
    name = path[path.index("outcome") + 1]
    at = next((n for n, outcome in enumerate(outcomes) if outcome.get("id") == name), None)
    if at is None:
        return True
    later = [_level(outcome.get("level")) for outcome in outcomes[at + 1 :]]
    return any(level is None or level > _least(outcomes[at]) for level in later)


def _least(outcome: Table) -> Level:
    """The lowest level that an outcome ever takes: a wait ends."""
    key = "after_window_level" if outcome.get("level") == "DEFER" else "level"
    return _level(outcome.get(key)) or Level.CLEAR


def _level(value: object) -> Level | None:
    return Level.__members__.get(value) if isinstance(value, str) else None


def _field(key: str, edit: Edit) -> bool:
    old, new = edit.old, edit.new
    if key == "after_window_level" and edit.how is not How.CHANGED:
        added = edit.how is How.ADDED
        return added and (_level(new) or Level.CLEAR) < Level.REVIEW
    if key in LEVEL_KEYS:
        return _lower(old, new)
    return key in _BY_KEY and _BY_KEY[key](old, new)


def _lower(old: object, new: object) -> bool:
    before, after = _level(old), _level(new)
    return after is None or (before is not None and after < before)


def _wider(old: object, new: object) -> bool:
    """More people, or with less effort, may set the outcome aside."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return True
    before, after = _may(old), _may(new)
    less = old.get("reason_required") is True and new.get("reason_required") is not True
    return after > before or (less and after > 0)


def _may(value: Mapping[str, object]) -> int:
    return _MAY.get(str(value.get("by")), 2) if value.get("allowed") is True else 0


def _narrower(old: object, new: object) -> bool:
    """Not shown that the new condition holds wherever the old one does. None: always."""
    if new is None:
        return False
    if old is None:
        return True
    try:
        return not implies(parse_condition(old), parse_condition(new))
    except ConditionError:
        return True


def _fewer(old: object, new: object) -> bool:
    """Something that was listed is no longer."""
    before = old if isinstance(old, list) else []
    after = new if isinstance(new, list) else []
    return any(item not in after for item in before)


_BY_KEY: Mapping[str, Callable[[object, object], bool]] = {
    "override": _wider,
    "show_when": _narrower,
    "kind": lambda old, new: old == "permanent",
    "flags": _fewer,
    "question_ids": _fewer,
    "involves": _fewer,
    "date": lambda old, new: old == "required",
    "allow_future": lambda old, new: new is True,
    "allow_empty": lambda old, new: new is True,
    "birth_date": lambda old, new: True,
    "moves_with_time": lambda old, new: old is True,
    "type": lambda old, new: True,
}

_BY_PART: Mapping[str, Callable[[Edit], bool]] = {
    "lexicon": _recognises_less,
    "checks": _recognises_less,
    "depth_limits": _deeper,
    "policy": _looser,
}
