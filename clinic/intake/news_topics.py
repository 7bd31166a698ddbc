"""Which questions a piece of news touches. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from screening.engine import Pack, Question
from screening.engine.conditions import questions_read


@dataclass(frozen=True, kw_only=True)
class Touched:
    """The questions that are unanswered from now on; all of them where `everything` is true."""

    question_ids: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What belongs to a topic: whole sections of the pack, and single questions of others."""

    sections: frozenset[str] = field(default_factory=frozenset)
    questions: frozenset[str] = field(default_factory=frozenset)

    def holds(self, question: Question) -> bool:
        return question.section in self.sections or question.id in self.questions


TOPICS: Final[dict[str, Topic]] = {
    "pregnancy": Topic(sections=frozenset({"pregnancy"})),
    "cold_sore": Topic(questions=frozenset({"cold_sore_state", "hsv_history", "hsv_prophylaxis"})),
    "infection": Topic(
        questions=frozenset(
            {"skin_infection", "open_skin", "changing_mark", "unwell", "antibiotics"}
        )
    ),
    "sun": Topic(questions=frozenset({"sun_exposure", "planned_sun"})),
    "medicines": Topic(
        sections=frozenset({"medicines"}), questions=frozenset({"unwell", "hsv_prophylaxis"})
    ),
    "allergies": Topic(
        sections=frozenset({"allergies"}),
        questions=frozenset({"anaesthetic_reaction", "past_reaction", "skin_disease"}),
    ),
}
"""The questions of the day at check-in that are about one thing; any other touches everything."""


def touched(pack: Pack, names: Collection[str] = (), topics: Iterable[str] = ()) -> Touched:
    """The named questions and those of the topics, with those they follow from and those that
    follow from them, in the order of asking.

    What a topic is about may have moved to other questions in a newer pack: everything, where the
    pack asks none of the named questions, or none of a topic.
    """
    parts = [set(names) & set(pack.question_by_id)] if names else []
    parts += [_of_topic(pack, topic) for topic in topics]
    if not parts or not all(parts):
        return Touched(everything=True)
    grown = _grown(pack, set().union(*parts))
    return Touched(question_ids=tuple(q.id for q in pack.questions if q.id in grown))


def _of_topic(pack: Pack, name: str) -> set[str]:
    topic = TOPICS.get(name, Topic())
    return {question.id for question in pack.questions if topic.holds(question)}


def first_asked(pack: Pack, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the questions that nothing else brings up: what a person is asked to begin with."""
    wanted = set(names)
    return tuple(q.id for q in pack.questions if q.id in wanted and q.show_when is None)


def _grown(pack: Pack, names: set[str]) -> set[str]:
    found = set(names)
    while True:
        more = set(found)
        for question in pack.questions:
            if question.show_when is None:
                continue
            parents = questions_read(question.show_when)
            if question.id in found:
                more |= parents
            elif parents & found:
                more.add(question.id)
        if more == found:
            return found
        found = more
