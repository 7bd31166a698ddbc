"""A source, and what the pack says about itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.core.forms import say_plainly
from clinic.packs.editing import replace
from clinic.packs.editing.labels import READ_AS
from clinic.packs.editing.names import Table, Tables, names_of, text
from clinic.packs.forms.fields import OneOf, PlainText
from clinic.packs.forms.saving import SavingForm
from screening.engine.lengths import LONGEST_SOURCE, LONGEST_TITLE

KINDS = {
    "external": _("Guideline, study, manual or web page"),
    "article": _("General article"),
    "background": _("Background knowledge"),
}


class SourceForm(SavingForm):
    """Changes one source, or makes a new one (`source` is then empty)."""

    def __init__(self, *args: Any, tables: Tables, source: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.known = source, names_of(tables).sources
        if not source:
            self.fields["id"] = PlainText(
                label=_("Short name"), longest=LONGEST_SOURCE, help_text=_("For example R73.")
            )
        self.fields["title"] = PlainText(
            label=_("Title"), longest=300, initial=text(source, "title")
        )
        self.fields["url"] = forms.URLField(
            label=_("Address"),
            max_length=500,
            required=False,
            initial=text(source, "url"),
            assume_scheme="https",
            error_messages={"invalid": _("Please give a whole web address, or none.")},
        )
        empty = None if source else ""
        self.fields["type"] = OneOf(
            KINDS, label=_("Kind"), initial=text(source, "type"), empty=empty
        )
        self.fields["read_as"] = OneOf(
            READ_AS, label=_("How it was read"), initial=text(source, "read_as"), empty=empty
        )
        self.fields["summary"] = PlainText(
            label=_("Summary"), longest=2000, lines=5, initial=text(source, "summary")
        )
        for field in self.fields.values():
            say_plainly(field)
        self.order_fields(["id", "title", "url", "type", "read_as", "summary", "why", "softer"])

    def clean_id(self) -> str:
        """Letters and digits, and not taken."""
        name: str = self.cleaned_data["id"]
        if not (name.isascii() and name.replace("-", "").isalnum()):
            raise forms.ValidationError(_("Please use letters and digits only."))
        if name in self.known:
            raise forms.ValidationError(_("There is already a source of this name."))
        return name

    def rebuilt(self) -> dict[str, object]:
        """The source's new table."""
        keys = ("id", "type", "title", "url", "read_as", "summary")
        given = {key: self.cleaned_data[key] for key in keys if key in self.fields}
        return {**self.source, **given}


class HeadForm(SavingForm):
    """The title of the pack, what is said for "not sure", and the titles of the sections."""

    def __init__(self, *args: Any, tables: Tables, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        found = tables.get("questions", {}).get("pack")
        head: Table = found if isinstance(found, Mapping) else {}
        self.fields["title"] = PlainText(
            label=_("Title of the pack"), longest=200, initial=text(head, "title")
        )
        self.fields["unsure_message"] = PlainText(
            label=_("What the client is told for “not sure”"),
            longest=500,
            lines=2,
            initial=text(head, "unsure_message"),
        )
        self.sections = {f"section_{name}": name for name in names_of(tables).sections}
        for number, (key, name) in enumerate(self.sections.items(), 1):
            self.fields[key] = PlainText(
                label=_("Title of section %(number)s of the questions") % {"number": number},
                help_text=_("Clients read it above its questions."),
                longest=LONGEST_TITLE,
                initial=text(names_of(tables).sections[name], "title"),
            )
        for field in self.fields.values():
            say_plainly(field)
        self.order_fields(["title", "unsure_message", *self.sections, "why", "softer"])

    def rebuilt(self) -> replace.NewTables:
        """The whole pack with what was typed."""
        head = {key: self.cleaned_data[key] for key in ("title", "unsure_message")}
        titles = {name: self.cleaned_data[key] for key, name in self.sections.items()}
        return replace.with_section_titles(replace.with_head(self.tables, head), titles)


class RetireForm(SavingForm):
    """Taking a rule, a question or a source out: why, and why that is safe."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = _("Why do you take it out?")
        self.fields["softer"].label = _("Why is it safe without it?")
        self.fields["softer"].required = True
        self.asks_softer = True
