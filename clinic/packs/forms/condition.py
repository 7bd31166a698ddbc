"""The changeable parts of a condition as fields: ticks for answers, devices and areas; numbers."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.core.forms import say_plainly
from clinic.packs.editing.atoms import Atom, Turns, atoms, with_values
from clinic.packs.editing.conditions import in_words
from clinic.packs.editing.names import Names, Table, Tables, options_of, texts
from clinic.packs.editing.plan_words import subject, value_in_words
from clinic.packs.forms.fields import Ticks

SIGNS = {
    "lt": gettext_lazy("%(subject)s is under"),
    "gt": gettext_lazy("%(subject)s is more than"),
    "gte": gettext_lazy("%(subject)s is at least"),
}


class ConditionFields:
    """Adds the fields of one condition to a form, under a prefix."""

    def __init__(
        self, form: forms.Form, tables: Tables, names: Names, prefix: str, condition: object
    ) -> None:
        self.form, self.names, self.condition = form, names, condition
        self.words = in_words(condition, names)
        head = tables.get("questions", {}).get("pack")
        self.head: Table = head if isinstance(head, dict) else {}
        self.atoms = {f"{prefix}_if{atom.number}": atom for atom in atoms(condition)}
        for name, atom in self.atoms.items():
            form.fields[name] = field = self._field(atom)
            say_plainly(field)

    def __iter__(self) -> Any:
        return (self.form[name] for name in self.atoms)

    def rebuilt(self) -> object:
        """The condition with what was ticked and typed."""
        chosen: dict[int, Sequence[str] | float] = {}
        for name, atom in self.atoms.items():
            given = self.form.cleaned_data[name]
            chosen[atom.number] = _number(given, atom) if atom.turns is Turns.NUMBER else given
        return with_values(self.condition, chosen)

    def _field(self, atom: Atom) -> forms.Field:
        if atom.turns is Turns.NUMBER:
            return _number_field(atom, self._label(atom))
        return Ticks(label=self._label(atom), choices=self._choices(atom), initial=atom.values)

    def _choices(self, atom: Atom) -> list[tuple[str, str]]:
        if atom.turns is Turns.ANSWERS:
            return list(options_of(self.names.questions.get(atom.about, {})).items())
        listed = "areas" if atom.turns is Turns.AREAS else "modalities"
        return [(value, value_in_words(value)) for value in texts(self.head, listed)]

    def _label(self, atom: Atom) -> str:
        if atom.raw.get("op") == "count_gte":
            label = _("At least so many ticked at “%s”") % self.names.question(atom.about)
        elif atom.turns is Turns.NUMBER:
            label = str(SIGNS[str(atom.raw.get("op"))]) % {"subject": subject(atom.about)}
        elif atom.turns is Turns.ANSWERS:
            label = self.names.question(atom.about)
        else:
            label = subject(atom.about)
        label = label[:1].upper() + label[1:]
        return _("Not where: %s") % label if atom.negated else label


def _number_field(atom: Atom, label: str) -> forms.Field:
    if atom.about.endswith("depth_mm"):
        return forms.DecimalField(
            label=label,
            help_text=_("In millimetres."),
            min_value=Decimal("0.01"),
            max_value=Decimal("9.99"),
            decimal_places=2,
            initial=f"{atom.threshold:g}",
        )
    most = 120 if atom.about == "age" else 50
    help_text = _("In years.") if atom.about == "age" else ""
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=1, max_value=most, initial=atom.threshold
    )


def _number(given: Any, atom: Atom) -> float | int:
    return float(given) if atom.about.endswith("depth_mm") else int(given)
