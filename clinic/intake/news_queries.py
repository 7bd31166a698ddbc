"""Which news some answers do not know of yet. The database decides, by one function."""

from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, F, Func, Max, OuterRef, QuerySet, Subquery

from clinic.intake.models import News, Submission
from clinic.intake.news_topics import Touched, touched
from screening.engine import Pack


def newest_news(client_id: int) -> int:
    """The number of the newest news about a client; 0 where there is none."""
    found = News.objects.filter(client=client_id).aggregate(newest=Max("pk"))
    return int(found["newest"] or 0)


def newest_news_beside() -> Subquery:
    """The same beside each row of an outer query that has a client; None where there is none."""
    rows = News.objects.filter(client=OuterRef("client")).order_by("-pk")
    return Subquery(rows.values("pk")[:1])


def news_after(client_id: int, heard: int) -> QuerySet[News]:
    """News about a client that somebody who had heard until `heard` does not know, oldest first."""
    return News.objects.filter(client=client_id, pk__gt=heard).order_by("pk")


def unanswered_news(submission: Submission) -> list[News]:
    """News that the answers of a submission do not answer, oldest first."""
    rows = News.objects.filter(client__submissions=submission.pk)
    return list(_unanswered(rows, "client__submissions__").order_by("pk"))


def unanswered_by_screening() -> QuerySet[News]:
    """The same for the answers of each screening of an outer query: to be used inside it."""
    rows = News.objects.filter(client__screenings=OuterRef("pk"))
    return _unanswered(rows, "client__screenings__submission__").order_by("pk")


def news_of(ids: Sequence[int]) -> list[News]:
    """News by their numbers, oldest first."""
    return list(News.objects.filter(pk__in=ids).order_by("pk"))


def touched_by_news(pack: Pack, news: Iterable[News]) -> Touched:
    """All that several pieces of news touch, as the pack asks it."""
    parts = [_touched(pack, one) for one in news]
    if any(part.everything for part in parts):
        return Touched(everything=True)
    names = {name for part in parts for name in part.question_ids}
    return touched(pack, names) if names else Touched()


def names_touched(pack: Pack, news: Iterable[News]) -> frozenset[str]:
    """The same as the ids of questions."""
    found = touched_by_news(pack, news)
    return frozenset(pack.question_by_id if found.everything else found.question_ids)


def _touched(pack: Pack, news: News) -> Touched:
    return Touched(everything=True) if news.everything else touched(pack, news.question_ids)


def _unanswered(rows: QuerySet[News], submission: str) -> QuerySet[News]:
    answered = Func(
        F("pk"),
        F("everything"),
        F("question_ids"),
        F(f"{submission}answers"),
        F(f"{submission}heard"),
        function="intake_news_answered",
        output_field=BooleanField(),
    )
    return rows.annotate(answered=answered).filter(answered=False)
