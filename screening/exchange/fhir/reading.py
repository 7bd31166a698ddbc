"""A FHIR Questionnaire read back as the questions of a pack.

Whatever a pack has no place for is refused with one line that names the item, never left out.
What the resource does not say of the pack itself (its kinds of device, areas, wording for "not
sure") is taken from the questions that it is to replace.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..errors import ExchangeError
from . import names
from .elements import Element, check_release, elements, extensions, only, read_resource, text
from .names import Release
from .reading_items import Found, dated, question_of
from .reading_shown import check_agreement, is_hidden_at_first, show_when_of
from .shape import asked_in

# About the questionnaire, not about its questions.
_ABOUT = (
    "approvalDate contact copyright copyrightLabel date description effectivePeriod experimental "
    "id identifier jurisdiction language lastReviewDate meta name publisher purpose status "
    "subjectType text useContext versionAlgorithmCoding versionAlgorithmString"
)
_READ = ("resourceType", "extension", "url", "version", "title", "item")
_HEAD = {names.MODALITY: "modalities", names.AREA: "areas"}


def from_questionnaire(data: bytes, base: Mapping[str, object] | None = None) -> dict[str, object]:
    """The questions table of a Questionnaire, R4B or R5. ``base``: the questions that it is to
    replace. ExchangeError naming the item and the reason; whether the rules still find their
    questions is for ``pack_from`` to say."""
    resource = read_resource(data, "Questionnaire")
    check_release(resource, "Questionnaire", _release(resource))
    only(resource, (*_ABOUT.split(), *_READ), "Questionnaire")
    head = _head(resource, base or {})
    sections = [_section(group) for group in elements(resource, "item", "Questionnaire")]
    table: dict[str, object] = {
        "pack": head,
        "section": [
            {"id": name, "title": title, "question": [found.table for found in asked]}
            for name, title, asked in sections
        ],
    }
    _read_shown([found for _, _, asked in sections for found in asked], table)
    return table


def _read_shown(asked: Sequence[Found], table: Mapping[str, object]) -> None:
    """Put in when each question is shown. Whether one hides decides what the others may say of
    it, and when it does decides how: so all are read first, then each is held against itself."""
    _unique(found.table["id"] for found in asked)
    known = asked_in(table)
    for found in asked:
        if is_hidden_at_first(found.item):
            name = str(found.table["id"])
            known[name] = replace(known[name], show_when={})
    for found in asked:
        shown = show_when_of(found.item, known, found.where)
        if shown is not None:
            found.table["show_when"] = shown
    known = asked_in(table)
    for found in asked:
        own = known[str(found.table["id"])].show_when
        if own is not None:
            check_agreement(found.item, dict(own), known, found.where)


def _unique(ids: Iterator[object]) -> None:
    seen: set[object] = set()
    for name in ids:
        if name in seen:
            raise ExchangeError(f"Questionnaire: item {name!r}: is there twice")
        seen.add(name)


def _release(resource: Element) -> Release:
    """The release, by the type that its choices have: a resource does not say it itself."""
    left = [resource]
    while left:
        element = left.pop()
        if element.get("type") in ("choice", "open-choice"):
            return "R4B"
        children = element.get("item")
        if isinstance(children, list):
            left.extend(child for child in children if isinstance(child, Mapping))
    return "R5"


def _head(resource: Element, base: Mapping[str, object]) -> dict[str, object]:
    known = base.get("pack")
    head = dict(known) if isinstance(known, Mapping) else {}
    url = resource.get("url")
    if isinstance(url, str) and url.startswith(names.PACK):
        head["name"] = url.removeprefix(names.PACK)
    for key in ("version", "title"):
        if key in resource:
            head[key] = resource[key]
    urls = (*_HEAD, names.UNSURE_MESSAGE)
    found = extensions(resource, urls, "Questionnaire")
    for own, key in _HEAD.items():
        if found[own]:
            head[key] = [text(e, "valueString", "Questionnaire: extension") for e in found[own]]
    for extension in found[names.UNSURE_MESSAGE]:
        head["unsure_message"] = text(extension, "valueString", "Questionnaire: extension")
    for key in ("name", "version", "title", "modalities", "areas", "unsure_message"):
        if key not in head:
            raise ExchangeError(f"Questionnaire: does not say the {key} of the pack")
    return head


def _section(group: Element) -> tuple[str, str, list[Found]]:
    where = f"Questionnaire: item {group.get('linkId')!r}"
    if group.get("type") != "group":
        raise ExchangeError(f"{where}: a question should lie in a group: a section of the form")
    only(group, ("linkId", "text", "type", "item", "required"), where)
    name = text(group, "linkId", where).removeprefix(names.section_link(""))
    asked: list[Found] = []
    for item in elements(group, "item", where):
        if not dated(item, asked):
            asked.append(question_of(item))
    return name, text(group, "text", where), asked
