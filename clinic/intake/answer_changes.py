"""What changed when answers were gone through again, and how each answer set was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.intake.freezing import in_words
from clinic.intake.models import Submission


@dataclass(frozen=True, kw_only=True)
class Changed:
    """One question with its earlier and its present answer in words; "" where it was not asked."""

    text: str
    before: str
    now: str


def changed_answers(submission: Submission) -> list[Changed]:
    """Old beside new, in the order of asking; nothing where the answers are the first."""
    old = submission.intake.amends
    if old is None:
        return []
    before, now = _in_words(old), _in_words(submission)
    return [
        Changed(text=text, before=before.get(name, ("", ""))[1], now=now.get(name, ("", ""))[1])
        for name, (text, _) in {**now, **{k: v for k, v in before.items() if k not in now}}.items()
        if before.get(name, ("", ""))[1] != now.get(name, ("", ""))[1]
    ]


def typed_from_paper(submission: Submission) -> list[str]:
    """Who said that they typed these answers from a paper form, which is kept."""
    kept: Mapping[str, Any] = submission.conduct
    return sorted({one["by"] for one in kept.values() if one.get("paper") and one.get("by")})


def _in_words(submission: Submission) -> dict[str, tuple[str, str]]:
    return {
        one["id"]: (one["text"], in_words(one, submission.answers.get(one["id"])))
        for one in submission.wording
    }
