"""How many random cases a test tries: some hundreds usually, which are the same every time; four
times as many where they are drawn anew, 100,000 in the long profile, and few where the tests
themselves are tested (see docs/mutation.md). How many rounds a race has."""

import os


def cases(usual: int) -> int:
    """`usual` as HYPOTHESIS_PROFILE says."""
    match os.environ.get("HYPOTHESIS_PROFILE"):
        case "long":
            return max(usual, 100_000)
        case "mutation":
            return max(12, usual // 60)
        case "drawn":
            return usual
    return max(40, usual // 4)


def rounds(usual: int) -> int:
    """`usual`, or a thousand in the long profile."""
    return max(usual, 1000) if os.environ.get("HYPOTHESIS_PROFILE") == "long" else usual
