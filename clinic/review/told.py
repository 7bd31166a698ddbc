"""What was told since the answers of a case were given, and which decision names it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef

from clinic.intake.models import News, Screening
from clinic.intake.news_queries import news_of, unanswered_by_screening, unanswered_news
from clinic.review.models import Decision, DecisionNews


def told_since() -> ArraySubquery:
    """For a query of screenings: the numbers of the news that neither the answers of each know
    nor its newest decision names, oldest first."""
    named = DecisionNews.objects.filter(
        news=OuterRef("pk"),
        decision__screening=OuterRef("client__screenings__pk"),
        decision__superseded_by=None,
    )
    return ArraySubquery(unanswered_by_screening().exclude(Exists(named)).values("pk"))


def news_in_view(screening: Screening) -> list[News]:
    """What a decision on this case has to name: all that its answers do not know."""
    return unanswered_news(screening.submission)


def name_news(decision: Decision, news: list[News]) -> None:
    """Put on record what the decider had in view. Inside the caller's transaction."""
    DecisionNews.objects.bulk_create(
        DecisionNews(decision=decision, news=one, client_id=decision.client_id) for one in news
    )


def open_news(screening_id: int | None) -> list[News]:
    """What stands in the way of a case: neither its answers know it nor its newest decision names
    it. None where there is no case."""
    if screening_id is None:
        return []
    rows = Screening.objects.filter(pk=screening_id).annotate(told=told_since())
    return news_of([key for row in rows for key in row.told])
