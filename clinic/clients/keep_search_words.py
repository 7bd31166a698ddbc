"""Keeps the words that a client is found by, at every site that sees them."""

from clinic.clients import search
from clinic.clients.models import Client, SearchWord


def keep_search_words(client: Client) -> None:
    """Bring them up to date: after a change of details, or when another site links the client."""
    tails = search.suffixes(
        search.words(
            first_name=client.first_name,
            last_name=client.last_name,
            phone=client.phone,
            email=client.email,
        )
    )
    sites = client.seen_at.values_list("site_id", flat=True)
    wanted = {(site_id, tail) for site_id in sites for tail in tails}
    kept = {
        (site_id, tail): pk
        for pk, site_id, tail in client.search_words.values_list("pk", "site_id", "suffix")
    }
    client.search_words.filter(pk__in=[kept[word] for word in kept.keys() - wanted]).delete()
    SearchWord.objects.bulk_create(
        SearchWord(client=client, site_id=site_id, suffix=tail)
        for site_id, tail in sorted(wanted - kept.keys())
    )
