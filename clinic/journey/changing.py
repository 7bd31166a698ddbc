"""What would change a case that stands in the way, for the client's page."""

from datetime import date

from clinic.core.actor import Actor
from clinic.intake.changing import Proposals, proposals
from clinic.intake.models import Screening
from clinic.intake.queries import screenings
from clinic.journey.next_thing import NextThing


def what_stands_in_the_way(
    actor: Actor, thing: NextThing, *, today: date
) -> tuple[Screening | None, Proposals]:
    """The case that comes next, and what would change it; nothing where another thing does."""
    if thing.url != "review:case":
        return None, Proposals(asked=False)
    found = screenings(actor).filter(pk=thing.args[0]).first()
    return found, proposals(actor, found, today=today) if found else Proposals(asked=False)
