"""What people do with appointments: one function a verb, one transaction each."""

from clinic.booking.actions.arriving import arrive, check_in
from clinic.booking.actions.booking import book, move, rebook
from clinic.booking.actions.leaving import cancel, no_show
from clinic.booking.actions.resting import rest_until

__all__ = ["arrive", "book", "cancel", "check_in", "move", "no_show", "rebook", "rest_until"]
