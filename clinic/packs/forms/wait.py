"""The wait of an outcome as fields: from which day, how long, and what holds afterwards."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.core.forms import say_plainly
from clinic.core.words import LEVELS
from clinic.packs.editing.labels import BASES
from clinic.packs.editing.names import Names, Table, entries, text, texts
from clinic.packs.forms.fields import LONGEST_WAIT, UNITS, OneOf, number_field

AFTER = {
    "CLEAR": gettext_lazy("Clear: nothing more"),
    "ADVISE": LEVELS["advise"].word,
    "REVIEW": gettext_lazy("Review: a practitioner decides"),
}
FROM_ANSWER = "answer:"


class WaitFields:
    """Adds the fields of one outcome's wait to a form, under a prefix.

    A wait by answer (`option_dates`) has a number for each dated answer; any other has one.
    """

    def __init__(
        self, form: forms.Form, names: Names, rule: Table, prefix: str, outcome: Table
    ) -> None:
        self.form, self.prefix = form, prefix
        defer = outcome.get("defer")
        self.defer: Table = defer if isinstance(defer, Mapping) else {}
        self.by_answer: dict[str, str] = {}
        if self.defer.get("basis") == "option_dates":
            self._add_by_answer(names)
        else:
            self._add_one(names, rule)
        self._add(
            "after",
            OneOf(
                AFTER,
                label=gettext_lazy("After the wait"),
                required=False,
                initial=text(outcome, "after_window_level") or "REVIEW",
            ),
        )

    def _add_one(self, names: Names, rule: Table) -> None:
        window = self.defer.get("window")
        number, unit = _number_and_unit(window)
        self._add("wait", number_field(gettext_lazy("Wait"), required=False, initial=number))
        self._add("unit", OneOf(UNITS, label=gettext_lazy("Unit"), required=False, initial=unit))
        self._add(
            "from",
            OneOf(
                dict(_bases(names, rule, self.defer)),
                label=gettext_lazy("Counts from"),
                required=False,
                initial=_basis(self.defer),
            ),
        )

    def _add_by_answer(self, names: Names) -> None:
        question = names.questions.get(text(self.defer, "question"), {})
        windows = self.defer.get("window_by_option")
        kept = windows if isinstance(windows, Mapping) else {}
        for index, option in enumerate(entries(question, "options")):
            if option.get("date") != "required":
                continue
            value = text(option, "value")
            self.by_answer[value] = key = f"w{index}"
            number, unit = _number_and_unit(kept.get(value))
            label = _("Wait after “%s”") % text(option, "label")
            self._add(key, number_field(label, required=False, initial=number))
            unit_label = format_html(
                '{}<span class="visually-hidden"> {}</span>',
                _("Unit"),
                _("of the wait after “%s”") % text(option, "label"),
            )
            self._add(f"{key}_unit", OneOf(UNITS, label=unit_label, required=False, initial=unit))

    def _add(self, key: str, field: forms.Field) -> None:
        say_plainly(field)
        self.form.fields[f"{self.prefix}_{key}"] = field

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Pairs of bound fields: the number and its unit."""
        keys = list(self.by_answer.values()) or ["wait"]
        for key in keys:
            unit = f"{key}_unit" if self.by_answer else "unit"
            yield self.form[f"{self.prefix}_{key}"], self.form[f"{self.prefix}_{unit}"]

    @property
    def rest(self) -> list[Any]:
        """The other bound fields: from when, and what holds afterwards."""
        keys = ["after"] if self.by_answer else ["from", "after"]
        return [self.form[f"{self.prefix}_{key}"] for key in keys]

    @property
    def after(self) -> str:
        """The level from the day on which the wait is over."""
        return str(self._given("after"))

    def check(self) -> None:
        """A wait has a length; ten years are the most."""
        if not self.by_answer and not self._given("wait"):
            self._refuse("wait", _("Please say how long."))
        if self.by_answer and not any(map(self._given, self.by_answer.values())):
            self._refuse(next(iter(self.by_answer.values())), _("Please give at least one wait."))
        for key in self.by_answer.values() or ("wait",):
            unit = self._given(f"{key}_unit" if self.by_answer else "unit") or "days"
            if (self._given(key) or 0) > LONGEST_WAIT[unit]:
                self._refuse(key, _("At most ten years."))
        if not self._given("after"):
            self._refuse("after", _("Please choose an answer."))

    def rebuilt(self) -> dict[str, object]:
        """The wait's new table."""
        if self.by_answer:
            waits: dict[str, object] = {
                value: {str(self._given(f"{key}_unit") or "days"): self._given(key)}
                for value, key in self.by_answer.items()
                if self._given(key)
            }
            return {**self.defer, "window_by_option": _as_before(self.defer, waits)}
        window = {str(self._given("unit") or "days"): self._given("wait")}
        basis, _colon, question = str(self._given("from")).partition(":")
        if basis == "answer":
            return {"basis": basis, "question": question, "window": window}
        if basis == "ctx":
            return {"basis": basis, "field": "last_session.date", "window": window}
        return {"basis": "assessment_date", "window": window}

    def _given(self, key: str) -> Any:
        return self.form.cleaned_data.get(f"{self.prefix}_{key}")

    def _refuse(self, key: str, words: str) -> None:
        if not self.form.has_error(f"{self.prefix}_{key}"):
            self.form.add_error(f"{self.prefix}_{key}", words)


def _as_before(defer: Table, waits: dict[str, object]) -> dict[str, object]:
    """The waits; those of answers that the form cannot ask for stay."""
    windows = defer.get("window_by_option")
    kept = dict(windows) if isinstance(windows, Mapping) else {}
    return {value: waits[value] for value in kept if value in waits} | waits


def _bases(names: Names, rule: Table, defer: Table) -> Iterator[tuple[str, str]]:
    yield "assessment_date", str(BASES["assessment_date"])
    asked = texts(rule, "question_ids") or tuple(names.questions)
    for name in dict.fromkeys((*asked, text(defer, "question"))):
        if names.questions.get(name, {}).get("type") == "date":
            yield f"{FROM_ANSWER}{name}", _("the answer to “%s”") % names.question(name)
    yield "ctx", str(BASES["ctx"])


def _basis(defer: Table) -> str:
    basis = text(defer, "basis")
    return f"{FROM_ANSWER}{text(defer, 'question')}" if basis == "answer" else basis


def _number_and_unit(window: object) -> tuple[int | None, str]:
    if isinstance(window, Mapping):
        for unit in UNITS:
            if isinstance(number := window.get(unit), int):
                return number, unit
    return None, "days"
