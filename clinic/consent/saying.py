"""What goes with a signature: the name, who was present, what was asked, and capacity. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from clinic.clients.names import fold
from clinic.consent.errors import (
    ASKED_AND_ANSWERED,
    CAPACITY_IN_DOUBT,
    NAME_TO_EXPLAIN,
)
from clinic.core.errors import Refused

PRESENT = {
    "interpreter": _("Interpreter"),
    "supporter": _("Supporter"),
    "witness": _("Witness"),
}
CAPACITY = {
    "understands": _("The client understands what was explained."),
    "retains": _("The client can keep it in mind for as long as the decision takes."),
    "weighs": _("The client can weigh it up, for and against."),
    "communicates": _("The client can say or show what they decide."),
}


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words, in whatever order and with whatever accents."""
    return _words(one) == _words(other)


def _words(name: str) -> list[str]:
    return sorted((fold(name) or name.casefold()).split())


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What is written down beside a signature.

    `present` maps keys of PRESENT to names. `asked` is None where nobody was to say, and comes
    with `questions` and `answers` where something was asked. `capacity` names keys of CAPACITY.
    """

    name_explained: str = ""
    present: Mapping[str, str] = field(default_factory=dict)
    asked: bool | None = None
    questions: str = ""
    answers: str = ""
    capacity: Collection[str] = ()

    def check_name(self, printed: str, *, on_record: str) -> bool:
        """Whether the printed name differs. Raises Refused for a difference without a word."""
        differs = not same_name(printed, on_record)
        if differs and not self.name_explained.strip():
            raise Refused(NAME_TO_EXPLAIN % {"name": on_record})
        return differs

    def check_capacity(self) -> None:
        """Raises Refused unless all four are said, and questions come with their answers."""
        if set(self.capacity) != set(CAPACITY):
            raise Refused(CAPACITY_IN_DOUBT)
        told = bool(self.questions.strip() and self.answers.strip())
        if self.asked is None or (self.asked and not told):
            raise Refused(ASKED_AND_ANSWERED)

    def columns(self) -> dict[str, object]:
        """The columns of a signature."""
        return {
            "name_explained": self.name_explained.strip(),
            "present": {role: name for role, name in self.present.items() if name},
            "asked": self.asked,
            "questions": self.questions.strip() if self.asked else "",
            "answers": self.answers.strip() if self.asked else "",
            "capacity": list(self.capacity),
        }
