"""An entry of the recognised words, the checks or the conflicts: its fields by what they hold."""

from typing import Any

from django import forms

from clinic.core.forms import say_plainly
from clinic.packs.editing.labels import BEARS_ON, EVIDENCE, FIELDS, in_order
from clinic.packs.editing.names import Names, Table, Tables, names_of
from clinic.packs.editing.slugs import slug
from clinic.packs.forms.condition import ConditionFields
from clinic.packs.forms.fields import Lines, OneOf, PlainText, Ticks
from clinic.packs.forms.numbers import number_field, policy_field
from clinic.packs.forms.rule import kept_order, source_choices
from clinic.packs.forms.saving import SavingForm
from screening.engine.conditions import LINES
from screening.engine.depth_limits import DEEPEST

CONDITIONS = frozenset({"when", "said_by"})
SHORT = frozenset({"title", "topic", "name"})
FIXED = frozenset(
    {"id", "question", "type", "unit", "min", "max", "fixed", "mirrors", "group", "modality"}
    | {"areas"}
)


class EntryForm(SavingForm):
    """Changes one entry; `rebuilt` is its new table. A new one gets its name from its words."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        tables: Tables,
        entry: Table,
        taken: frozenset[str] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entry, self.taken = entry, taken
        self.names = names_of(tables)
        self.conditions: dict[str, ConditionFields] = {}
        self.asked: list[str] = []
        shown = {**dict.fromkeys(LINES), **entry} if "stop_above_mm" in entry else entry
        for key in in_order(shown):
            value = shown[key]
            if key in CONDITIONS:
                self.conditions[key] = ConditionFields(self, tables, self.names, f"c_{key}", value)
            elif key not in FIXED and (field := self._field(key, value)):
                label = str(FIELDS.get(key, key.replace("_", " ")))
                field.label = label[:1].upper() + label[1:]
                say_plainly(field)
                self.fields[f"e_{key}"] = field
                self.asked.append(key)

    def _field(self, key: str, value: object) -> forms.Field | None:
        if key == "evidence":
            return OneOf(EVIDENCE, initial=value)
        if key == "category":
            rules = {code: self.names.rule(code) for code in self.names.rules}
            return OneOf(rules, initial=value, empty="")
        if key in LINES:
            return number_field(least=0, most=DEEPEST, initial=value, required=key != LINES[0])
        if key == "value":
            return policy_field(self.entry)
        if isinstance(value, str):
            lines = 0 if key in SHORT else 3
            return PlainText(longest=120 if key in SHORT else 1000, lines=lines, initial=value)
        if isinstance(value, list):
            return self._list(key, value)
        if isinstance(value, bool):
            return forms.BooleanField(required=False, initial=value)
        if isinstance(value, int):
            return forms.IntegerField(min_value=0, max_value=1000, initial=value)
        return None

    def _list(self, key: str, value: list[object]) -> forms.Field:
        choices = _choices(key, self.names)
        if choices is None:
            return Lines(longest=120, most=500, initial=value)
        return Ticks(choices=choices, initial=value, required=key == "sources")

    @property
    def shown(self) -> list[Any]:
        """The bound fields, long lists of ticks last."""
        bound = [self[f"e_{key}"] for key in self.asked]
        return sorted(bound, key=lambda one: isinstance(one.field, Ticks))

    def rebuilt(self) -> dict[str, object]:
        """The entry's new table."""
        new: dict[str, object] = dict(self.entry)
        for key, condition in self.conditions.items():
            new[key] = condition.rebuilt()
        for key in self.asked:
            given, before = self.cleaned_data[f"e_{key}"], self.entry.get(key)
            if given is None:
                new.pop(key, None)
                continue
            if given == before:
                given = before
            if isinstance(before, list) and _choices(key, self.names) is not None:
                given = kept_order(tuple(map(str, before)), given)
            new[key] = given
        if new.get("id") == "":
            new["id"] = slug(str(new.get("name") or new.get("topic")), self.taken)
        return new

    def place_of(self, line: str) -> str | None:
        """The field that a pack's error line is about."""
        singular = {"source": "sources", "rule": "rules", "term": "terms", "question": "questions"}
        for key in [*self.asked, *singular]:
            if f"{key}" in line:
                return f"e_{singular.get(key, key)}"
        return None


def _choices(key: str, names: Names) -> list[tuple[str, Any]] | None:
    if key == "sources":
        return list(source_choices(names))
    if key == "rules":
        return [(code, names.rule(code)) for code in names.rules]
    if key in ("questions", "asked_in"):
        return [(name, names.question(name)) for name in names.questions]
    return list(BEARS_ON.items()) if key == "bears_on" else None
