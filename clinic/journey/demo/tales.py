"""The stories that every demo has, however small: one for each state of the journey."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from clinic.journey.demo import before, today
from clinic.journey.demo.case import Case, Walk, Wish

Story = Callable[[Case], Walk[object]]

SHALLOW = Wish()
RF = Wish(modality="RF_MN", depth_mm=Decimal("1.50"), areas=("cheeks", "chin_jaw"), numbing=True)
ROLLER = Wish(modality="MN_ROLLER", depth_mm=Decimal("1.00"), areas=("abdomen",))
DEEP = Wish(depth_mm=Decimal("1.50"), areas=("cheeks", "forehead", "chin_jaw"), numbing=True)
SCALP = Wish(areas=("scalp",))
ONE_BIRTHDAY = date(1988, 2, 29)


@dataclass(frozen=True, kw_only=True)
class Tale:
    """One client of every demo. `name` and `born` where they matter to the story."""

    site: int
    story: Story
    profile: str = "nothing"
    wish: Wish = SHALLOW
    name: tuple[str, str] | None = None
    born: date | None = None
    age: int | None = None


def _at_each_site(site: int) -> list[Tale]:
    return [
        Tale(site=site, story=partial(today.done, performer=0, hour=8)),
        Tale(site=site, story=partial(today.in_treatment, performer=0, hour=9), wish=DEEP),
        Tale(site=site, story=partial(today.ready, performer=1, hour=10), profile="smokes"),
        Tale(site=site, story=partial(today.ready, performer=2, hour=11), wish=ROLLER),
        Tale(site=site, story=partial(today.no_consent_yet, performer=1, hour=12)),
        Tale(site=site, story=partial(today.not_countersigned, performer=2, hour=14)),
        Tale(site=site, story=partial(today.answers_missing, performer=0, hour=15)),
        Tale(site=site, story=partial(today.back_in_review, performer=1, hour=16)),
        Tale(site=site, story=partial(before.booked_ahead, performer=0, days=2, hour=10)),
        Tale(site=site, story=partial(before.course, performer=2, days=-78, rests=(35, 36))),
        Tale(
            site=site,
            story=partial(before.waits_for_review, days=-1, planned=6),
            profile="calm rosacea, retinol",
        ),
        Tale(site=site, story=before.half_way_at_home),
        Tale(site=site, story=before.invited),
    ]


def _somewhere() -> list[Tale]:
    waiting = partial(before.waits_for_review, days=-2, planned=7)
    return [
        Tale(site=0, story=partial(today.done, performer=1, hour=8), wish=RF),
        Tale(site=0, story=partial(today.ready, performer=3, hour=11), profile="calm rosacea"),
        Tale(site=0, story=partial(today.news_at_the_desk, performer=2, hour=10)),
        Tale(site=1, story=partial(today.still_thinking, performer=2, hour=17), wish=RF),
        Tale(site=0, story=partial(today.cancelled, performer=0, hour=17)),
        Tale(site=0, story=today.half_way_at_the_desk),
        Tale(site=1, story=today.only_registered),
        Tale(site=0, story=waiting, profile="isotretinoin now"),
        Tale(site=0, story=waiting, profile="blood thinner"),
        Tale(site=1, story=waiting, profile="not sure"),
        Tale(site=0, story=waiting, profile="blood thinner, written only"),
        Tale(site=0, story=waiting, profile="isotretinoin stopped"),
        Tale(site=0, story=waiting, profile="pregnant"),
        Tale(site=1, story=waiting, profile="holiday", age=17),
        Tale(site=0, story=before.declined, profile="keloid"),
        Tale(site=0, story=before.deferred, profile="eczema"),
        Tale(site=1, story=before.asked_for_more, profile="not sure"),
        Tale(site=0, story=before.asked_a_prescriber, profile="blood thinner"),
        Tale(site=0, story=before.needs_a_second_word, profile="breastfeeding"),
        Tale(site=0, story=before.cleared_by_two, profile="filler"),
        Tale(site=1, story=before.cleared_not_booked, wish=SCALP),
        Tale(site=0, story=before.refuses),
        Tale(site=0, story=before.withdraws),
        Tale(site=0, story=before.did_not_come),
        Tale(site=0, story=before.stopped_early),
        Tale(site=0, story=before.done_otherwise),
        Tale(site=0, story=partial(before.reacted, performer=3, days=-9, closed=False)),
        Tale(site=1, story=partial(before.reacted, performer=3, days=-20, closed=True)),
        Tale(
            site=0,
            story=partial(before.was_treated, performer=4, days=-3, hour=12),
            name=("Katherine", "Hughes"),
            born=ONE_BIRTHDAY,
        ),
        Tale(
            site=0,
            story=before.cleared_not_booked,
            name=("Catherine", "Hughes"),
            born=ONE_BIRTHDAY,
        ),
        Tale(site=0, story=partial(before.was_treated, performer=1, days=-4, hour=9), wish=RF),
        Tale(site=1, story=partial(before.booked_ahead, performer=1, days=6, hour=15), wish=RF),
        Tale(site=0, story=before.waits_for_a_patch_test, profile="calm rosacea"),
    ]


TALES: tuple[Tale, ...] = (*_at_each_site(0), *_at_each_site(1), *_somewhere())
