"""Building a pack from the tables that its files hold.

``questions``  ``{"pack": {...}, "section": [{..., "question": [...]}]}``
``rules``      ``{"rule": [...], "combination": [...]}``
``sources``    ``{"source": [...]}``
``conflicts``  ``{"conflict": [...]}``
``lexicon``    see ``lexicon.py``
``checks``     see ``checks.py``
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from .answers import Option, Question, QuestionType, Section
from .build_rules import combination_from, rule_from
from .cases import cases_from
from .check_further import check_checks, check_lexicon
from .checks import checks_from
from .conditions import parse_condition, questions_read
from .conflicts import check_conflicts, conflicts_from
from .lengths import check_lengths
from .lexicon import lexicon_from
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
    sha256: str = "",
) -> Pack:
    """Build and validate a pack. PackError, naming the file and the rule, if anything is off."""
    asking = Table(questions, "questions.toml")
    head = asking.table("pack")
    sections = tuple(_section(table) for table in asking.tables("section"))
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
        sha256=sha256,
    )
    head.finish()
    check_lengths(pack)
    validate(pack)
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


def _section(table: Table) -> Section:
    section = table.text("id")
    asked = tuple(_question(question, section) for question in table.tables("question"))
    built = Section(id=section, title=table.text("title"), questions=asked)
    table.finish()
    return built


def _question(table: Table, section: str) -> Question:
    kind = table.choice("type", QuestionType)
    listed = tuple(_option(option) for option in table.tables("options", "value", needed=False))
    shown = table.parsed("show_when", parse_condition) if table.has("show_when") else None
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
        none_label=table.text("none_label", ""),
        show_when=shown,
    )
    table.finish()
    return built


def _option(table: Table) -> Option:
    built = Option(
        value=table.text("value"), label=table.text("label"), date=table.text("date", "") or None
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
