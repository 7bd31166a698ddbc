"""One change at a time to what a client is cleared for."""

from clinic.clients.models import Client


def lock_client(client_id: int) -> Client:
    """Hold the client until the transaction ends; bookings may still read the client."""
    return Client.objects.select_for_update(no_key=True).get(pk=client_id)
