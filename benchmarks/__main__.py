"""`python -m benchmarks`: run each benchmark of this folder and write down what it printed."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "RESULTS.md"
TOLD = ("Django", "psycopg", "weasyprint", "django-crispy-forms", "zen-engine", "panzi-json-logic")


def processor() -> str:
    """The processor's name, as the machine tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores"


def commit() -> str:
    """The commit that was measured, marked where files differ from it."""
    git = ["git", "-C", str(FOLDER), "describe", "--always", "--dirty"]
    return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()


def head() -> str:
    """When, what and on what."""
    versions = ", ".join(f"{name} {version(name)}" for name in TOLD)
    return (
        "# What was measured\n\n"
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · commit {commit()} · {processor()}\n\n"
        f"Python {platform.python_version()}, {versions}. Written by `make bench`.\n"
    )


def main() -> int:
    """Run them one after the other, each in a process of its own; 1 if one failed."""
    parts, failed = [head()], False
    for script in sorted(FOLDER.glob("[a-z]*.py")):
        print(f"— {script.stem}", flush=True)
        run = subprocess.run(
            [sys.executable, script], stdout=subprocess.PIPE, text=True, check=False
        )
        print(run.stdout)
        failed = failed or run.returncode != 0
        told = run.stdout if run.returncode == 0 else f"{run.stdout}\nFailed."
        parts.append(f"## {script.stem.replace('_', ' ').capitalize()}\n\n{told.strip()}\n")
    RESULTS.write_text("\n".join(parts))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
