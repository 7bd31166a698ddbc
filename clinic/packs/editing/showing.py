"""Questions, rules and sources as a page shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.packs.editing.conditions import in_words
from clinic.packs.editing.labels import BASES, CATEGORIES, EVIDENCE, KINDS, QUESTION_TYPES, READ_AS
from clinic.packs.editing.names import Names, Table, entries, options_of, text, texts
from clinic.packs.editing.words import override_in_words, window_in_words
from clinic.treatments.wording import FLAGS


@dataclass(frozen=True, kw_only=True)
class OutcomeShown:
    """One outcome in words. `waits` holds each wait; `level` is a level's name."""

    id: str
    when: str
    level: str
    message: str
    override: str
    waits: tuple[str, ...]
    counts_from: str
    after: str
    kind: str
    flags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RuleShown:
    """One rule or combination in words. `sources` are tables; `levels` the names of its levels."""

    code: str
    title: str
    category: str
    outcomes: tuple[OutcomeShown, ...]
    flags: tuple[tuple[str, str], ...]
    rationale: str
    check: str
    unsure: str
    evidence: str
    evidence_key: str
    note: str
    sources: tuple[Table, ...]
    questions: tuple[tuple[str, str], ...]
    involves: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """By which a page jumps to it."""
        return f"rule-{self.code}"

    @property
    def levels(self) -> tuple[str, ...]:
        """Each level that it can lead to, once."""
        return tuple(dict.fromkeys(outcome.level for outcome in self.outcomes))

    @property
    def waits(self) -> tuple[str, ...]:
        """Each wait of its outcomes, once."""
        return tuple(dict.fromkeys(wait for one in self.outcomes for wait in one.waits))


@dataclass(frozen=True, kw_only=True)
class QuestionShown:
    """One question in words. `answers` are the wordings, in order; `asked` "" means always."""

    id: str
    text: str
    help: str
    kind: str
    answers: tuple[str, ...]
    asked: str
    moves: bool

    @property
    def anchor(self) -> str:
        """By which a page jumps to it."""
        return f"question-{self.id}"


@dataclass(frozen=True, kw_only=True)
class SourceShown:
    """One source; `rules` counts those that rest on it."""

    id: str
    title: str
    url: str
    read_as: str
    summary: str

    @property
    def anchor(self) -> str:
        """By which a page jumps to it."""
        return f"source-{self.id}"


def rule_shown(rule: Table, names: Names) -> RuleShown:
    """A rule's table in words."""
    category, evidence = text(rule, "category"), text(rule, "evidence")
    return RuleShown(
        code=text(rule, "code"),
        title=text(rule, "title"),
        category=str(CATEGORIES.get(category, category)) or _("Several together"),
        outcomes=tuple(_outcome(outcome, names) for outcome in entries(rule, "outcome")),
        flags=tuple(
            (in_words(entry.get("when"), names), "; ".join(_flags(entry)))
            for entry in entries(rule, "flag_when")
        ),
        rationale=text(rule, "rationale"),
        check=text(rule, "practitioner_check"),
        unsure=text(rule, "unsure_level"),
        evidence=str(EVIDENCE.get(evidence, evidence)),
        evidence_key=evidence,
        note=text(rule, "evidence_note"),
        sources=tuple(names.sources[one] for one in texts(rule, "sources") if one in names.sources),
        questions=tuple((one, names.question(one)) for one in texts(rule, "question_ids")),
        involves=tuple((one, names.rule(one)) for one in texts(rule, "involves")),
    )


def question_shown(question: Table, names: Names) -> QuestionShown:
    """A question's table in words."""
    kind, none_label = text(question, "type"), text(question, "none_label")
    answers = list(options_of(question).values()) if kind != "yes_no" else []
    return QuestionShown(
        id=text(question, "id"),
        text=text(question, "text"),
        help=text(question, "help"),
        kind=str(QUESTION_TYPES.get(kind, kind)),
        answers=(*answers, *((none_label,) if none_label else ())),
        asked=in_words(question["show_when"], names) if "show_when" in question else "",
        moves=question.get("moves_with_time") is True,
    )


def source_shown(source: Table) -> SourceShown:
    """A source's table in words."""
    read_as = text(source, "read_as")
    return SourceShown(
        id=text(source, "id"),
        title=text(source, "title"),
        url=text(source, "url") if text(source, "url").startswith(("http://", "https://")) else "",
        read_as=str(READ_AS.get(read_as, read_as)),
        summary=text(source, "summary"),
    )


def _outcome(outcome: Table, names: Names) -> OutcomeShown:
    wait = outcome.get("defer")
    defer: Table = wait if isinstance(wait, Mapping) else {}
    kind = text(outcome, "kind")
    return OutcomeShown(
        id=text(outcome, "id"),
        when=in_words(outcome.get("when"), names),
        level=text(outcome, "level"),
        message=text(outcome, "message"),
        override=override_in_words(outcome.get("override")),
        waits=tuple(_waits(defer, names)),
        counts_from=_counts_from(defer, names),
        after=text(outcome, "after_window_level"),
        kind=str(KINDS.get(kind, kind)),
        flags=_flags(outcome),
    )


def _waits(defer: Table, names: Names) -> Iterator[str]:
    if "window" in defer:
        yield window_in_words(defer["window"])
    by_option = defer.get("window_by_option")
    if isinstance(by_option, Mapping):
        for value, window in by_option.items():
            yield _("%(wait)s after “%(answer)s”") % {
                "wait": window_in_words(window),
                "answer": names.option(text(defer, "question"), str(value)),
            }


def _counts_from(defer: Table, names: Names) -> str:
    if defer.get("basis") == "answer":
        return _("the answer to “%s”") % names.question(text(defer, "question"))
    basis = text(defer, "basis")
    return str(BASES.get(basis, basis))


def _flags(table: Table) -> tuple[str, ...]:
    return tuple(str(FLAGS.get(flag, flag)) for flag in texts(table, "flags"))
