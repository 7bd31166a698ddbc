"""One section of the health questions, pack to HTML, against a plain template in the same run.

The longest section (23 questions with their follow-ups) is drawn three ways: ours (crispy, one
layout object), a plain Django template over the same questions, and crispy's way of one template
for each field (without the dates, which it does not know). The first two must hold the same inputs
and lists. The form is made anew for every page, as in a
request; the plain template is given the questions and the values alone.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, PAGES = 15, 20
GOAL = 3.0
SECTION = "skin"

PLAIN = """{% for q in questions %}<div class="field"><fieldset><legend>{{ q.text }}</legend>
{% if q.help %}<div class="form-text">{{ q.help }}</div>{% endif %}
{% for i in q.inputs %}<label><input type="{{ i.type }}" name="{{ i.name }}" value="{{ i.value }}"
{% if i.checked %} checked{% endif %}><span>{{ i.label }}</span></label>{% for s in i.selects %}
<label>{{ s.label }}<select name="{{ s.name }}">{% for value, word in s.options %}
<option value="{{ value }}"{% if value == s.chosen %} selected{% endif %}>{{ word }}</option>
{% endfor %}</select></label>{% endfor %}{% endfor %}
</fieldset></div>{% endfor %}"""


def main() -> None:
    """Print the table."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.config.settings")
    import django

    django.setup()
    makers = _makers()
    inputs = {name: _inputs(make()) for name, make in makers.items()}
    assert inputs["ours"] == inputs["plain template"], "both must ask the same"
    times: dict[str, list[float]] = {name: [] for name in makers}
    for _ in range(ROUNDS):
        for name, make in makers.items():
            start = perf_counter()
            for _page in range(PAGES):
                make()
            times[name].append(1000 * (perf_counter() - start) / PAGES)
    print(f"| intake section, {_count()} questions | ms (median) | ours / this |")
    print("|---|---:|---:|")
    ratios = {}
    for name, own in times.items():
        ratios[name] = median(a / b for a, b in zip(times["ours"], own, strict=True))
        print(f"| {name} | {median(own):.2f} | {ratios[name]:.2f} |")
    print()
    from benchmarks._goals import Goals

    goals = Goals()
    goals.at_most("ours / plain template", ratios["plain template"], GOAL)
    goals.end()


def _makers() -> dict[str, Callable[[], str]]:
    from crispy_forms.helper import FormHelper
    from crispy_forms.layout import Layout
    from crispy_forms.utils import render_crispy_form
    from django.template import Context, Template

    from clinic.intake.forms import section_form
    from clinic.intake.forms.dates import WhenField
    from screening.packs import latest

    pack = latest()
    asked = section_form(pack, SECTION)
    questions = _questions()
    template = Template(PLAIN)
    dated = [name for name, field in asked.base_fields.items() if isinstance(field, WhenField)]

    def form() -> Any:
        return asked(others={}, given_on=date(2026, 6, 1), born=date(1990, 4, 12), initial={})

    def one_by_one() -> str:
        made = form()
        helper = FormHelper()
        drawable = [name for name in made.fields if name not in dated]
        helper.layout = Layout(*drawable)
        helper.form_tag, helper.disable_csrf = False, True
        return str(render_crispy_form(made, helper))

    return {
        "ours": lambda: str(render_crispy_form(form())),
        "plain template": lambda: template.render(Context({"questions": questions})),
        "crispy, one template for each field": one_by_one,
    }


def _questions() -> list[dict[str, Any]]:
    from screening.engine import QuestionType
    from screening.packs import latest

    drawn = []
    for question in latest().sections[SECTION].questions:
        inputs: list[dict[str, Any]] = []
        kind = "radio"
        if question.type in (QuestionType.MULTI_CHOICE, QuestionType.MULTI_CHOICE_DATED):
            kind = "checkbox"
        dated = question.type is QuestionType.MULTI_CHOICE_DATED
        values = [(option.value, option.label) for option in question.options]
        if question.allow_empty:
            values.append(("none", question.none_label))
        for value, label in values:
            name = f"{question.id}__{value}" if dated else question.id
            one = {"type": kind, "name": name, "value": "on" if dated else value, "label": label}
            inputs.append(one)
            if dated and value != "none":
                inputs += _date(f"{name}__date")
        if question.type is QuestionType.DATE:
            inputs += _date(question.id)
        drawn.append({"text": question.text, "help": question.help, "inputs": inputs})
    return drawn


def _date(name: str) -> list[dict[str, Any]]:
    """A date and how well it is known."""
    from django.utils.dates import MONTHS

    from clinic.intake.forms.when_parts import AGO, KNOWN, UNITS

    def one(kind: str, part: str, *selects: dict[str, Any]) -> dict[str, Any]:
        named = f"{name}__{part}" if part else name
        return {"type": kind, "name": named, "value": "", "label": "", "selects": selects}

    def select(part: str, options: list[tuple[Any, Any]]) -> dict[str, Any]:
        listed = [(str(value), str(word)) for value, word in options]
        return {"name": f"{name}__{part}", "label": "", "options": listed}

    months, units = [("", ""), *MONTHS.items()], [("", ""), *UNITS]
    return [
        one("date", "", select("how", [*KNOWN, *AGO]), select("month", months)),
        one("text", "year"),
        one("text", "count", select("unit", units)),
    ]


def _count() -> int:
    from screening.packs import latest

    return len(latest().sections[SECTION].questions)


def _inputs(html: str) -> list[tuple[str, ...]]:
    found = []
    for kind, tag in re.findall(r"<(input|select|option)([^>]*)>", html):
        named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        typed = named.get("type", "text") if kind == "input" else kind
        found.append((typed, named.get("name", ""), named.get("value", "")))
    return found


if __name__ == "__main__":
    main()
