"""How a section's questions are laid out: one crispy layout object, one template.

Everything that does not depend on the answers is prepared once per pack, so that a page costs
little more than a plain template.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.intake.forms.none import NONE
from clinic.intake.forms.when import When
from clinic.intake.forms.when_parts import when_parts
from screening.engine import Pack, Question, QuestionType, Section
from screening.engine.conditions import AllOf, AnyOf, Ask, Condition, Not, questions_read

KINDS = {
    QuestionType.YES_NO: "radio",
    QuestionType.SINGLE_CHOICE: "radio",
    QuestionType.MULTI_CHOICE: "checkbox",
    QuestionType.MULTI_CHOICE_DATED: "dated",
    QuestionType.DATE: "date",
    QuestionType.TEXT: "text",
}

NOTHING = SafeString("")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One button of a question. `name` and `value` are those of its input; `when` says how well
    a date is known, while nothing is said about it.

    `head` and `tail` are its HTML, up to where "checked" may stand and from there on: a page has
    a hundred of them, and only this differs from one page to the next.
    """

    id: str
    name: str
    value: str
    label: str
    head: SafeString
    tail: SafeString
    dated: bool
    date_optional: bool
    when: SafeString


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, ready to be drawn. `show_when` is JSON for the page's script; `lead` says it.
    `when` is as that of a button."""

    id: str
    kind: str
    text: str
    help: str
    choices: tuple[Choice, ...]
    show_when: str
    lead: str
    past: bool
    when: SafeString


class AskedQuestions:
    """The crispy layout object: draws every question of a section."""

    def __init__(self, pack: Pack, section: Section) -> None:
        self.pack = pack
        self.section = section
        self._by_language: dict[str | None, tuple[Asked, ...]] = {}

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions in the order of asking, prepared once for each language of the pages."""
        language = get_language()
        if language not in self._by_language:
            self._by_language[language] = tuple(map(self._asked, self.section.questions))
        return self._by_language[language]

    def render(self, form: Any, context: Any, **kwargs: Any) -> SafeString:
        """The questions as HTML, with what was answered and what is wrong."""
        shown = form.shown()
        standing = form.standing()
        rows = [
            _row(asked, form[asked.id].value(), form.errors.get(asked.id, ()))
            | self._before(asked.id, form, stands=asked.id in standing)
            for asked in self.asked
            if asked.show_when or asked.id in shown
        ]
        form.rendered_fields.update(asked.id for asked in self.asked)
        latest = form.given_on.isoformat()
        template = get_template("intake/questions.html")
        return SafeString(template.render({"rows": rows, "latest": latest}))

    def _before(self, name: str, form: Any, *, stands: bool) -> dict[str, Any]:
        """The earlier answer, in view where none has been given on this way through."""
        question = self.pack.question_by_id[name]
        words = form.earlier.words(question) if name not in form.initial else ""
        if not words:
            return {}
        chosen = json.dumps(_values(form.earlier.answers[name])) if stands else ""
        return {"before": words, "stands": stands, "chosen": chosen}

    def _asked(self, question: Question) -> Asked:
        here = {q.id for q in self.section.questions}
        when = question.show_when
        # A follow-up to another section's answer is there or not when the page is made.
        local = when is not None and questions_read(when) <= here
        partly = question.type is QuestionType.DATE and not question.birth_date
        return Asked(
            id=question.id,
            kind="when" if partly else KINDS[question.type],
            text=question.text,
            help=question.help,
            choices=_choices(question),
            show_when=json.dumps(_plain(when)) if when is not None and local else "",
            lead=self._lead(when) if when is not None and local else "",
            past=not question.allow_future,
            when=_pristine(question.id, f"id_{question.id}", question) if partly else NOTHING,
        )

    def _lead(self, when: Condition) -> str:
        """Said where the page's script does not run."""
        if isinstance(when, Ask) and when.op in ("eq", "in"):
            parent = self.pack.question_by_id[when.question]
            labels = [o.label for o in parent.options if o.value in when.values]
            return _("Only if you answered “%(answer)s” to “%(question)s”") % {
                "answer": _("” or “").join(labels),
                "question": parent.text,
            }
        if isinstance(when, Ask):
            parent = self.pack.question_by_id[when.question]
            return _("Only if you ticked something at “%(question)s”") % {"question": parent.text}
        return _("Only if it fits your answers above")


def _values(answer: Any) -> list[str]:
    """An answer as the page's script reads one: the chosen values."""
    return [answer] if isinstance(answer, str) else list(answer)


def _choices(question: Question) -> tuple[Choice, ...]:
    dated = question.type is QuestionType.MULTI_CHOICE_DATED
    options = [(option.value, option.label, option.date) for option in question.options]
    if question.allow_empty:
        options.append((NONE, question.none_label, None))
    return tuple(
        _choice(
            f"id_{question.id}_{number}",
            kind="radio" if KINDS[question.type] == "radio" else "checkbox",
            name=f"{question.id}__{value}" if dated else question.id,
            value="on" if dated else value,
            label=label,
            day=day,
            is_none=value in question.exclusive or (value == NONE and question.allow_empty),
            question=question,
        )
        for number, (value, label, day) in enumerate(options)
    )


def _choice(
    key: str,
    *,
    kind: str,
    name: str,
    value: str,
    label: str,
    day: str | None,
    is_none: bool,
    question: Question,
) -> Choice:
    head = format_html(
        '<label class="choice"><input type="{}" name="{}" value="{}" id="{}"',
        kind,
        name,
        value,
        key,
    )
    none = SafeString(" data-none" if is_none else "")
    return Choice(
        id=key,
        name=name,
        value=value,
        label=label,
        head=head,
        tail=format_html("{}><span>{}</span></label>", none, label),
        dated=day is not None,
        date_optional=day == "optional",
        when=_pristine(f"{name}__date", f"{key}_date", question) if day else NOTHING,
    )


def _pristine(name: str, key: str, question: Question) -> SafeString:
    return when_parts(name, key, When(), past=not question.allow_future)


def _row(asked: Asked, value: Any, errors: Any) -> dict[str, Any]:
    row = {
        "asked": asked,
        "value": "" if value is None else value,
        "errors": errors,
        "buttons": [_button(asked, choice, value) for choice in asked.choices],
    }
    if asked.kind == "when":
        wrong = f"id_{asked.id}_error" if errors else ""
        row |= _when(asked.id, f"id_{asked.id}", value, asked.when, past=asked.past, wrong=wrong)
    return row


def _button(asked: Asked, choice: Choice, value: Any) -> dict[str, Any]:
    if asked.kind != "dated":
        ticked = choice.value in value if isinstance(value, list) else choice.value == value
        return {"choice": choice, "ticked": ticked}
    given = value if isinstance(value, dict) else {}
    option = choice.name.removeprefix(f"{asked.id}__")
    told = given.get(option) or given.get(f"{option}__date")
    drawn = _when(f"{choice.name}__date", f"{choice.id}_date", told, choice.when, past=asked.past)
    return drawn | {
        "choice": choice,
        "ticked": option in given,
        "stray": f"{option}__date" in given,
    }


def _when(
    name: str, key: str, value: Any, pristine: SafeString, *, past: bool, wrong: str = ""
) -> dict[str, Any]:
    """How one date is drawn. What is said in two ways is shown in both."""
    when = When.stored(value)
    parts = pristine
    if wrong or when != When(day=when.day):
        parts = when_parts(name, key, when, past=past, wrong=wrong)
    return {"day": when.day, "both": when.day and when.how != "day", "parts": parts}


def _plain(condition: Condition) -> dict[str, Any]:
    """A condition as the page's script reads it (see static/js/intake.js)."""
    match condition:
        case Ask():
            values = sorted(condition.values)
            return {
                "q": condition.question,
                "op": condition.op,
                "values": values,
                "count": condition.count,
            }
        case AllOf(parts=parts):
            return {"all": [_plain(part) for part in parts]}
        case AnyOf(parts=parts):
            return {"any": [_plain(part) for part in parts]}
        case Not(part=part):
            return {"not": _plain(part)}
    raise TypeError("a question is shown for answers alone")
