"""Made-up people: names as clinics meet them, and contacts that can never reach anybody.

Phone numbers are from the ranges that Ofcom keeps free for drama (07700 900xxx, 01632 960xxx,
0161 496 0xxx, 0113 496 0xxx); e-mail ends in example.com (RFC 2606).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split())


FIRST = _split(
    """
    Aisha Alice Amara Amelia Anna Beatrice Bethany Callum Charlotte Chloe Daniel David Deborah
    Elena Eleanor Emily Emma Ethan Fatima Fiona Gemma George Grace Hannah Harriet Helen Imogen
    Isabel Jack James Jasmine Jennifer Jessica Joanna Joseph Julia Karen Katie Laura Lauren Leah
    Liam Linda Lucy Maria Martin Maya Megan Michael Mohammed Molly Naomi Natasha Nicola Nina
    Olivia Oscar Paige Patricia Paul Phoebe Priya Rachel Rebecca Robert Rosie Ruth Sally Samuel
    Sarah Shanice Simone Sophie Stephanie Susan Tara Thomas Valerie Victoria William Yasmin Zara
    """
)
LAST = _split(
    """
    Adeyemi Ahmed Allen Anderson Bailey Baker Banerjee Barnes Begum Bell Bennett Brennan Brooks
    Brown Campbell Carter Chapman Clarke Cole Collins Cooper Cox Davies Dixon Edwards Ellis
    Evans Fisher Foster Fraser Gibson Graham Grant Green Griffiths Hall Hamilton Harris Harvey
    Hill Holmes Hughes Hunt Iqbal Jackson Jenkins Johnson Jones Kaur Kelly Khan Kennedy King
    Knight Lawson Lewis Lloyd Macdonald Marshall Martin Mason Miller Mitchell Moore Morgan
    Morris Murphy Murray Newton Nwosu Okafor Owen Palmer Parker Patel Pearson Phillips Powell
    Price Quinn Reid Reynolds Richards Roberts Robinson Rose Russell Scott Shah Shaw Simpson
    Singh Smith Stewart Sullivan Taylor Thomas Thompson Turner Walker Ward Watson Webb White
    Williams Wilson Wood
    """
)
UNUSUAL = (
    ("Zoë", "O’Connor", "zoe.oconnor"),
    ("Siân", "Llywelyn-Price", "sian.llp"),
    ("Łucja", "Wiśniewska", "lucja.w"),
    ("Søren", "Ångström", "soren.a"),
    ("Nguyễn Thị", "Hương", "huong.nguyen"),
    ("مريم", "الحسيني", "maryam.h"),
    ("小龙", "李", "xiaolong.li"),
    ("Нина", "Коваленко", "nina.k"),
    ("אברהם", "לוי", "avraham.l"),
    ("Ioana-Ștefania", "Țurcanu", "ioana.t"),
    ("Chukwuemeka", "Onyekachi-Nwachukwu", "emeka.on"),
    (
        "Maria-Alexandrina Theodora",
        "Konstantinopoulou-Featherstonehaugh-Cholmondeley",
        "maria.alexandrina",
    ),
    ("Bo", "Ng", "bo.ng"),
)
PHONES = ("07700 900{:03}", "01632 960{:03}", "0161 496 0{:03}", "0113 496 0{:03}")
ONE_IN = 24
"""One client in so many has a name that is not spelt with plain English letters."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who a client is, with the keywords of `clients.actions.register`."""

    first_name: str
    last_name: str
    date_of_birth: date
    phone: str
    email: str

    @property
    def details(self) -> dict[str, object]:
        """For `register`."""
        return dict(vars(self))


def person(index: int, draw: Random, today: date) -> Person:
    """The client of that number: adults of 18 to 79, most of them between 25 and 55."""
    if index % ONE_IN == 5:
        first, last, handle = UNUSUAL[(index // ONE_IN) % len(UNUSUAL)]
    else:
        first, last = draw.choice(FIRST), draw.choice(LAST)
        handle = f"{first}.{last}".lower()
    age = max(19.0, min(79.0, draw.gauss(38, 12)))
    reached = draw.random()
    return Person(
        first_name=first,
        last_name=last,
        date_of_birth=today - timedelta(days=int(age * 365.25) + draw.randrange(365)),
        # A few leave only one way to reach them.
        phone=phone(index) if reached > 0.04 else "",
        email=f"{handle}{index}@example.com" if reached < 0.92 else "",
    )


def phone(index: int) -> str:
    """A number of its own for each of the first 4,000 clients."""
    return PHONES[index // 1000 % len(PHONES)].format(index % 1000)
