"""Cases for screening from a file, and their results as JSON or as plain text. Pure functions.

A case is ``{"context": {...}, "answers": {...}}``, with an ``id`` if wanted. A file holds one
case, a list of cases, or one case a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.case_context import read_context
from screening.engine import Assessment, Context, FurtherHit, Hit, LawHit, Level, Pack, Result
from screening.engine.dates import in_words
from screening.strict_json import BadInput, check_values, name_of, read_json, split_list

MAX_FILE = 64 * 1024 * 1024
MAX_LINE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case that can be screened. ``name`` is its number, with its id if it has one."""

    name: str
    context: Context
    answers: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One case that cannot; ``line`` names it, the field and what is wrong."""

    line: str


def read_document(data: bytes, pack: Pack) -> tuple[bool, list[Case | Refusal]]:
    """Read a whole file: whether it is a list, and its cases."""
    if len(data) > MAX_FILE:
        return False, [Refusal(line=f"case 1: is longer than {MAX_FILE} bytes")]
    try:
        document = read_json(data)
    except BadInput as error:
        pieces = split_list(data)
        if pieces is None:
            return False, [Refusal(line=f"case 1: {error}")]
        return True, list(_read_pieces(data, pieces, pack))
    if isinstance(document, list):
        return True, [read_case(raw, number, pack) for number, raw in enumerate(document, 1)]
    return False, [read_case(document, 1, pack)]


def read_lines(lines: Iterable[bytes], pack: Pack) -> Iterator[Case | Refusal]:
    """Read one case a line, as they come. Blank lines are skipped but counted."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            yield Refusal(line=f"case {number}: is longer than {MAX_LINE} bytes")
            continue
        yield _read_text(line, number, pack)


def _read_pieces(
    data: bytes, pieces: Iterable[tuple[int, bytes]], pack: Pack
) -> Iterator[Case | Refusal]:
    """Read the cases of a list one by one, each with its line and column in the file."""
    line, column, last = 1, 1, 0
    for number, (start, piece) in enumerate(pieces, 1):
        line += data.count(b"\n", last, start)
        newline = data.rfind(b"\n", last, start)
        column = start - newline if newline >= 0 else column + start - last
        last = start
        yield _read_text(piece, number, pack, line=line, column=column)


def _read_text(
    data: bytes, number: int, pack: Pack, *, line: int = 1, column: int = 1
) -> Case | Refusal:
    try:
        raw = read_json(data, line=line, column=column)
    except BadInput as error:
        return Refusal(line=f"case {number}: {error}")
    return read_case(raw, number, pack)


def read_case(raw: object, number: int, pack: Pack) -> Case | Refusal:
    """Read one case, or say which field of it cannot be used."""
    name = f"case {number}"
    try:
        if not isinstance(raw, dict):
            raise BadInput("", "should be an object with context and answers")
        identity = raw.get("id")
        if isinstance(identity, str) and identity:
            name = f"{name} ({name_of(identity)})"
        for field in ("context", "answers"):
            if not isinstance(raw.get(field), dict):
                raise BadInput(field, "should be an object" if field in raw else "is missing")
            check_values(raw[field], field)
        answers = _answers(raw["answers"], pack)
        return Case(name=name, context=read_context(raw["context"], pack), answers=answers)
    except BadInput as error:
        return Refusal(line=f"{name}: {error}")


def _answers(raw: dict[str, object], pack: Pack) -> dict[str, object]:
    for key in raw:
        if key not in pack.question_by_id:
            raise BadInput(f"answers.{name_of(key)}", f"{pack.id} has no such question")
    return raw


def assessed_as_json(assessment: Assessment) -> dict[str, object]:
    """The rules' result key for key, and under ``further`` what was noticed beside it."""
    return {
        **as_json(assessment.result),
        "further": {
            "level": assessment.level.name,
            "hits": [_further_as_json(hit) for hit in assessment.further],
            "assumed": [
                {"question": a.question, "option": a.option, "said": a.said, "day": str(a.day)}
                for a in assessment.assumed
            ],
        },
    }


def _further_as_json(hit: FurtherHit) -> dict[str, object]:
    named = [
        {
            "quote": one.quote,
            "name": one.name,
            "rule": one.rule,
            "answered": [{"question": asked, "answer": said} for asked, said in one.answered],
        }
        for one in hit.named
    ]
    return {**_hit_as_json(hit), "questions": list(hit.question_ids), "named": named}


def as_json(result: Result) -> dict[str, object]:
    """A result as the command's contract promises it, key for key."""
    return {
        "complete": result.complete,
        "missing": list(result.missing),
        "level": result.level.name,
        "defer_until": result.defer_until.isoformat() if result.defer_until else None,
        "earliest": result.earliest.isoformat() if result.earliest else None,
        "hits": [_hit_as_json(hit) for hit in result.hits],
        "flags": list(result.flags),
        "pack": result.pack,
        "answers_sha256": result.answers_sha256,
        "undecided": list(result.undecided),
        "invalid_context": list(result.invalid_context),
        "law": [_law_as_json(one) for one in result.law],
    }


def _law_as_json(one: LawHit) -> dict[str, object]:
    return {
        "id": one.law.id,
        "binding": one.binding,
        "title": one.law.title,
        "text": one.law.text,
        "status": one.law.status,
        "requires": list(one.law.requires),
        "sources": list(one.law.sources),
    }


def _hit_as_json(hit: Hit) -> dict[str, object]:
    return {
        "code": hit.code,
        "outcome": hit.outcome,
        "level": hit.level.name,
        "defer_until": hit.defer_until.isoformat() if hit.defer_until else None,
        "message": hit.message,
        "sources": list(hit.sources),
        "override": {
            "allowed": hit.override.allowed,
            "by": hit.override.by,
            "reason_required": hit.override.reason_required,
        },
    }


_BINDING = {True: "binding", False: "advice"}
_MEANING = {
    Level.CLEAR: "nothing found",
    Level.ADVISE: "there is advice to give; booking may go on",
    Level.REVIEW: "a practitioner must decide before booking",
    Level.DEFER: "not yet",
    Level.CONTRAINDICATED: "do not treat",
}


def as_text(name: str, assessment: Assessment) -> str:
    """A result for a person to read: level, reasons, dates, and what was noticed beside them."""
    result, level = assessment.result, assessment.level
    lines = [f"{name}: {level.name}: {_MEANING[level]}"]
    if result.defer_until:
        lines.append(f"  Not before {in_words(result.defer_until)}.")
    if result.missing or result.invalid_context:
        lacking = (*result.missing, *(f"context.{name}" for name in result.invalid_context))
        lines.append(f"  Not complete. Missing: {', '.join(lacking)}.")
    elif assessment.earliest:
        lines.append(f"  Nothing stands in the way from {in_words(assessment.earliest)}.")
    else:
        lines.append("  No date clears this by itself.")
    for hit in sorted(result.hits, key=lambda hit: -hit.level):
        lines += _hit_as_text(hit)
    lines += _beside(assessment)
    if result.flags:
        lines.append(f"  Flags: {', '.join(result.flags)}.")
    lines.append(f"  By {result.pack}; answers {result.answers_sha256[:12]}.")
    return "\n".join(lines)


def _beside(assessment: Assessment) -> list[str]:
    """What is told beside the hits of the rules."""
    lines, result = [], assessment.result
    if assessment.further:
        lines.append("  Noticed beside the rules:")
    for hit in assessment.further:
        lines += _hit_as_text(hit)
    for one in assessment.assumed:
        asked = f"{one.question}.{one.option}" if one.option else one.question
        lines.append(f"  {asked}: {one.said!r} is taken as {in_words(one.day)}.")
    for found in result.law:
        lines.append(f"  Law ({_BINDING[found.binding]}): {found.law.title}. {found.law.text}")
    if result.undecided:
        lines.append(f"  Could not be judged: {', '.join(result.undecided)}.")
    return lines


def _hit_as_text(hit: Hit) -> list[str]:
    until = f" until {in_words(hit.defer_until)}" if hit.defer_until else ""
    return [
        f"  - {hit.level.name}{until}: {hit.title}. {hit.message}",
        f"    {_who_may_override(hit)} Sources: {', '.join(hit.sources)}.",
    ]


def _who_may_override(hit: Hit) -> str:
    if hit.level <= Level.ADVISE:
        return "Advice only."
    who = f"a {hit.override.by} may, with a reason" if hit.override.by else "nobody may"
    return f"Override: {who}."
