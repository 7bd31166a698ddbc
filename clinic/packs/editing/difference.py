"""The difference between two packs, as somebody reads it who is no programmer.

>>> change = difference(old, new)[0]
>>> f"{change.where}: {change.what} {change.old} → {change.new}"
'Strong skin products, outcome 2: wait 5 days → 14 days'
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from clinic.packs.editing.edits import AS_ONE, Edit, How, edits
from clinic.packs.editing.labels import ENTRIES, FIELDS, PARTS, in_order
from clinic.packs.editing.names import Names, Tables, entries, names_of, text
from clinic.packs.editing.pieces import Piece, pieces
from clinic.packs.editing.softer import is_softer
from clinic.packs.editing.words import NOTHING, value_in_words

WORDY = frozenset(
    {"text", "help", "label", "title", "rationale", "practitioner_check", "evidence_note"}
    | {"message", "unsure_message", "summary", "none_label", "time_window"}
    | {"when", "show_when", "said_by", "told", "claim_a", "claim_b", "resolution", "reason"}
)


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One field of something that was added or removed."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs, in words.

    `part` is the file (questions, rules, …) and `subject` the id of the question or rule it is
    about. `where` names the place, `what` the field. `softer`: somebody may be judged less
    strictly. What was added or removed as a whole brings its fields as `details`.
    """

    path: tuple[str, ...]
    part: str
    subject: str
    where: str
    what: str
    how: How
    old: str
    new: str
    softer: bool
    marked: bool = False
    details: tuple[Detail, ...] = ()

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What changed word by word, where words changed; nothing for a number or a level."""
        return pieces(self.old, self.new) if self.marked else ()


def difference(old: Tables, new: Tables) -> tuple[Change, ...]:
    """Every difference between two packs' tables; none if and only if they are the same."""
    before, after = names_of(old), names_of(new)
    return tuple(_change(edit, before, after, new) for edit in edits(old, new))


def _change(edit: Edit, before: Names, after: Names, new: Tables) -> Change:
    key = _key(edit.path)
    whole = isinstance(edit.new if edit.old is None else edit.old, Mapping) and edit.how in (
        How.ADDED,
        How.REMOVED,
    )
    whole = whole and key not in AS_ONE
    return Change(
        path=edit.path,
        part=edit.path[0] if edit.path else "",
        subject=_subject(edit.path),
        where=_where(edit.path, after if edit.how is not How.REMOVED else before),
        what=_what(edit.path, before if edit.how is How.REMOVED else after),
        how=edit.how,
        old=NOTHING if whole else _said(key, edit.old, before, edit.path),
        new=NOTHING if whole else _said(key, edit.new, after, edit.path),
        softer=is_softer(edit, new),
        marked=edit.how is How.CHANGED and (key in WORDY or isinstance(edit.new, list)),
        details=tuple(_whole(edit, before, after)) if whole else (),
    )


def _said(key: str, value: object, names: Names, path: tuple[str, ...]) -> str:
    if isinstance(value, list) and key in ENTRIES:
        return "; ".join(_called(names, key, str(name)) for name in value)
    return value_in_words(key, value, names)


def _key(path: tuple[str, ...]) -> str:
    """The field's name; in a table of waits by answer that is the wait."""
    if path[-2:-1] == ("window_by_option",):
        return "window"
    return path[-1] if path else ""


def _subject(path: tuple[str, ...]) -> str:
    if len(path) > 4 and path[1] == "section" and path[3] == "question":
        return path[4]
    return path[2] if len(path) > 2 else ""


def _what(path: tuple[str, ...], names: Names) -> str:
    if not path:
        return _("the whole pack")
    if path[-2:-1] == ("window_by_option",):
        asked = _question_of_wait(path, names)
        return _("wait after “%(answer)s”") % {"answer": names.option(asked, path[-1])}
    if len(path) > 1 and path[-2] in ENTRIES:
        return str(ENTRIES[path[-2]])
    if path[-1] in ENTRIES and path[-1] != "question":
        return _("order of %(what)s") % {"what": ENTRIES[path[-1]]}
    return str(FIELDS.get(path[-1], path[-1]))


def _question_of_wait(path: tuple[str, ...], names: Names) -> str:
    """The question whose answers a wait is listed by."""
    for outcome in entries(names.rules.get(path[2], {}), "outcome"):
        if outcome.get("id") in path and isinstance(wait := outcome.get("defer"), Mapping):
            return str(wait.get("question", ""))
    return ""


def _where(path: tuple[str, ...], names: Names) -> str:
    """The place as names, from the outside in: a rule's title, an outcome, an answer."""
    found = [str(PARTS.get(path[0], path[0]))] if path else []
    named = [
        _called(names, kind, name, within=path)
        for kind, name in pairwise(path)
        if kind in ENTRIES and not (kind == "section" and "question" in path)
    ]
    return ", ".join(filter(None, named)) or ", ".join(found)


def _called(names: Names, kind: str, name: str, within: tuple[str, ...] = ()) -> str:
    match kind:
        case "question":
            return f"“{names.question(name)}”"
        case "section":
            return _("section “%(title)s”") % {"title": names.section(name)}
        case "rule" | "combination" | "hits":
            return names.rule(name)
        case "outcome":
            return _outcome(names, name, within)
        case "source":
            return f"{name} {names.source(name)}"
        case "options":
            asked = within[4] if len(within) > 4 else ""
            return _("answer “%(answer)s”") % {"answer": names.option(asked, name)}
    if title := names.others.get((kind, name)):
        name = f"{name} {title}" if kind in ("case", "conflict") else title
    return _("%(kind)s “%(name)s”") % {"kind": ENTRIES.get(kind, kind), "name": name}


def _outcome(names: Names, name: str, within: tuple[str, ...]) -> str:
    """An outcome by its place, as on the page where it is edited; the only one needs no name."""
    listed = entries(names.rules.get(within[2] if len(within) > 2 else "", {}), "outcome")
    ids = [text(outcome, "id") for outcome in listed]
    if name not in ids:
        return _("outcome “%(name)s”") % {"name": name}
    return _("outcome %(number)s") % {"number": ids.index(name) + 1} if len(ids) > 1 else ""


def _whole(edit: Edit, before: Names, after: Names) -> Iterator[Detail]:
    value, names = (edit.old, before) if edit.new is None else (edit.new, after)
    yield from _details(value, names, "")


def _details(value: object, names: Names, prefix: str) -> Iterator[Detail]:
    if not isinstance(value, Mapping):
        return
    for key in in_order(value):
        item = value[key]
        label = f"{prefix}{FIELDS.get(key, ENTRIES.get(key, key))}"
        if isinstance(item, list) and item and all(isinstance(one, Mapping) for one in item):
            for number, one in enumerate(item, 1):
                yield from _details(one, names, f"{label} {number}, ")
        elif isinstance(item, Mapping) and key == "window_by_option":
            asked = str(value.get("question", ""))
            for answer, wait in item.items():
                said = f"{label} “{names.option(asked, answer)}”"
                yield Detail(label=said, text=value_in_words("window", wait, names))
        elif isinstance(item, Mapping) and key in ("defer", "pack"):
            yield from _details(item, names, f"{label}: ")
        else:
            yield Detail(label=label, text=value_in_words(key, item, names))
