"""Going through earlier answers again: which may stand, and which are asked afresh.

An earlier answer is in view and counts for nothing until somebody says that it is still true. It
cannot be said of a question whose truth moves with time, nor of one that news has touched, nor of
one that follows from an answer that is no longer the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic.intake.freezing import in_words, wording_of
from clinic.intake.models import Intake, News
from clinic.intake.news_queries import names_touched
from screening.engine import Pack, Question
from screening.engine.conditions import questions_read
from screening.engine.moving import moving


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """Earlier answers of a questionnaire, by question; `afresh` are those that cannot stand."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    afresh: frozenset[str] = frozenset()

    def may_stand(self, question: Question, now: Mapping[str, Any]) -> bool:
        """Whether the earlier answer may still be true beside the answers as they are `now`."""
        if question.id in self.afresh or question.id not in self.answers:
            return False
        when = question.show_when
        return when is None or all(
            now.get(name) == self.answers.get(name) for name in questions_read(when)
        )

    def words(self, question: Question) -> str:
        """The earlier answer as a person would say it; "" where there is none."""
        if question.id not in self.answers:
            return ""
        try:
            return in_words(wording_of(question), self.answers[question.id])
        except (KeyError, TypeError):
            return ""


NOTHING = Earlier()


def earlier_of(draft: Intake, pack: Pack, news: Iterable[News]) -> Earlier:
    """What a questionnaire holds of earlier answers; `news` is all that was told of the client."""
    afresh = set(moving(pack)) if draft.amends_id else set()
    for one in news:
        touched = names_touched(pack, [one])
        afresh |= {name for name in touched if draft.heard.get(name, 0) < one.pk}
    return Earlier(answers=draft.earlier, afresh=frozenset(afresh))
