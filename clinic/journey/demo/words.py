"""Passwords and tokens that can be made again from the demo's seed. Never used outside the demo."""

import base64
import hashlib
from random import Random

_TEXT = """
    amber anchor apple autumn bramble breeze candle cedar clover cobalt coral cotton daisy ember
    falcon feather fern garden garnet ginger harbour hazel heron honey island ivory jasmine
    juniper kestrel lantern lavender linen maple marble meadow mellow mint nutmeg oak olive
    orchid otter pebble pepper pine plum poppy quartz quiet raven river saffron sage silver
    slate spruce sunrise thistle timber topaz velvet violet walnut willow winter
    """
WORDS = tuple(_TEXT.split())


def rng(seed: int, *what: object) -> Random:
    """A generator of its own for each thing, so that more clients do not change the others."""
    return Random(":".join(map(str, (seed, *what))))  # noqa: S311 - a demo has to repeat itself


def password(seed: int, email: str) -> str:
    """Four words of 66 and two digits: easy to type, about 31 bits."""
    draw = rng(seed, "password", email)
    return "-".join([*draw.sample(WORDS, 4), f"{draw.randrange(100):02}"])


def token(seed: int, *what: object) -> str:
    """A link's token, as long as the real ones."""
    digest = hashlib.sha256(":".join(map(str, (seed, "token", *what))).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
