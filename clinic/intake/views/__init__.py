"""Pages of the intake room, for staff and for a client on a link."""
