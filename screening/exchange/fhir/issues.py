"""Findings as FHIR DetectedIssues, and a submission with its findings as one Bundle."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal, Protocol

from screening.engine import Level, Pack

from . import names
from .checking import check
from .names import Json, Release

SEVERITY: Final = {
    Level.ADVISE: "low",
    Level.REVIEW: "moderate",
    Level.DEFER: "high",
    Level.CONTRAINDICATED: "high",
}
"""FHIR's three grades. A wait is as serious as a stop until its day has come; the level itself
goes along as a coding."""

Status = Literal["preliminary", "final"]
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, names.PACK)


class Found(Protocol):
    """A finding, as the engine gives it or as it was kept."""

    @property
    def code(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def question_ids(self) -> Sequence[str]: ...
    @property
    def sources(self) -> Sequence[str]: ...
    @property
    def defer_until(self) -> date | None: ...


def to_detected_issues(
    pack: Pack,
    findings: Sequence[Found],
    *,
    release: Release,
    identified: datetime,
    status: Status = "preliminary",
    response: str = "",
    subject: Json | None = None,
) -> list[Json]:
    """One valid DetectedIssue for each finding, as plain JSON, in their order.

    ``identified``: when the answers were judged, with its time zone. ``status`` is ``final`` once
    a practitioner has decided. ``response``: the address of the answers in the same Bundle.
    ``implicated`` and ``mitigation`` stay empty: a finding rests on answers, not on resources.
    """
    about: Json = {"resourceType": "DetectedIssue", "status": status}
    if subject is not None:
        about["patient" if release == "R4B" else "subject"] = subject
    about["identifiedDateTime"] = identified.isoformat(timespec="seconds")
    return [check({**about, **_issue(pack, found, response)}, release) for found in findings]


def to_bundle(
    response: Json, issues: Sequence[Json], *, release: Release, number: str, at: datetime
) -> Json:
    """A response and its findings as one Bundle. ``number`` tells one submission from another,
    so that the same one always has the same addresses."""
    entries = [{"fullUrl": response_address(number), "resource": response}]
    for place, issue in enumerate(issues):
        entries.append({"fullUrl": _address(f"{number}/issue/{place}"), "resource": issue})
    bundle: Json = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": at.isoformat(timespec="seconds"),
        "entry": entries,
    }
    return check(bundle, release)


def response_address(number: str) -> str:
    """The address of a submission's answers in its Bundle."""
    return _address(f"{number}/response")


def _address(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _issue(pack: Pack, found: Found, response: str) -> Json:
    level = Level(found.level)
    rule = {"system": names.RULE + pack.name, "version": pack.version, "code": found.code}
    grade = {"system": names.LEVEL, "code": level.name}
    issue: Json = {
        "code": {"coding": [{**rule, "display": found.title}, grade], "text": found.title},
        "severity": SEVERITY[level],
        "evidence": [*_answers(pack, found, response), *_sources(pack, found)],
        "detail": found.message,
    }
    if found.defer_until is not None:
        waits = {"url": names.NOT_BEFORE, "valueDate": found.defer_until.isoformat()}
        issue["extension"] = [waits]
    cited = (pack.sources[name].url for name in found.sources if name in pack.sources)
    if reference := next(filter(None, cited), ""):
        issue["reference"] = reference
    if not issue["evidence"]:
        del issue["evidence"]
    return issue


def _answers(pack: Pack, found: Found, response: str) -> list[Json]:
    """The answers that it rests on, by question."""
    detail = {"detail": [{"reference": response}]} if response else {}
    system = names.PACK + pack.name
    return [
        {"code": [_concept(system, name, pack.question_by_id[name].text)], **detail}
        for name in found.question_ids
        if name in pack.question_by_id
    ]


def _sources(pack: Pack, found: Found) -> list[Json]:
    """The sources that the rule rests on, by number and title."""
    system = names.SOURCE + pack.name
    return [
        {"code": [_concept(system, name, pack.sources[name].title)]}
        for name in found.sources
        if name in pack.sources
    ]


def _concept(system: str, code: str, display: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": display}]}
