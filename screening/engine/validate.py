"""What must hold before a pack may judge anyone. One clear error, naming the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from graphlib import CycleError

from .answers import Question, QuestionType
from .check_conditions import check_condition
from .check_dates import check_dates
from .check_messages import check_messages
from .compile import NOT_SURE
from .conditions import AnyOf, Ask, Condition, rules_read, walk
from .implies import always_true, contradictory, implies
from .levels import Level
from .program import asking_order
from .rules import Defer, Outcome, Override, Pack, Rule
from .tables import PackError

EVIDENCE = ("source", "source+policy", "policy", "background")
NONE_OF_THESE = "none"
"""What a page sends for the explicit "none of these" of a list."""
_LISTS = (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED)
_CHOICES = (QuestionType.YES_NO, QuestionType.SINGLE_CHOICE, *_LISTS)


def validate(pack: Pack) -> None:
    """Refuse a pack that is inconsistent. PackError with the first thing found."""
    for question in pack.questions:
        _question(pack, question)
    _no_twins("questions.toml: question", (q.id for q in pack.questions))
    if sum(q.birth_date for q in pack.questions) != 1:
        raise PackError("questions.toml: exactly one question asks for the date of birth")
    try:
        asking_order(pack)
    except CycleError as error:
        raise PackError(f"questions.toml: show_when goes in a circle: {error.args[1]}") from error
    _no_twins("rules.toml: rule", (rule.code for rule in pack.all_rules))
    _no_circles(pack)
    for rule in pack.all_rules:
        if rule.unsure_level is Level.CLEAR:
            raise PackError(f"rules.toml: rule {rule.code!r}: 'unsure_level' cannot be CLEAR")
        _rule(pack, rule)
    check_dates(pack)


def _question(pack: Pack, question: Question) -> None:
    where = f"questions.toml: question {question.id!r}"
    values = [option.value for option in question.options]
    if (question.type in _CHOICES) != bool(values):
        raise PackError(f"{where}: options belong to choices, and choices need options")
    _no_twins(f"{where}: option", values)
    dated = question.type is QuestionType.MULTI_CHOICE_DATED
    for option in question.options:
        if option.date not in (("required", "optional") if dated else (None,)):
            raise PackError(f"{where}: option {option.value!r}: wrong 'date' {option.date!r}")
    if question.type in _LISTS and question.allow_empty and NONE_OF_THESE in values:
        raise PackError(
            f"{where}: no option of a list that may be empty is {NONE_OF_THESE!r}: "
            "that says none of them"
        )
    if question.allow_empty != bool(question.none_label):
        raise PackError(f"{where}: 'none_label' goes with 'allow_empty'")
    if question.allow_empty and question.type not in _LISTS:
        raise PackError(f"{where}: only a list may be empty")
    if question.exclusive and question.type is not QuestionType.MULTI_CHOICE:
        raise PackError(f"{where}: 'exclusive' belongs to a list without dates")
    if lost := sorted(question.exclusive - question.values):
        raise PackError(f"{where}: 'exclusive' names the unknown option {lost[0]!r}")
    _only_for(question, where)
    _answers_only(pack, question.show_when, "show_when", where)
    _answers_only(pack, question.needs_text_when, "needs_text_when", where)


def _only_for(question: Question, where: str) -> None:
    if question.moves_with_time and question.type is QuestionType.DATE:
        raise PackError(
            f"{where}: a date stays true: 'moves_with_time' belongs to the question it follows from"
        )
    if question.needs_text_when is not None and question.type is not QuestionType.TEXT:
        raise PackError(f"{where}: 'needs_text_when' belongs to a text")


def _answers_only(pack: Pack, condition: Condition | None, key: str, where: str) -> None:
    if condition is None:
        return
    if rules_read(condition):
        raise PackError(f"{where}: {key} must not read rules")
    if any(isinstance(part, Ask) and part.op == "text_needs_reader" for part in walk(condition)):
        raise PackError(f"{where}: {key} can ask whether a text says something, not who reads it")
    check_condition(pack, condition, where, plan=False)


def _no_twins(where: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise PackError(f"{where} {name!r} is there twice")


def _no_circles(pack: Pack) -> None:
    """Rules read answers and the plan; only combinations read hits, and only those of rules."""
    plain = {rule.code for rule in pack.rules}
    known = set(pack.rule_by_code)
    for rule in pack.all_rules:
        read = {code for condition in rule.conditions() for code in rules_read(condition)}
        where = f"rules.toml: rule {rule.code!r}"
        if unknown := sorted(read - known):
            raise PackError(f"{where}: reads the unknown rule {unknown[0]!r}")
        if read and not rule.is_combination:
            raise PackError(f"{where}: only a combination may read hits, or they go in a circle")
        if late := sorted(read - plain):
            raise PackError(f"{where}: reads the combination {late[0]!r}: hits go in a circle")
        if lost := sorted(set(rule.involves) - plain):
            raise PackError(f"{where}: involves the unknown rule {lost[0]!r}")


def _rule(pack: Pack, rule: Rule) -> None:
    where = f"rules.toml: rule {rule.code!r}"
    if not rule.sources:
        raise PackError(f"{where}: has no source")
    for name in rule.sources:
        if name not in pack.sources:
            raise PackError(f"{where}: unknown source {name!r}")
    if rule.evidence not in EVIDENCE:
        raise PackError(f"{where}: 'evidence' is {rule.evidence!r}, not one of {EVIDENCE}")
    if rule in pack.combinations and not rule.involves:
        raise PackError(f"{where}: a combination involves at least one rule")
    for name in rule.question_ids:
        if name not in pack.question_by_id:
            raise PackError(f"{where}: unknown question {name!r}")
    _no_twins(f"{where}: outcome", (outcome.id for outcome in rule.outcomes))
    _beside(pack, rule, where)
    for number, outcome in enumerate(rule.outcomes):
        at = f"{where}: outcome {outcome.id!r}"
        check_condition(pack, outcome.when, at)
        _own_questions(pack, rule, outcome, at)
        _level(pack, outcome, at)
        _may(outcome.override, at)
        _reachable(pack, outcome, rule.outcomes[:number], at)
    check_messages(pack, rule, where)


def _beside(pack: Pack, rule: Rule, where: str) -> None:
    """Flags, and who may decide what is not sure."""
    for entry in rule.flag_when:
        check_condition(pack, entry.when, f"{where}: flag_when {list(entry.flags)}")
    for number, last in enumerate(rule.unsure_override, 1):
        _may(last.override, f"{where}: unsure_override")
        if last.when is not None:
            if rules_read(last.when):
                raise PackError(f"{where}: unsure_override must not read rules")
            check_condition(pack, last.when, f"{where}: unsure_override")
        elif number < len(rule.unsure_override):
            raise PackError(f"{where}: unsure_override: what holds always comes last")


def _own_questions(pack: Pack, rule: Rule, outcome: Outcome, at: str) -> None:
    """A rule may read a question of another rule only where "not sure" is settled by that."""
    if rule.is_combination:
        return
    for part in walk(outcome.when):
        if isinstance(part, Ask) and part.question not in rule.question_ids:
            unsure = NOT_SURE in pack.question_by_id[part.question].values
            if unsure and NOT_SURE not in part.values:
                raise PackError(
                    f"{at}: reads {part.question!r}, which is not in the rule's question_ids"
                )


def _level(pack: Pack, outcome: Outcome, at: str) -> None:
    if outcome.level is Level.CLEAR:
        raise PackError(f"{at}: an outcome cannot be CLEAR")
    if (outcome.level is Level.CONTRAINDICATED) != (outcome.kind is not None):
        raise PackError(f"{at}: 'kind' goes with CONTRAINDICATED")
    if (outcome.level is Level.DEFER) != (outcome.defer is not None):
        raise PackError(f"{at}: 'defer', a basis and a window, goes with DEFER")
    if outcome.defer is not None:
        if outcome.after_window_level >= Level.DEFER:
            raise PackError(f"{at}: after its window a DEFER ends lower than DEFER")
        _DEFERS[outcome.defer.basis](pack, outcome.defer, at)


def _defer_answer(pack: Pack, defer: Defer, at: str) -> None:
    question = pack.question_by_id.get(defer.question)
    if question is None or question.type is not QuestionType.DATE:
        raise PackError(f"{at}: counts from {defer.question!r}, which is not a date question")
    _plain_window(defer, at)


def _defer_options(pack: Pack, defer: Defer, at: str) -> None:
    question = pack.question_by_id.get(defer.question)
    if question is None or question.type is not QuestionType.MULTI_CHOICE_DATED:
        raise PackError(f"{at}: counts from {defer.question!r}, which has no dated options")
    if not defer.windows or defer.window or defer.field:
        raise PackError(f"{at}: option_dates needs 'window_by_option' alone")
    for name in defer.windows:
        if name not in question.values:
            raise PackError(f"{at}: a window for the unknown option {name!r}")
        if question.option(name).date != "required":
            raise PackError(f"{at}: a window for {name!r}, whose date is not required")


def _defer_plan(pack: Pack, defer: Defer, at: str) -> None:
    if defer.field != "last_session.date":
        raise PackError(f"{at}: counts from the context field {defer.field!r}, not a date")
    _plain_window(defer, at, field=True)


def _defer_assessment(pack: Pack, defer: Defer, at: str) -> None:
    if defer.question:
        raise PackError(f"{at}: counts from the day of the answers, yet names a question")
    _plain_window(defer, at)


def _plain_window(defer: Defer, at: str, *, field: bool = False) -> None:
    if defer.window is None:
        raise PackError(f"{at}: a DEFER without a window")
    if defer.windows or bool(defer.field) != field:
        raise PackError(f"{at}: 'defer' has keys that do not fit its basis")


_DEFERS: dict[str, Callable[[Pack, Defer, str], None]] = {
    "answer": _defer_answer,
    "option_dates": _defer_options,
    "ctx": _defer_plan,
    "assessment_date": _defer_assessment,
}


def _may(override: Override, at: str) -> None:
    if override.allowed != (override.by is not None):
        raise PackError(f"{at}: an override that is allowed names by whom, and no other does")
    if override.allowed != override.reason_required:
        raise PackError(f"{at}: an override that is allowed needs a reason, and no other does")


def _reachable(pack: Pack, outcome: Outcome, earlier: tuple[Outcome, ...], at: str) -> None:
    if contradictory(outcome.when, pack):
        raise PackError(f"{at}: can never be reached: its condition contradicts itself")
    for other in earlier:
        if always_true(other.when, pack) or implies(outcome.when, other.when):
            raise PackError(f"{at}: can never be reached: {other.id!r} always comes first")
    if earlier and implies(outcome.when, AnyOf(parts=tuple(o.when for o in earlier))):
        raise PackError(f"{at}: can never be reached: the outcomes before it take every case")
