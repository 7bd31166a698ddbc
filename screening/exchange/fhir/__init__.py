"""HL7 FHIR, releases R4B and R5: questions as Questionnaire, a submission as
QuestionnaireResponse, its findings as DetectedIssue."""

from .names import RELEASES, Release
from .questionnaire import to_questionnaire
from .reading import from_questionnaire

__all__ = ["RELEASES", "Release", "from_questionnaire", "to_questionnaire"]
