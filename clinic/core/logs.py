"""Log lines that tell where something failed, never what a client wrote."""

import logging
import re
import traceback
from types import TracebackType

from clinic.core.trouble import trouble

# The token of a private link (32 bytes as text) and everything after a question mark.
PRIVATE = re.compile(r"(?<=/)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])|(?<=\?)[^\s\"']+")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutContents(logging.Formatter):
    """Time, level, logger, message; of an exception its type and its lines of code.

    An exception's own text is left out: PostgreSQL quotes the row that failed, a parser quotes its
    input, and both may be a health answer.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what an address tells of a client: private links, what was sought."""
        return PRIVATE.sub("…", super().format(record))

    def formatException(self, ei: ExcInfo) -> str:
        """The stack, oldest call first, and the exception's type."""
        kind, error, trace = ei
        if problem := trouble(error):
            return problem  # where the code stood says nothing about it
        name = "none" if kind is None else f"{kind.__module__}.{kind.__qualname__}"
        return "".join(traceback.format_tb(trace)) + name
