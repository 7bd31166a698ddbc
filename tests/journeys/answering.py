"""Answering all the questions, a section at a time, as the same person would at desk or phone."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from screening.engine import Question, QuestionType
from screening.packs import latest
from tests.journeys.person import Person

SECONDS_TO_READ = 3
"""What a person takes for a question at least; a machine takes no time, which screening notices."""

LAST = ("Check the answers", "Check your answers")


def answers_everything(person: Person, answers: Mapping[str, Any]) -> None:
    """From the first section to the check. What is not asked for these answers stays hidden."""
    while person.heading() not in LAST:
        section = person.page.url.rsplit("/", 1)[-1]
        answer_section(person.page, section, answers)
        person.takes(SECONDS_TO_READ * len(latest().sections[section].questions))
        person.presses("Next")


def goes_through(person: Person, answers: Mapping[str, Any], changed: Mapping[str, str]) -> None:
    """The earlier answers again, part by part: what is asked afresh is answered, what has changed
    is changed (to the label given), and the rest is said to be still true."""
    while person.heading() not in LAST:
        section = person.page.url.split("#")[0].rsplit("/", 1)[-1]
        for question in latest().sections[section].questions:
            block = person.page.locator(f"#div_id_{question.id}")
            if question.id in changed:
                block.get_by_text("Change this answer").click()
                block.get_by_label(changed[question.id]).check()
            elif question.id in answers and not block.get_attribute("data-earlier"):
                answer(person.page, question, answers[question.id])
        if person.page.locator("#id_still_true").count():
            person.page.locator("#id_still_true").check()
        person.takes(SECONDS_TO_READ * len(latest().sections[section].questions))
        person.presses("Next")


def answer_section(page: Page, section: str, answers: Mapping[str, Any]) -> None:
    """Click and type every answer of one section; each must be in view."""
    for question in latest().sections[section].questions:
        if question.id in answers:
            answer(page, question, answers[question.id])


def answer(page: Page, question: Question, given: Any) -> None:
    """One answer, as `rules.json` writes it."""
    block = page.locator(f"#div_id_{question.id}")
    match question.type:
        case QuestionType.MULTI_CHOICE:
            for value in given or ["none"]:
                block.locator(f"input[value={value}]").check()
        case QuestionType.MULTI_CHOICE_DATED:
            for option in given or ["none"]:
                block.locator(f"input[name={question.id}__{option}]").check()
                if given and given[option]:
                    block.locator(f"[name={question.id}__{option}__date]").fill(given[option])
        case QuestionType.DATE | QuestionType.TEXT:
            block.locator(f"[name={question.id}]").fill(given)
        case _:
            block.locator(f"input[value={given}]").check()
