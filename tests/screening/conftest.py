"""HYPOTHESIS_PROFILE=long asks for 100,000 cases in place of a few thousand."""

import os

from hypothesis import Phase, settings

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
if name := os.environ.get("HYPOTHESIS_PROFILE"):
    settings.load_profile(name)
