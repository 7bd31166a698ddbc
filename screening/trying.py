"""Running a pack's own test cases. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from screening.engine import Hit, Pack, Result, evaluate
from screening.engine.cases import ExpectedHit, PackCase


@dataclass(frozen=True, kw_only=True)
class Differs:
    """One thing that is not as the case says: ``what`` is the key of ``expected``."""

    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, kw_only=True)
class CaseResult:
    """One case, what the rules say of it, and where that is not what was expected."""

    case: PackCase
    result: Result
    differs: tuple[Differs, ...]

    @property
    def passed(self) -> bool:
        """Whether everything is as the case says."""
        return not self.differs

    @property
    def line(self) -> str:
        """The case and what differs in it, in one line."""
        said = "; ".join(map(str, self.differs)) or "as expected"
        return f"cases.toml: case {self.case.id!r}: {said}"


def run_cases(pack: Pack) -> tuple[CaseResult, ...]:
    """Screen every case of a pack by its rules."""
    return tuple(_run(pack, case) for case in pack.cases)


def _run(pack: Pack, case: PackCase) -> CaseResult:
    result = evaluate(pack, case.context, case.answers)
    return CaseResult(case=case, result=result, differs=tuple(_differs(pack, case, result)))


def _differs(pack: Pack, case: PackCase, result: Result) -> Iterable[Differs]:
    expected = case.expected
    pairs = [
        ("level", expected.level.name, result.level.name),
        ("complete", str(expected.complete).lower(), str(result.complete).lower()),
        ("missing", _listed(expected.missing), _listed(result.missing)),
        ("defer_until", _day(expected.defer_until), _day(result.defer_until)),
        ("hits", _hits(expected.hits), _hits(result.hits)),
    ]
    if expected.says_earliest:
        pairs.append(("earliest", _day(expected.earliest), _day(result.earliest)))
    for what, wanted, found in pairs:
        if wanted != found:
            yield Differs(what=what, expected=wanted, found=found)
    if lacking := [flag for flag in expected.flags if flag not in result.flags]:
        yield Differs(what="flags", expected=_listed(lacking), found=_listed(result.flags))
    if unknown := sorted(set(case.answers) - set(pack.question_by_id)):
        yield Differs(what="answers", expected="questions of this pack", found=_listed(unknown))


def _hits(hits: Iterable[Hit | ExpectedHit]) -> str:
    return _listed(_hit(hit) for hit in hits)


def _hit(hit: Hit | ExpectedHit) -> str:
    until = f" until {hit.defer_until}" if hit.defer_until else ""
    return f"{hit.code}/{hit.outcome} {hit.level.name}{until}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "none"
