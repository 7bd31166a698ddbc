"""Screen answers from a file: ``manage.py screen FILE``. Needs no database."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening.casefile import (
    MAX_FILE,
    MAX_LINE,
    Case,
    Refusal,
    as_text,
    assessed_as_json,
    read_document,
    read_lines,
)
from screening.engine import Pack, PackError, assess
from screening.packs import UnknownPack, latest, load_pack


class Command(BaseCommand):
    """Parse, screen, print. A case that cannot be used is named on standard error; the others
    are still answered, and the exit code is then 2."""

    help = (
        "Screen cases from a JSON file. A case is "
        '{"context": {...}, "answers": {...}}; a file holds one, or a list of them. '
        'An answer that is a date may be "2025-03-31", or known in part: "2025-03", "2025", '
        '"2025-05-03/2025-11-03"; it is then taken as the latest day that it can mean. '
        "The result holds complete, missing, level, defer_until, earliest, hits, flags, pack and "
        "answers_sha256 as the rules alone have them, and beside them further: what was noticed "
        "beside the rules (contradictions, words named in free text), the level with that, and "
        "what uncertain dates were taken as. A clinic goes by the level in further."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to read; - for standard input")
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="one case a line in, one JSON result a line out (implies --json)",
        )
        parser.add_argument(
            "--pack", metavar="NAME@VERSION", help="the rule pack to use; else the newest"
        )
        parser.add_argument(
            "--json", action="store_true", help="print JSON (a list for a list) instead of text"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _write_any_character(self.stdout)
        try:
            pack = load_pack(options["pack"]) if options["pack"] else latest()
            with _opened(options["file"]) as stream:
                refused = self._screen(stream, pack, options)
        except (UnknownPack, PackError) as error:
            raise CommandError(f"--pack: {error.args[0]}", returncode=2) from error
        except BrokenPipeError:
            # The reader (`| head`) has seen enough; Python would complain again on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        except OSError as error:
            line = f"{_printable(options['file'])}: {error.strerror or 'cannot be read'}"
            raise CommandError(line, returncode=2) from error
        if refused:
            raise SystemExit(2)

    def _screen(self, stream: BinaryIO, pack: Pack, options: dict[str, Any]) -> bool:
        if options["jsonl"]:
            return self._print(read_lines(_lines(stream), pack), pack, as_lines=True)
        many, cases = read_document(stream.read(MAX_FILE + 1), pack)
        if not options["json"]:
            return self._print(cases, pack)
        good = [case for case in cases if isinstance(case, Case)]
        answered = [assessed_as_json(assess(pack, case.context, case.answers)) for case in good]
        if many or answered:
            shown = answered if many else answered[0]
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
        return self._refuse(case for case in cases if isinstance(case, Refusal))

    def _print(
        self, cases: Iterable[Case | Refusal], pack: Pack, *, as_lines: bool = False
    ) -> bool:
        refused = False
        for case in cases:
            if isinstance(case, Refusal):
                refused = self._refuse([case])
                continue
            found = assess(pack, case.context, case.answers)
            if as_lines:
                self.stdout.write(json.dumps(assessed_as_json(found), ensure_ascii=False))
            else:
                self.stdout.write(as_text(case.name, found))
        return refused

    def _refuse(self, refusals: Iterable[Refusal]) -> bool:
        lines = [refusal.line for refusal in refusals]
        for line in lines:
            self.stderr.write(line)
        return bool(lines)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    if "\0" in name:
        raise OSError(errno.EINVAL, "is no name of a file")
    with Path(name).open("rb") as stream:
        yield stream


def _printable(name: str) -> str:
    """A file's name on one line."""
    return "".join(c if c.isprintable() else "?" for c in name)[:200]


def _write_any_character(stream: Any) -> None:
    """Where the terminal has no UTF-8, write what it lacks as an escape instead of failing."""
    inner = getattr(stream, "_out", stream)
    if isinstance(inner, io.TextIOWrapper):
        inner.reconfigure(errors="backslashreplace")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines, each cut one byte past the limit so that a line without end fills no memory."""
    while line := stream.readline(MAX_LINE + 1):
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE + 1)
            if not line:
                return
            if len(line) <= MAX_LINE:
                break
