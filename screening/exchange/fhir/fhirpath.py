"""A condition as a FHIRPath expression over the QuestionnaireResponse.

Screening judges in three values: a question that is shown and not answered leaves a condition
unknown, and what is unknown shows nothing. So two expressions are made side by side: one that is
true where the condition is surely true, one that is true where it is surely false; "not" swaps
them. A question that is not shown finds nothing, which is surely false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..errors import ExchangeError
from .shape import Asked, as_list, as_table

MOST_TESTS = 100
Conditions = Mapping[str, object]

# A text that says nothing, as screening reads it: "none", "no", "nothing", "n/a" in any case,
# with spaces around it and dots at its end.
_NOTHING = r"^\\s*(none|no|nothing|n/a)\\s*\\.*\\s*$"


def true_when(raw: Conditions, asked: Mapping[str, Asked]) -> str:
    """The expression that is true where the condition is surely true. ExchangeError if it would
    be longer than anybody could check."""
    try:
        return _Writer(asked).sure(raw)
    except RecursionError as error:
        raise ExchangeError("when it is shown goes too deep for FHIRPath") from error


def quoted(text: str) -> str:
    """A text as FHIRPath writes it."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    for plain, written in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        escaped = escaped.replace(plain, written)
    return f"'{escaped}'"


class _Writer:
    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self.asked = asked
        self.left = MOST_TESTS

    def sure(self, raw: Conditions) -> str:
        """True where the condition is surely true."""
        if "all" in raw or "any" in raw:
            word = "and" if "all" in raw else "or"
            return self._joined(raw, word, self.sure)
        if "not" in raw:
            return self.false(as_table(raw["not"]))
        return self._holds(raw)

    def false(self, raw: Conditions) -> str:
        """True where the condition is surely false."""
        if "all" in raw or "any" in raw:
            word = "or" if "all" in raw else "and"
            return self._joined(raw, word, self.false)
        if "not" in raw:
            return self.sure(as_table(raw["not"]))
        question = self.asked[str(raw["q"])]
        other = f"({_answers(question.id)}.exists() and ({self._holds(raw)}).not())"
        if question.show_when is None:
            return other
        return f"({self.false(question.show_when)} or {other})"

    def _joined(self, raw: Conditions, word: str, write: Callable[[Conditions], str]) -> str:
        parts = as_list(raw["all" if "all" in raw else "any"])
        return "(" + f" {word} ".join(write(as_table(part)) for part in parts) + ")"

    def _holds(self, raw: Conditions) -> str:
        self.left -= 1
        if self.left < 0:
            raise ExchangeError(f"when it is shown takes more than {MOST_TESTS} tests in FHIRPath")
        question = self.asked[str(raw["q"])]
        found, system = _answers(question.id), quoted(question.system)
        match raw["op"]:
            case "eq":
                code = quoted(str(raw["value"]))
                return f"{found}.where(system = {system} and code = {code}).exists()"
            case "in" | "contains_any":
                listed = _listed(raw["value"])
                return f"{found}.where(system = {system} and code in {listed}).exists()"
            case "not_empty":
                return f"{found}.where(system = {system}).exists()"
            case "count_gte":
                apart = raw.get("exclude")
                other = f" and (code in {_listed(apart)}).not()" if apart else ""
                return f"({found}.where(system = {system}{other}).count() >= {raw['value']})"
            case _:
                return f"{found}.where(lower().matches('{_NOTHING}').not()).exists()"


def _listed(values: object) -> str:
    return "(" + " | ".join(quoted(str(value)) for value in as_list(values)) + ")"


def _answers(question: str) -> str:
    return f"%resource.repeat(item).where(linkId = {quoted(question)}).answer.value"
