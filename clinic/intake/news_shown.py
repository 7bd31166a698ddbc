"""What was told, as pages show it, and what has to be asked again because of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.intake.models import News
from clinic.intake.news_queries import touched_by_news
from clinic.intake.news_topics import first_asked
from clinic.intake.packs import newest, pack_of


@dataclass(frozen=True, kw_only=True)
class ToAsk:
    """The questions to ask again, in the order of asking; all of them where `everything`."""

    texts: tuple[str, ...]
    everything: bool

    @property
    def count(self) -> int | None:
        """How many they are; None for all."""
        return None if self.everything else len(self.texts)

    @property
    def action(self) -> str:
        """What the button says."""
        return ask_again(self.count)


@dataclass(frozen=True, kw_only=True)
class NewsShown:
    """One piece of news: `told_by` is "" for the client, `asked` what it leaves unanswered."""

    id: int
    row: News
    asked: ToAsk


def news_shown(news: Sequence[News]) -> list[NewsShown]:
    """Each piece of news with the questions of today's rules that it touches."""
    return [NewsShown(id=one.pk, row=one, asked=to_ask([one])) for one in news]


def to_ask(news: Sequence[News]) -> ToAsk:
    """What several pieces of news leave unanswered together."""
    if not news:
        return ToAsk(texts=(), everything=False)
    pack = pack_of(newest())
    found = touched_by_news(pack, news)
    if found.everything:
        return ToAsk(texts=(), everything=True)
    names = first_asked(pack, found.question_ids)
    return ToAsk(texts=tuple(pack.question_by_id[name].text for name in names), everything=False)


def ask_again(count: int | None) -> str:
    """ "Ask these 3 questions again"; `count` is None for all."""
    if count is None:
        return _("Ask all the questions again")
    if count == 1:
        return _("Ask this question again")
    return ngettext("Ask this %(n)d question again", "Ask these %(n)d questions again", count) % {
        "n": count
    }
