"""Whether the lexicon and the checks of a pack fit its questions, rules and sources."""

from __future__ import annotations

from collections.abc import Collection

from .answers import QuestionType
from .check_conditions import check_condition
from .checks import LONGEST_ID, Checks, Period
from .conditions import Ask, Condition, DepthAbove, Plan, questions_read, rules_read, walk
from .everyday import Everyday
from .lexicon import Lexicon
from .rules import Pack
from .tables import PackError


def check_lexicon(pack: Pack, lexicon: Lexicon) -> None:
    """PackError for an entry that names a rule, source, question or answer nobody knows."""
    _known("lexicon.toml: lexicon", "source", lexicon.wording.sources, pack.sources)
    for question in pack.questions:
        if question.type is QuestionType.TEXT and len(question.id) > LONGEST_ID:
            raise PackError(f"lexicon.toml: the id {question.id!r} is longer than {LONGEST_ID}")
    for entry in lexicon.entries:
        where = f"lexicon.toml: entry {entry.id!r}"
        _known(where, "rule", (entry.category,), pack.rule_by_code)
        _known(where, "source", entry.sources, pack.sources)
        _known(where, "question", entry.asked_in, pack.question_by_id)
        if entry.as_outcome:
            outcomes = [outcome.id for outcome in pack.rule_by_code[entry.category].outcomes]
            _known(where, "outcome", (entry.as_outcome,), outcomes)
        if entry.said_by is not None:
            _condition(pack, entry.said_by, entry.asked_in, where, plan=False)
    if lexicon.everyday is not None:
        _everyday(pack, lexicon.everyday)


def _everyday(pack: Pack, everyday: Everyday) -> None:
    """PackError for a tick that the everyday question does not have."""
    where = "lexicon.toml: everyday"
    _known(where, "source", everyday.sources, pack.sources)
    _known(where, "question", (everyday.question,), pack.question_by_id)
    question = pack.question_by_id[everyday.question]
    if question.type is not QuestionType.MULTI_CHOICE:
        raise PackError(f"{where}: {everyday.question!r} has no options to tick")
    for group in everyday.groups:
        at = f"{where}: group {group.option!r}"
        _known(at, "option", (group.option,) if group.option else (), question.values)
        if group.only_if is not None:
            _condition(pack, group.only_if, questions_read(group.only_if), at, plan=False)


def check_checks(pack: Pack, checks: Checks) -> None:
    """PackError for a check that names a question, option, source or section nobody knows."""
    for check in checks.contradictions:
        where = f"checks.toml: contradiction {check.id!r}"
        _known(where, "source", check.wording.sources, pack.sources)
        _known(where, "question", check.questions, pack.question_by_id)
        _condition(pack, check.when, check.questions, where, plan=True)
    for period in checks.periods:
        _period(pack, period, f"checks.toml: period {period.id!r}")
    for name in ("before_birth", "outside_period"):
        wording = getattr(checks, name)
        if wording is not None:
            _known(f"checks.toml: {name}", "source", wording.sources, pack.sources)
    if checks.haste is not None:
        _known("checks.toml: haste", "source", checks.haste.wording.sources, pack.sources)


def check_law(pack: Pack) -> None:
    """PackError for a law that asks for what nobody knows."""
    for place in pack.jurisdictions.values():
        for law in place.law:
            if law.applies_when is not None:
                where = f"jurisdictions.toml: law {law.id!r}"
                if rules_read(law.applies_when) or _reads_limits(law.applies_when):
                    raise PackError(f"{where}: must not read rules")
                check_condition(pack, law.applies_when, where)


def _reads_limits(condition: Condition) -> bool:
    """Whether it reads what only rules do: depth limits, texts, the planned day."""
    return any(
        isinstance(part, DepthAbove)
        or (isinstance(part, Ask) and part.op in ("text_needs_reader", "before_ctx"))
        or (isinstance(part, Plan) and part.field == "answers_age_days")
        for part in walk(condition)
    )


def _period(pack: Pack, period: Period, where: str) -> None:
    _known(where, "question", (period.question,), pack.question_by_id)
    question = pack.question_by_id[period.question]
    if question.type not in (QuestionType.DATE, QuestionType.MULTI_CHOICE_DATED):
        raise PackError(f"{where}: {period.question!r} has no date")
    _known(where, "option", period.options, question.values)
    if period.reach is None and not question.allow_future:
        raise PackError(f"{where}: {period.question!r} does not ask about days to come")


def _condition(
    pack: Pack, condition: Condition, read: Collection[str], where: str, *, plan: bool
) -> None:
    if rules_read(condition) or _reads_limits(condition):
        raise PackError(f"{where}: must not read rules")
    reads_plan = [part for part in walk(condition) if isinstance(part, Plan)]
    if reads_plan and not plan:
        raise PackError(f"{where}: reads answers only, not the plan")
    check_condition(pack, condition, where)
    born = pack.birth_question
    needed = set(questions_read(condition))
    if born is not None and any(part.field == "age" for part in reads_plan):
        needed.add(born.id)
    if lost := sorted(needed - set(read)):
        raise PackError(f"{where}: reads {lost[0]!r} without naming it among its questions")


def _known(where: str, what: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise PackError(f"{where}: unknown {what} {name!r}")
