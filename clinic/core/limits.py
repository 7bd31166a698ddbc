"""How long a process waits for the database, by what it does.

The options of its connection say so; they keep one lock or one slow statement from silencing the
clinic. They are no defence against the role itself, which may set others (see ADR 5).
"""

from dataclasses import dataclass
from enum import Enum

from django.db import connections

CONNECT = 3  # seconds until a server that does not answer counts as away


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds; 0 is without end."""

    statement: int
    lock: int
    idle_in_transaction: int

    @property
    def options(self) -> str:
        """As libpq's `options` say it."""
        named = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle_in_transaction,
        }
        return " ".join(f"-c {name}={seconds}s" for name, seconds in named.items())


class Process(Enum):
    """The kinds of process."""

    WEB = Limits(statement=5, lock=3, idle_in_transaction=30)
    WORKER = Limits(statement=120, lock=10, idle_in_transaction=60)
    COMMAND = Limits(statement=900, lock=30, idle_in_transaction=600)
    MIGRATE = Limits(statement=0, lock=60, idle_in_transaction=900)

    @property
    def options(self) -> dict[str, str | int]:
        """The OPTIONS of a DATABASES entry."""
        return {"options": self.value.options, "connect_timeout": CONNECT}


def limit_to(process: Process) -> None:
    """This process is of that kind from now on; what was open is opened again."""
    connections["default"].settings_dict["OPTIONS"].update(process.options)
    connections.close_all()
