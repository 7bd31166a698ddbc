"""One rule: its words, its sources, and its outcomes."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.packs.editing.labels import CATEGORIES, EVIDENCE
from clinic.packs.editing.names import Names, Table, Tables, entries, names_of, text, texts
from clinic.packs.forms.fields import OneOf, PlainText, Ticks, level_field
from clinic.packs.forms.outcome import FlagFields, OutcomeFields
from clinic.packs.forms.places import place_in_rule
from clinic.packs.forms.saving import SavingForm
from screening.engine import Level

UNSURE = (Level.ADVISE, Level.REVIEW)


class RuleForm(SavingForm):
    """Changes one rule or combination. `rebuilt` is its new table; what the form does not ask
    for stays as it is."""

    mark_optional = False

    def __init__(self, *args: Any, tables: Tables, rule: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.names = names_of(tables)
        self.combines = "involves" in rule
        self._add_words()
        self.outcomes = [
            OutcomeFields(self, tables, self.names, rule, number, outcome)
            for number, outcome in enumerate(entries(rule, "outcome"))
        ]
        self.flags = [
            FlagFields(self, tables, self.names, number, entry)
            for number, entry in enumerate(entries(rule, "flag_when"))
        ]

    @property
    def titles(self) -> dict[str, str]:
        """Which outcome a field is about, where there are several."""
        if len(self.outcomes) < 2:
            return {}
        return {
            name: _("outcome %(number)s") % {"number": one.number}
            for one in self.outcomes
            for name in self.fields
            if name.startswith(f"{one.prefix}_")
        }

    def _add_words(self) -> None:
        rule = self.rule
        self._text("title", _("Title"), 120)
        self._text("rationale", _("Why it matters"), 1000, lines=3)
        if not self.combines:
            self.fields["category"] = OneOf(
                _with(CATEGORIES, text(rule, "category")),
                label=_("Topic"),
                initial=text(rule, "category"),
            )
            self._text("practitioner_check", _("What the practitioner checks"), 1000, lines=3)
            self.fields["unsure_level"] = level_field(
                _("Level of “not sure”"),
                sorted({*UNSURE, Level[text(rule, "unsure_level")]}),
                initial=text(rule, "unsure_level"),
            )
            self._text("time_window", _("Wait, in words"), 200, required=False)
        self.fields["evidence"] = OneOf(
            EVIDENCE, label=_("Evidence"), initial=text(rule, "evidence")
        )
        if not self.combines:
            self._text("evidence_note", _("Note on the evidence"), 1000, lines=3, required=False)
        self.fields["sources"] = Ticks(
            label=_("Sources"),
            choices=list(source_choices(self.names)),
            initial=list(texts(rule, "sources")),
            error_messages={"required": _("A rule needs at least one source.")},
        )

    def _text(self, key: str, label: Any, longest: int, **kwargs: Any) -> None:
        self.fields[key] = PlainText(
            label=label, longest=longest, initial=text(self.rule, key), **kwargs
        )

    @property
    def words(self) -> list[Any]:
        """The bound fields of the words, in the order of the page."""
        keys = ("title", "category", "rationale", "practitioner_check", "unsure_level")
        return [self[key] for key in (*keys, "time_window") if key in self.fields]

    @property
    def rests_on(self) -> list[Any]:
        """The bound fields of the evidence."""
        return [self[key] for key in ("evidence", "evidence_note") if key in self.fields]

    def clean(self) -> dict[str, Any]:
        """Each outcome looks at its own fields together."""
        given = super().clean() or self.cleaned_data
        for outcome in self.outcomes:
            outcome.check()
        return given

    def rebuilt(self) -> dict[str, object]:
        """The rule's new table."""
        new: dict[str, object] = dict(self.rule)
        for key in ("title", "category", "rationale", "practitioner_check", "unsure_level"):
            if key in self.fields:
                new[key] = self.cleaned_data[key]
        for key in ("time_window", "evidence_note"):
            if key in self.fields:
                _put(new, key, self.cleaned_data[key])
        new["evidence"] = self.cleaned_data["evidence"]
        new["sources"] = kept_order(texts(self.rule, "sources"), self.cleaned_data["sources"])
        new["outcome"] = [outcome.rebuilt() for outcome in self.outcomes]
        if self.flags:
            new["flag_when"] = [entry.rebuilt() for entry in self.flags]
        return new

    def place_of(self, line: str) -> str | None:
        """The field that a pack's error line is about."""
        return place_in_rule(line, self.rule)


def source_choices(names: Names) -> Iterator[tuple[str, str]]:
    """Every source: its id and title."""
    for name in names.sources:
        yield name, f"{name} · {names.source(name)}"


def kept_order(before: tuple[str, ...], chosen: list[str]) -> list[str]:
    """What was chosen, the old ones in their old order: a tick is no change of order."""
    return [one for one in before if one in chosen] + [one for one in chosen if one not in before]


def _with(words: Any, present: str) -> dict[str, Any]:
    return {**words, **({present: present} if present and present not in words else {})}


def _put(table: dict[str, object], key: str, value: str) -> None:
    if value:
        table[key] = value
    elif table.get(key):
        del table[key]
