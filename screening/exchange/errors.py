"""What goes wrong in an exchange, in one line."""

from __future__ import annotations


class ExchangeError(ValueError):
    """Something that cannot be brought in or out: one line that names the file or resource, the
    place in it and the reason, and never an answer that somebody gave."""

    def __init__(self, message: str) -> None:
        # What comes from outside may hold line ends and characters that no terminal prints.
        shown = "".join(c if c.isprintable() else " " for c in message)
        super().__init__(" ".join(shown.split())[:500])
