"""What a clinical lead should look at: allowed, yet easily a mistake."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clinic.packs.editing.edits import content
from clinic.packs.editing.looking_back import asked_too_short
from clinic.packs.editing.names import (
    Names,
    Table,
    Tables,
    entries,
    names_of,
    options_of,
    questions_in,
    rules_in,
    text,
    texts,
)
from clinic.packs.editing.reads import conditions, leaves, readers_of_question, waits
from clinic.packs.editing.words import window_in_words
from screening.exchange.fhir import not_carried

HARMLESS = frozenset({"no", "none", "never", "not_sure"})
"""Answers that no rule needs to read: "not sure" has a level of its own in every rule."""
_CHOICES = frozenset({"single_choice", "multi_choice", "multi_choice_dated"})


@dataclass(frozen=True, kw_only=True)
class Caution:
    """Something to look at: about which question, rule or source (`part`, `subject`)."""

    part: str
    subject: str
    text: str


def cautions(tables: Tables) -> tuple[Caution, ...]:
    """Everything to look at in a pack, questions first."""
    names = names_of(tables)
    return (
        *_about_questions(tables, names),
        *_about_fhir(tables, names),
        *_about_rules(tables),
        *dict.fromkeys(_about_times_asked(tables, names)),
    )


def new_cautions(old: Tables, new: Tables) -> tuple[Caution, ...]:
    """What there is to look at in a draft that was not so in the published pack."""
    known = set(cautions(old))
    return tuple(caution for caution in cautions(new) if caution not in known)


def _about_questions(tables: Tables, names: Names) -> Iterator[Caution]:
    read = _answers_read(tables)
    for question in questions_in(tables):
        name = text(question, "id")
        if question.get("birth_date") is not True and not readers_of_question(tables, name):
            yield _of_question(name, _("No rule reads “%s”.") % names.question(name))
            continue
        for value, label in options_of(question).items():
            if question.get("type") not in _CHOICES or value in HARMLESS:
                continue
            if (name, value) not in read and (name, "") not in read:
                said = _("No rule reads the answer “%(answer)s” to “%(question)s”.")
                words = {"answer": label, "question": names.question(name)}
                yield _of_question(name, said % words)


def _about_fhir(tables: Tables, names: Names) -> Iterator[Caution]:
    """Published all the same: what judges clients does not rest on a form of exchange."""
    for question in not_carried(tables["questions"]):
        said = _(
            "When “%s” is shown is too long for FHIR: these questions can be saved as a whole pack"
            " (.zip), not as a FHIR questionnaire."
        )
        yield _of_question(question, said % names.question(question))


def _answers_read(tables: Tables) -> set[tuple[str, str]]:
    """(question, answer) for each answer that something reads; answer "" stands for any."""
    found: set[tuple[str, str]] = set()
    tested = [when for rule in rules_in(tables) for when in conditions(rule)]
    tested += [question.get("show_when") for question in questions_in(tables)]
    for when in tested:
        for leaf in leaves(when):
            found.update(_read_by(leaf))
    for rule in rules_in(tables):
        for wait in waits(rule):
            by_option = wait.get("window_by_option")
            if isinstance(by_option, dict):
                found.update((str(wait.get("question")), str(value)) for value in by_option)
    return found


def _read_by(leaf: Table) -> Iterator[tuple[str, str]]:
    if "q" not in leaf:
        return
    name, value = str(leaf["q"]), leaf.get("value")
    if leaf.get("op") in ("not_empty", "count_gte"):
        yield name, ""
    elif isinstance(value, list):
        yield from ((name, str(item)) for item in value)
    else:
        yield name, str(value)


def _about_rules(tables: Tables) -> Iterator[Caution]:
    for rule in rules_in(tables):
        code, title = text(rule, "code"), text(rule, "title")
        if not texts(rule, "sources"):
            yield _of_rule(code, _("“%s” names no source.") % title)
        elif set(texts(rule, "sources")) == {"BG"}:
            yield _of_rule(code, _("“%s” rests on background knowledge alone.") % title)
        if not text(rule, "evidence"):
            yield _of_rule(code, _("“%s” does not say what its evidence is.") % title)
        for told, waits_for in dict.fromkeys(_told_another_wait(rule)):
            said = _("“%(title)s” waits %(wait)s, but says “%(told)s”.")
            yield _of_rule(code, said % {"title": title, "wait": waits_for, "told": told})
        if not list(entries(rule, "outcome")):
            yield _of_rule(code, _("“%s” has no outcome.") % title)


def _about_times_asked(tables: Tables, names: Names) -> Iterator[Caution]:
    for rule in rules_in(tables):
        for outcome in entries(rule, "outcome"):
            for question, said in asked_too_short(outcome, _windows(outcome), names):
                yield _of_question(question, f"{text(rule, 'title')}: {said}")


def _told_another_wait(rule: Table) -> Iterator[tuple[str, str]]:
    """Where the words name a time that is no wait of the rule: (what is told, the wait)."""
    windows = [window for outcome in entries(rule, "outcome") for window in _windows(outcome)]
    known = {content(window) for window in windows}
    for outcome in entries(rule, "outcome"):
        own = _windows(outcome)
        for number, unit in _TIMES.findall(text(outcome, "message")) if own else ():
            if content({unit: int(number)}) not in known:
                yield f"{number} {unit}", window_in_words(own[0])
    for number, unit in _TIMES.findall(text(rule, "time_window")) if windows else ():
        if content({unit: int(number)}) not in known:
            yield f"{number} {unit}", ", ".join(dict.fromkeys(map(window_in_words, windows)))


def _windows(outcome: Table) -> list[object]:
    wait = outcome.get("defer")
    if not isinstance(wait, Mapping):
        return []
    by_option = wait.get("window_by_option")
    listed = list(by_option.values()) if isinstance(by_option, Mapping) else []
    return [*([wait["window"]] if "window" in wait else []), *listed]


_TIMES = re.compile(r"(\d{1,4}) (days|months)\b", re.ASCII)


def _of_question(name: str, said: str) -> Caution:
    return Caution(part="questions", subject=name, text=said)


def _of_rule(code: str, said: str) -> Caution:
    return Caution(part="rules", subject=code, text=said)
