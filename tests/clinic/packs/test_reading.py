"""Reading the rules: which packs there are, and what one of them says."""

import gzip
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.core.actor import Role
from clinic.packs.models import Draft
from clinic.packs.views.stretch import PAGE
from screening.models import RulePack
from screening.packs import latest, tables_of
from tests.access import assert_access
from tests.factories import Cast, rules

pytestmark = pytest.mark.django_db
READERS = (Role.CLINICAL_LEAD, Role.MANAGER, Role.AUDITOR)
LIGHT = 100_000


@pytest.fixture
def pack(cast: Cast) -> RulePack:
    return rules.in_force()


@pytest.fixture
def draft(cast: Cast) -> Draft:
    tables = rules.tables_in_force("1.9.0")
    tables["cases"] = tables_of(latest().id)["cases"]
    return rules.draft_of(cast, tables)


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    assert len(answer.content) < LIGHT, f"{name} weighs {len(answer.content)}"
    return answer.content.decode()


def test_who_may_see_which_packs_there_are(client: Client, cast: Cast, pack: RulePack) -> None:
    assert_access(client, cast, "packs:list", allowed_roles=READERS)


@pytest.mark.parametrize("url_name", ["packs:pack", "packs:pack_difference"])
def test_who_may_open_a_pack(client: Client, cast: Cast, pack: RulePack, url_name: str) -> None:
    assert_access(
        client,
        cast,
        url_name,
        {"pack_id": pack.pk},
        allowed_roles=READERS,
        missing={"pack_id": 0},
    )


def test_who_may_open_a_part(client: Client, cast: Cast, pack: RulePack) -> None:
    assert_access(
        client,
        cast,
        "packs:pack_part",
        {"pack_id": pack.pk, "part": "rules"},
        allowed_roles=READERS,
        missing={"pack_id": pack.pk, "part": "secrets"},
    )


def test_who_may_open_a_rule(client: Client, cast: Cast, pack: RulePack) -> None:
    assert_access(
        client,
        cast,
        "packs:pack_rule",
        {"pack_id": pack.pk, "code": "diabetes"},
        allowed_roles=READERS,
        missing={"pack_id": pack.pk, "code": "nothing"},
    )


def test_who_may_open_a_part_of_a_draft(client: Client, cast: Cast, draft: Draft) -> None:
    assert_access(
        client,
        cast,
        "packs:draft_part",
        {"draft_id": draft.pk, "part": "questions"},
        allowed_roles=READERS,
        missing={"draft_id": 0, "part": "questions"},
    )


def test_the_list_tells_what_is_in_force_and_what_comes(
    client: Client, cast: Cast, draft: Draft, pack: RulePack
) -> None:
    client.force_login(cast.lena)
    told = page(client, "packs:list")
    for words in (pack.version, "In force", pack.sha256[:12], "1.9.0", "Begin a draft"):
        assert words in told
    client.force_login(cast.audra)
    assert "Begin a draft" not in page(client, "packs:list")


def test_the_list_costs_the_same_for_any_number_of_drafts(
    client: Client, cast: Cast, draft: Draft, django_assert_max_num_queries: Any
) -> None:
    rules.draft_of(cast, rules.tables_in_force("1.9.1"))
    client.force_login(cast.lena)
    with django_assert_max_num_queries(14):
        page(client, "packs:list")


@pytest.mark.parametrize(
    "part", ["questions", "rules", "sources", "lexicon", "checks", "conflicts", "cases"]
)
def test_every_part_is_shown_and_light(
    client: Client, cast: Cast, draft: Draft, pack: RulePack, part: str
) -> None:
    for person, name, key in (
        (cast.audra, "packs:pack_part", pack.pk),
        (cast.lena, "packs:draft_part", draft.pk),
    ):
        client.force_login(person)
        told = page(client, name, key, part)
        assert len(gzip.compress(told.encode())) < LIGHT // 4


def test_a_part_is_searched_by_words(client: Client, cast: Cast, pack: RulePack) -> None:
    client.force_login(cast.audra)
    url = reverse("packs:pack_part", args=[pack.pk, "rules"])
    found = client.get(url, {"q": "FEAR needles faint"}).content.decode()
    assert "Fainting or fear of needles" in found
    assert "Diabetes" not in found
    nothing = client.get(url, {"q": "<b>zebra</b>"}).content.decode()
    assert "Nothing holds these words" in nothing
    assert "<b>zebra" not in nothing


@pytest.mark.parametrize(
    ("part", "rows"),
    [("rules", 'id="rule-'), ("lexicon", 'id="entry-'), ("sources", 'id="source-')],
)
def test_a_long_part_is_read_page_by_page_and_nothing_is_left_out(
    client: Client, cast: Cast, pack: RulePack, part: str, rows: str
) -> None:
    client.force_login(cast.audra)
    url = reverse("packs:pack_part", args=[pack.pk, part])
    seen, following = 0, url
    while following:
        told = client.get(following)
        seen += told.content.decode().count(rows)
        following = told.context["stretch"].next_url and url + told.context["stretch"].next_url
    kind = {"rules": ("rule", "combination"), "lexicon": ("entry",), "sources": ("source",)}[part]
    tables: Any = tables_of(latest().id)[part]
    assert seen == sum(len(tables[one]) for one in kind) > PAGE


def test_a_topic_begins_a_page_and_a_row_is_found_on_its_own(
    client: Client, cast: Cast, pack: RulePack
) -> None:
    client.force_login(cast.audra)
    url = reverse("packs:pack_part", args=[pack.pk, "rules"])
    topics = client.get(url).context["stretch"].topics
    assert [topic.title for topic in topics][-1] == "Several together"
    last = client.get(url + topics[-1].url)
    assert [title for title, _ in last.context["stretch"].groups] == ["Several together"]
    assert len(last.context["stretch"].groups[0][1]) == topics[-1].number
    for code in ("age_minimum", "combo_two_blood_thinners"):
        assert f'id="rule-{code}"' in client.get(url, {"at": f"rule-{code}"}).content.decode()
    unknown = client.get(url, {"at": "rule-<b>", "after": "-1"}).context["stretch"]
    assert unknown.groups == client.get(url, {"after": "x"}).context["stretch"].groups


def test_a_search_goes_on_with_its_words(client: Client, cast: Cast, pack: RulePack) -> None:
    client.force_login(cast.audra)
    found = client.get(reverse("packs:pack_part", args=[pack.pk, "rules"]), {"q": "skin"})
    assert found.context["stretch"].next_url == f"?q=skin&after={PAGE}"


def test_a_rule_is_read_in_words(client: Client, cast: Cast, pack: RulePack) -> None:
    client.force_login(cast.mark)
    told = page(client, "packs:pack_rule", pack.pk, "topical_actives")
    for words in (
        "The device is Radiofrequency microneedling",
        "7 days",
        "the answer to “When did you last use one?”",
        "A practitioner, with a reason",
        "From a source, with a choice of this clinic",
    ):
        assert words in told
    assert "RF_MN" not in told


def test_the_way_there_is_in_the_persons_menu(client: Client, cast: Cast, pack: RulePack) -> None:
    for person, there in ((cast.lena, True), (cast.mark, True), (cast.fred, False)):
        client.force_login(person)
        today = client.get(reverse("journey:today")).content.decode()
        assert (reverse("packs:list") in today) is there
