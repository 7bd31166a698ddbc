"""Answers that find nothing, as in the vignettes, with the client's own date of birth."""

import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[2] / "screening" / "vignettes.json"
ALL_CLEAR: dict[str, Any] = json.loads(_FILE.read_text())["baseline_answers"] | {
    "dob": "1990-04-12"
}
