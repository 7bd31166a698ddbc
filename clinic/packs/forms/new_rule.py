"""A new rule from a simple template: answers to one question lead to a level."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.core.forms import say_plainly
from clinic.packs.editing.labels import CATEGORIES, EVIDENCE, KINDS
from clinic.packs.editing.names import Tables, names_of, options_of, text
from clinic.packs.editing.slugs import slug
from clinic.packs.forms.asked_when import condition_on
from clinic.packs.forms.fields import UNITS, OneOf, PlainText, Ticks, level_field, number_field
from clinic.packs.forms.outcome import MAY, flags_field
from clinic.packs.forms.rule import UNSURE, source_choices
from clinic.packs.forms.saving import SavingForm
from clinic.packs.forms.wait import AFTER
from screening.engine import Level


class NewRuleForm(SavingForm):
    """A rule with one outcome, which holds for the answers ticked. `new` is its table."""

    mark_optional = False

    def __init__(self, *args: Any, tables: Tables, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names_of(tables)
        self.about = question
        self.kind_asked = text(self.names.questions[question], "type")
        self._say_when()
        self._say_what()
        self._say_why()
        for field in self.fields.values():
            say_plainly(field)

    def _say_when(self) -> None:
        self.fields["title"] = PlainText(label=_("Title"), longest=120)
        if self.kind_asked != "text":
            answers = options_of(self.names.questions[self.about])
            self.fields["values"] = Ticks(
                label=self.names.question(self.about),
                choices=[item for item in answers.items() if item[0] != "not_sure"],
                error_messages={"required": _("Please tick the answers that it is about.")},
            )

    def _say_what(self) -> None:
        self.fields["level"] = level_field(_("Level"), list(Level)[1:], empty="")
        self.fields["kind"] = OneOf(KINDS, label=_("For how long"), required=False, empty="")
        self.fields["wait"] = number_field(
            _("Wait"), required=False, help_text=_("Counted from the day of the answers.")
        )
        self.fields["unit"] = OneOf(UNITS, label=_("Unit"), required=False, initial="days")
        self.fields["after"] = OneOf(
            AFTER, label=_("After the wait"), required=False, initial="REVIEW"
        )
        self.fields["message"] = PlainText(label=_("What the client is told"), longest=500, lines=2)
        self.fields["by"] = OneOf(MAY, label=_("Who may decide to go ahead"), required=False)
        self.fields["unsure_level"] = level_field(
            _("Level of “not sure”"), UNSURE, initial=Level.REVIEW.name
        )
        self.fields["flags"] = flags_field({})

    def _say_why(self) -> None:
        self.fields["category"] = OneOf(CATEGORIES, label=_("Topic"), empty="")
        self.fields["rationale"] = PlainText(label=_("Why it matters"), longest=1000, lines=3)
        self.fields["practitioner_check"] = PlainText(
            label=_("What the practitioner checks"), longest=1000, lines=3
        )
        self.fields["evidence"] = OneOf(EVIDENCE, label=_("Evidence"), empty="")
        self.fields["evidence_note"] = PlainText(
            label=_("Note on the evidence"), longest=1000, lines=3, required=False
        )
        self.fields["sources"] = Ticks(
            label=_("Sources"),
            choices=list(source_choices(self.names)),
            error_messages={"required": _("A rule needs at least one source.")},
        )

    def clean(self) -> dict[str, Any]:
        """What goes together: a wait with DEFER, a length with CONTRAINDICATED."""
        given = super().clean() or self.cleaned_data
        level = given.get("level")
        if level == "DEFER" and not given.get("wait") and not self.has_error("wait"):
            self.add_error("wait", _("Please say how long."))
        if level == "CONTRAINDICATED" and not given.get("kind"):
            self.add_error("kind", _("Please say for how long."))
        return given

    def new(self) -> dict[str, object]:
        """The new rule's table."""
        given = self.cleaned_data
        table: dict[str, object] = {
            "code": slug(given["title"], set(self.names.rules)),
            "title": given["title"],
            "category": given["category"],
            "question_ids": [self.about],
            "unsure_level": given["unsure_level"],
            "rationale": given["rationale"],
            "practitioner_check": given["practitioner_check"],
            "sources": given["sources"],
            "evidence": given["evidence"],
            "area_specific": False,
            "modality": "ALL",
            "outcome": [self._outcome()],
        }
        if given["evidence_note"]:
            table["evidence_note"] = given["evidence_note"]
        return table

    def _outcome(self) -> dict[str, object]:
        given = self.cleaned_data
        override: dict[str, object] = {"allowed": False, "reason_required": False}
        if given["by"]:
            override = {"allowed": True, "by": given["by"], "reason_required": True}
        outcome: dict[str, object] = {
            "id": "any",
            "when": self._when(),
            "level": given["level"],
            "message": given["message"],
            "override": override,
        }
        if given["level"] == "DEFER":
            window = {given["unit"] or "days": given["wait"]}
            outcome["defer"] = {"basis": "assessment_date", "window": window}
            outcome["after_window_level"] = given["after"] or "REVIEW"
        if given["level"] == "CONTRAINDICATED":
            outcome["kind"] = given["kind"]
        if given["flags"]:
            outcome["flags"] = given["flags"]
        return outcome

    def _when(self) -> dict[str, object]:
        if self.kind_asked == "text":
            return {"q": self.about, "op": "text_present"}
        return condition_on(self.about, self.kind_asked, self.cleaned_data["values"])

    def place_of(self, line: str) -> str | None:
        """The field that a pack's error line is about."""
        words = {"source": "sources", "window": "wait", "kind": "kind", "evidence": "evidence"}
        return next((field for word, field in words.items() if word in line), None)
