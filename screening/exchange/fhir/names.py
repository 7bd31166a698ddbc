"""What Cleared calls things in FHIR: addresses, code systems, extensions, link ids.

Own names are URNs: they identify and need no host. The others are the standard's own.
"""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

Release = Literal["R4B", "R5"]
RELEASES: Final = get_args(Release)

Json = dict[str, Any]
"""One JSON object."""

_OWN = "urn:cleared"
PACK: Final = f"{_OWN}:pack:"
"""Before a pack's name: the canonical address of its questionnaire."""

# Code systems. A question's options mean something only within that question.
YES_NO: Final = f"{_OWN}:yes-no-not-sure"
NONE_OF_THESE: Final = f"{_OWN}:none-of-these"
NONE_CODE: Final = "none-of-these"
RULE: Final = f"{_OWN}:rule:"
LEVEL: Final = f"{_OWN}:level"
SOURCE: Final = f"{_OWN}:source:"
LOINC: Final = "http://loinc.org"
BIRTH_DATE: Final = "21112-8"

# Extensions of Cleared.
MODALITY: Final = f"{_OWN}:fhir:modality"
AREA: Final = f"{_OWN}:fhir:area"
UNSURE_MESSAGE: Final = f"{_OWN}:fhir:unsure-message"
SHOW_WHEN: Final = f"{_OWN}:fhir:show-when"
NEEDS_TEXT_WHEN: Final = f"{_OWN}:fhir:needs-text-when"
MOVES_WITH_TIME: Final = f"{_OWN}:fhir:moves-with-time"
SINCE: Final = f"{_OWN}:fhir:meaning-since"
BETWEEN: Final = f"{_OWN}:fhir:some-time-between"
NOT_BEFORE: Final = f"{_OWN}:fhir:not-before"

# Extensions of the standard.
_STANDARD = "http://hl7.org/fhir/StructureDefinition"
EXCLUSIVE: Final = f"{_STANDARD}/questionnaire-optionExclusive"
ITEM_CONTROL: Final = f"{_STANDARD}/questionnaire-itemControl"
CONSTRAINT: Final = f"{_STANDARD}/questionnaire-constraint"
ENABLE_EXPRESSION: Final = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
)
CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"

NOT_AFTER_TODAY: Final[Json] = {
    "url": CONSTRAINT,
    "extension": [
        {"url": "key", "valueId": "not-after-today"},
        {"url": "severity", "valueCode": "error"},
        {"url": "expression", "valueString": "answer.value.all($this <= today())"},
        {"url": "human", "valueString": "This date cannot lie in the future."},
    ],
}
"""On a date that cannot lie ahead. (The extension maxValue would need a computed value.)"""

CHOICE: Final[dict[str, str]] = {"R4B": "choice", "R5": "coding"}
"""The type of an item that is answered by its options."""


def options_of(question: str) -> str:
    """The code system of a question's options."""
    return f"{_OWN}:option:{question}"


def section_link(section: str) -> str:
    return f"section.{section}"


def help_link(question: str) -> str:
    return f"{question}.help"


def date_link(question: str, option: str) -> str:
    return f"{question}.{option}.date"


def machine_name(name: str) -> str:
    """``micro-needling`` as the standard wants the name of a questionnaire: ``MicroNeedling``."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("-"))
