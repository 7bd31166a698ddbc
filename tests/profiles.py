"""How Hypothesis draws, as HYPOTHESIS_PROFILE says.

Without it the examples are derived from the test itself: the same for everybody, every time.
`drawn` draws as many anew, `long` 100,000; that is part of `make assurance`.
"""

import os

from hypothesis import Phase, settings
from hypothesis.internal.conjecture import engine

SIMPLER_FOR = 20  # seconds that making a failing example simpler may take; Hypothesis: 300

settings.register_profile(
    "usual",
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.target, Phase.shrink],
)
# As many as usual, drawn anew or as --hypothesis-seed says: to look for what the derived ones miss.
settings.register_profile("drawn", settings.get_profile("usual"), derandomize=False)
settings.register_profile("long", max_examples=100_000, deadline=None)
# The same few cases every time, and none made simpler: only whether they fail counts.
settings.register_profile(
    "mutation",
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)


def load() -> None:
    """Before a test is read: what a test does not say itself, it takes from here."""
    engine.MAX_SHRINKING_SECONDS = SIMPLER_FOR
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
