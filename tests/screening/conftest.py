"""HYPOTHESIS_PROFILE=long asks for 100,000 cases in place of a few thousand."""

import os

from hypothesis import settings

settings.register_profile("long", max_examples=100_000, deadline=None)
if name := os.environ.get("HYPOTHESIS_PROFILE"):
    settings.load_profile(name)
