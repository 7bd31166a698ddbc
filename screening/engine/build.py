"""Building a pack from the tables that its files hold.

``questions``  ``{"pack": {...}, "section": [{..., "question": [...]}]}``
``rules``      ``{"rule": [...], "combination": [...]}``
``sources``    ``{"source": [...]}``
``conflicts``  ``{"conflict": [...]}``
``lexicon``    see ``lexicon.py``
``checks``     see ``checks.py``
``policy``, ``depth_limits``, ``jurisdictions``   see ``policy.py``, ``depth_limits.py``, ``law.py``
``flags``      ``{"flag": [{"id", "meaning"}]}``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from .answers import GREATEST_AGE, Option, Question, QuestionType, Section
from .build_rules import combination_from, rule_from
from .cases import cases_from
from .check_further import check_checks, check_law, check_lexicon
from .checks import checks_from
from .conditions import parse_condition, questions_read
from .conflicts import check_conflicts, conflicts_from
from .depth_limits import check_depth_limits, depth_limits_from
from .law import check_jurisdictions, jurisdictions_from
from .lengths import check_lengths
from .lexicon import lexicon_from
from .mirrors import check_mirrors
from .policy import Policy, check_policy, policy_from
from .rules import Pack, Rule, Source
from .tables import Table
from .validate import validate

_S = TypeVar("_S", Section, Source)

YES_NO = (
    Option(value="yes", label="Yes"),
    Option(value="no", label="No"),
    Option(value="not_sure", label="Not sure"),
)


def build_pack(
    *,
    questions: Mapping[str, object],
    rules: Mapping[str, object],
    sources: Mapping[str, object],
    lexicon: Mapping[str, object] | None = None,
    checks: Mapping[str, object] | None = None,
    conflicts: Mapping[str, object] | None = None,
    cases: Mapping[str, object] | None = None,
    policy: Mapping[str, object] | None = None,
    depth_limits: Mapping[str, object] | None = None,
    jurisdictions: Mapping[str, object] | None = None,
    flags: Mapping[str, object] | None = None,
    sha256: str = "",
) -> Pack:
    """Build and validate a pack. PackError, naming the file and the rule, if anything is off."""
    numbers = policy_from(Table(policy, "policy.toml")) if policy is not None else {}
    asking = Table(questions, "questions.toml")
    head = asking.table("pack")
    sections = tuple(_section(table, numbers) for table in asking.tables("section"))
    asking.finish()
    judging = Table(rules, "rules.toml")
    plain = tuple(rule_from(table) for table in judging.tables("rule", "code"))
    combined = tuple(combination_from(table) for table in judging.tables("combination", "code"))
    judging.finish()
    citing = Table(sources, "sources.toml")
    cited = tuple(_source(table) for table in citing.tables("source"))
    citing.finish()
    pack = Pack(
        name=head.text("name"),
        version=head.text("version"),
        title=head.text("title"),
        modalities=head.texts("modalities"),
        areas=head.texts("areas"),
        unsure_message=head.text("unsure_message"),
        sections=_by_id(sections, asking),
        rules=plain,
        combinations=combined,
        sources=_by_id(cited, citing),
        conflicts=conflicts_from(Table(conflicts, "conflicts.toml"))
        if conflicts is not None
        else (),
        lexicon=lexicon_from(Table(lexicon, "lexicon.toml")) if lexicon is not None else None,
        checks=checks_from(Table(checks, "checks.toml")) if checks is not None else None,
        cases=cases_from(cases),
        policy=numbers,
        depth_limits=depth_limits_from(Table(depth_limits, "depth_limits.toml"))
        if depth_limits is not None
        else (),
        jurisdictions=jurisdictions_from(Table(jurisdictions, "jurisdictions.toml"))
        if jurisdictions is not None
        else {},
        flags=_flags(Table(flags, "flags.toml")) if flags is not None else {},
        sha256=sha256,
    )
    head.finish()
    check_lengths(pack)
    validate(pack)
    check_policy(pack.policy.values(), sources=pack.sources)
    check_depth_limits(pack.depth_limits, areas=pack.areas, sources=pack.sources)
    check_jurisdictions(pack.jurisdictions, sources=pack.sources)
    check_law(pack)
    check_mirrors(pack)
    check_conflicts(pack.conflicts, sources=pack.sources, rules=pack.rule_by_code)
    if pack.lexicon is not None:
        check_lexicon(pack, pack.lexicon)
    if pack.checks is not None:
        check_checks(pack, pack.checks)
    return replace(pack, combinations=tuple(_with_questions(pack, c) for c in combined))


def _by_id(items: tuple[_S, ...], table: Table) -> dict[str, _S]:
    found: dict[str, _S] = {}
    for item in items:
        if item.id in found:
            raise table.error(f"{item.id!r} is there twice")
        found[item.id] = item
    return found


def _with_questions(pack: Pack, rule: Rule) -> Rule:
    """A combination rests on the questions it reads and on those of the rules it involves."""
    read = {name for condition in rule.conditions() for name in questions_read(condition)}
    for code in rule.involves:
        read.update(pack.rule_by_code[code].question_ids)
    return replace(rule, question_ids=tuple(q.id for q in pack.questions if q.id in read))


def _flags(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in table.tables("flag"):
        name = one.text("id")
        if name in found:
            raise one.error("is there twice")
        found[name] = one.text("meaning")
        one.finish()
    table.finish()
    return found


def _section(table: Table, policy: Mapping[str, Policy]) -> Section:
    section = table.text("id")
    asked = tuple(_question(question, section, policy) for question in table.tables("question"))
    built = Section(id=section, title=table.text("title"), questions=asked)
    table.finish()
    return built


def _question(table: Table, section: str, policy: Mapping[str, Policy]) -> Question:
    kind = table.choice("type", QuestionType)
    listed = tuple(_option(option) for option in table.tables("options", "value", needed=False))
    shown, needs = (
        table.parsed(key, parse_condition) if table.has(key) else None
        for key in ("show_when", "needs_text_when")
    )
    built = Question(
        id=table.text("id"),
        section=section,
        text=table.text("text"),
        type=kind,
        help=table.text("help", ""),
        options=YES_NO if kind is QuestionType.YES_NO and not listed else listed,
        allow_empty=table.flag("allow_empty"),
        allow_future=table.flag("allow_future"),
        birth_date=table.flag("birth_date"),
        moves_with_time=table.flag("moves_with_time"),
        none_label=table.text("none_label", ""),
        show_when=shown,
        exclusive=frozenset(table.texts("exclusive", needed=False)),
        needs_text_when=needs,
        oldest=int(policy["max_age"].value) if "max_age" in policy else GREATEST_AGE,
    )
    table.finish()
    return built


def _option(table: Table) -> Option:
    built = Option(
        value=table.text("value"),
        label=table.text("label"),
        date=table.text("date", "") or None,
        since=table.text("since", ""),
    )
    table.finish()
    return built


def _source(table: Table) -> Source:
    built = Source(
        id=table.text("id"),
        type=table.text("type"),
        title=table.text("title"),
        url=table.text("url", ""),
        read_as=table.text("read_as"),
        summary=table.text("summary"),
    )
    if built.url and not built.url.startswith(("https://", "http://")):
        raise table.error("'url' should be the address of a page (https://…)")
    table.finish()
    return built
