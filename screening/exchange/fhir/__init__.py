"""HL7 FHIR, releases R4B and R5: a pack's questions as Questionnaire, a submission as
QuestionnaireResponse, its findings as DetectedIssue. Everything given out is checked by
``fhir.resources`` first, and reads back as what it was made of."""

from .issues import response_address, to_bundle, to_detected_issues
from .names import RELEASES, Release
from .questionnaire import not_carried, to_questionnaire
from .reading import from_questionnaire
from .reading_response import from_response
from .response import to_response

__all__ = [
    "RELEASES",
    "Release",
    "from_questionnaire",
    "from_response",
    "not_carried",
    "response_address",
    "to_bundle",
    "to_detected_issues",
    "to_questionnaire",
    "to_response",
]
