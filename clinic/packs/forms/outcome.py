"""One outcome of a rule as fields: when it holds, its level, its words, its wait."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.core.forms import say_plainly
from clinic.packs.editing.labels import KINDS
from clinic.packs.editing.names import Names, Table, Tables, text, texts
from clinic.packs.forms.condition import ConditionFields
from clinic.packs.forms.fields import OneOf, PlainText, Ticks, level_field
from clinic.packs.forms.wait import WaitFields
from clinic.treatments.wording import FLAGS
from screening.engine import Level

MAY = {
    "": gettext_lazy("Nobody"),
    "practitioner": gettext_lazy("A practitioner, with a reason"),
    "prescriber": gettext_lazy("Only a prescriber, with a reason"),
}


class OutcomeFields:
    """Adds the fields of outcome `number` to a form, named `o<number>_…`."""

    def __init__(
        self,
        form: forms.Form,
        tables: Tables,
        names: Names,
        rule: Table,
        number: int,
        outcome: Table,
    ) -> None:
        self.form, self.outcome, self.prefix = form, outcome, f"o{number}"
        self.name, self.number = text(outcome, "id"), number + 1
        self.when = ConditionFields(form, tables, names, self.prefix, outcome.get("when"))
        self._add(
            "level",
            level_field(gettext_lazy("Level"), list(Level)[1:], initial=text(outcome, "level")),
        )
        self._add(
            "kind",
            OneOf(
                KINDS,
                label=gettext_lazy("For how long"),
                required=False,
                empty="",
                initial=text(outcome, "kind"),
            ),
        )
        self.wait = WaitFields(form, names, rule, self.prefix, outcome)
        self._add(
            "message",
            PlainText(
                label=gettext_lazy("What the client is told"),
                longest=500,
                lines=2,
                initial=text(outcome, "message"),
            ),
        )
        self._add(
            "by",
            OneOf(
                MAY,
                label=gettext_lazy("Who may decide to go ahead"),
                required=False,
                initial=_may(outcome),
            ),
        )
        self._add("flags", flags_field(outcome))

    def _add(self, key: str, field: forms.Field) -> None:
        say_plainly(field)
        self.form.fields[f"{self.prefix}_{key}"] = field

    def _bound(self, key: str) -> Any:
        return self.form[f"{self.prefix}_{key}"]

    @property
    def level(self) -> Any:
        return self._bound("level")

    @property
    def kind(self) -> Any:
        return self._bound("kind")

    @property
    def message(self) -> Any:
        return self._bound("message")

    @property
    def by(self) -> Any:
        return self._bound("by")

    @property
    def flags(self) -> Any:
        return self._bound("flags")

    @property
    def now(self) -> str:
        """The level as it is kept now."""
        return text(self.outcome, "level")

    def check(self) -> None:
        """What goes together: a wait with DEFER, a length with CONTRAINDICATED."""
        level = self._given("level")
        if level == Level.CONTRAINDICATED.name and not self._given("kind"):
            self.form.add_error(f"{self.prefix}_kind", _("Please say for how long."))
        if level == Level.DEFER.name:
            self.wait.check()

    def rebuilt(self) -> dict[str, object]:
        """The outcome's new table."""
        new: dict[str, object] = {**self.outcome, "when": self.when.rebuilt()}
        new |= {"level": self._given("level"), "message": self._given("message")}
        if by := self._given("by"):
            new["override"] = {"allowed": True, "by": by, "reason_required": True}
        else:
            new["override"] = {"allowed": False, "reason_required": False}
        _keep(new, "kind", self._given("kind") if new["level"] == "CONTRAINDICATED" else "")
        _keep(new, "defer", self.wait.rebuilt() if new["level"] == "DEFER" else {})
        after = self.wait.after if new["level"] == "DEFER" else ""
        _keep(new, "after_window_level", after)
        _keep(new, "flags", _ordered(texts(self.outcome, "flags"), self._given("flags")))
        return new

    def _given(self, key: str) -> Any:
        return self.form.cleaned_data.get(f"{self.prefix}_{key}")


class FlagFields:
    """Flags that are added whenever a condition holds, named `f<number>_…`."""

    def __init__(
        self, form: forms.Form, tables: Tables, names: Names, number: int, entry: Table
    ) -> None:
        self.form, self.entry, self.prefix = form, entry, f"f{number}"
        self.when = ConditionFields(form, tables, names, self.prefix, entry.get("when"))
        form.fields[f"{self.prefix}_flags"] = flags_field(entry)

    @property
    def flags(self) -> Any:
        return self.form[f"{self.prefix}_flags"]

    @property
    def chosen(self) -> str:
        """The flags as they are kept now, in words."""
        return "; ".join(str(FLAGS.get(flag, flag)) for flag in texts(self.entry, "flags"))

    def rebuilt(self) -> dict[str, object]:
        """The entry's new table."""
        given = self.form.cleaned_data[f"{self.prefix}_flags"]
        flags = _ordered(texts(self.entry, "flags"), given)
        return {**self.entry, "when": self.when.rebuilt(), "flags": flags}


def flags_field(table: Table) -> Ticks:
    """The flags that later steps act on."""
    present = texts(table, "flags")
    words: dict[str, Any] = {**FLAGS, **{flag: flag for flag in present if flag not in FLAGS}}
    return Ticks(
        label=gettext_lazy("What later steps are told"),
        choices=list(words.items()),
        initial=list(present),
        required=False,
    )


def _may(outcome: Table) -> str:
    override = outcome.get("override")
    if isinstance(override, Mapping) and override.get("allowed") is True:
        return str(override.get("by"))
    return ""


def _ordered(before: tuple[str, ...], chosen: list[str]) -> list[str]:
    return [one for one in before if one in chosen] + [one for one in chosen if one not in before]


def _keep(table: dict[str, object], key: str, value: object) -> None:
    """Put a value where there is one; an empty one goes, unless it was there empty already."""
    if value:
        table[key] = value
    elif table.get(key):
        del table[key]
