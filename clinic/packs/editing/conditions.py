"""Conditions of rules in plain words.

>>> in_words({"q": "blood_thinner", "op": "eq", "value": "yes"}, names)
'the answer to “Do you take blood thinners?” is Yes'
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from clinic.core.words import level_look
from clinic.packs.editing.names import Names
from clinic.packs.editing.plan_words import depth_in_words, plan_in_words
from screening.engine.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    ConditionError,
    DepthAbove,
    HitGroups,
    Not,
    Plan,
    RuleHit,
    parse_condition,
)


def in_words(raw: object, names: Names) -> str:
    """A condition, from its table, as part of a sentence. A table nobody can read is quoted."""
    try:
        return say(parse_condition(raw), names)
    except ConditionError:
        return _("something that cannot be read: %(raw)s") % {"raw": raw}


def say(condition: Condition, names: Names) -> str:
    """A condition as part of a sentence."""
    match condition:
        case Ask():
            return _ASKED[condition.op](condition, names)
        case Plan():
            return plan_in_words(condition)
        case DepthAbove():
            return depth_in_words(condition)
        case AllOf(parts=parts):
            return _("; and ").join(_inside(part, names) for part in parts)
        case AnyOf(parts=parts):
            return _("; or ").join(_inside(part, names) for part in parts)
        case Not(part=part):
            return _("it is not so that (%(part)s)") % {"part": say(part, names)}
        case RuleHit():
            return _("the rule “%(rule)s” found %(level)s or worse") % {
                "rule": names.rule(condition.code),
                "level": level_look(condition.min_level).word,
            }
        case HitGroups():
            return _hit_groups(condition, names)


def _inside(part: Condition, names: Names) -> str:
    words = say(part, names)
    return f"({words})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else words


def _hit_groups(condition: HitGroups, names: Names) -> str:
    groups = [_(" or ").join(map(names.rule, group)) for group in condition.groups]
    return _("at least %(least)s of these rules found %(level)s or worse: %(rules)s") % {
        "least": condition.least,
        "level": level_look(condition.min_level).word,
        "rules": "; ".join(groups),
    }


def _options(ask: Ask, names: Names) -> str:
    known = list(_order(ask.question, names))
    chosen = sorted(ask.values, key=lambda v: (known.index(v) if v in known else len(known), v))
    said = [names.option(ask.question, value) for value in chosen]
    if any("," in one for one in said) and len(said) > 1:
        said = [f"“{one}”" for one in said]
    return ", ".join(said)


def _order(question: str, names: Names) -> Iterable[str]:
    listed = names.questions.get(question, {}).get("options")
    if isinstance(listed, list):
        return [str(item.get("value")) for item in listed if isinstance(item, Mapping)]
    return ("yes", "no", "not_sure")


def _is(ask: Ask, names: Names) -> str:
    words = {"question": names.question(ask.question), "answer": _options(ask, names)}
    if len(ask.values) == 1:
        return _("the answer to “%(question)s” is %(answer)s") % words
    return _("the answer to “%(question)s” is one of: %(answer)s") % words


def _includes(ask: Ask, names: Names) -> str:
    words = {"question": names.question(ask.question), "answer": _options(ask, names)}
    if len(ask.values) == 1:
        return _("the answers to “%(question)s” include %(answer)s") % words
    return _("the answers to “%(question)s” include any of: %(answer)s") % words


def _ticked(ask: Ask, names: Names) -> str:
    return _("anything is ticked at “%(question)s”") % {"question": names.question(ask.question)}


def _counted(ask: Ask, names: Names) -> str:
    words = {"count": ask.count, "question": names.question(ask.question)}
    said = _("at least %(count)s are ticked at “%(question)s”") % words
    if ask.values:
        said += _(", not counting %(answer)s") % {"answer": _options(ask, names)}
    return said


def _written(ask: Ask, names: Names) -> str:
    return _("something is written at “%(question)s”") % {"question": names.question(ask.question)}


def _to_read(ask: Ask, names: Names) -> str:
    question = names.question(ask.question)
    return _("what is written at “%(question)s” must be read by somebody") % {"question": question}


def _before_plan(ask: Ask, names: Names) -> str:
    question = names.question(ask.question)
    return _("the date at “%(question)s” lies before the planned day") % {"question": question}


_ASKED: Mapping[str, Callable[[Ask, Names], str]] = {
    "eq": _is,
    "in": _is,
    "contains_any": _includes,
    "not_empty": _ticked,
    "count_gte": _counted,
    "text_present": _written,
    "text_needs_reader": _to_read,
    "before_ctx": _before_plan,
}
