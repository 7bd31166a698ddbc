"""Rule packs: what is in force, and how it is changed."""

from django.urls import path

from clinic.packs.views import (
    adding,
    deciding,
    drafting,
    editing,
    entries,
    exchange,
    reading,
    trying,
)

app_name = "packs"
urlpatterns = [
    path("", reading.packs, name="list"),
    path("start", drafting.start, name="start"),
    path("bring-in", drafting.bring_in, name="bring_in"),
    path("import", exchange.import_file, name="import"),
    path("<int:pack_id>/export/<str:form>", exchange.export_pack, name="export_pack"),
    path("drafts/<int:draft_id>/export/<str:form>", exchange.export_draft, name="export_draft"),
    path("<int:pack_id>/", reading.pack, name="pack"),
    path("<int:pack_id>/difference", reading.pack_difference, name="pack_difference"),
    path("<int:pack_id>/rules/<path:code>", reading.pack_rule, name="pack_rule"),
    path("<int:pack_id>/<str:part>", reading.pack_part, name="pack_part"),
    path("drafts/<int:draft_id>/", drafting.draft, name="draft"),
    path("drafts/<int:draft_id>/difference", drafting.draft_difference, name="difference"),
    path("drafts/<int:draft_id>/cases/<path:name>", entries.case, name="case"),
    path("drafts/<int:draft_id>/cases", trying.cases, name="cases"),
    path("drafts/<int:draft_id>/simulation", trying.simulation, name="simulation"),
    path("drafts/<int:draft_id>/simulation/advance", trying.advance, name="advance"),
    path("drafts/<int:draft_id>/simulation/<str:direction>", trying.results, name="results"),
    path("drafts/<int:draft_id>/approve", deciding.approve, name="approve"),
    path("drafts/<int:draft_id>/publish", deciding.publish, name="publish"),
    path("drafts/<int:draft_id>/discard", drafting.discard, name="discard"),
    path("drafts/<int:draft_id>/words", editing.head, name="head"),
    path("drafts/<int:draft_id>/new/question", adding.new_question, name="new_question"),
    path("drafts/<int:draft_id>/new/rule", adding.new_rule, name="new_rule"),
    path("drafts/<int:draft_id>/new/source", adding.new_source, name="new_source"),
    path("drafts/<int:draft_id>/new/in/<str:part>", entries.new_entry, name="new_entry"),
    path("drafts/<int:draft_id>/asked/<path:name>", adding.asked, name="asked"),
    path("drafts/<int:draft_id>/take-out/<str:part>/<path:name>", adding.retire, name="retire"),
    path("drafts/<int:draft_id>/in/<str:part>", reading.draft_part, name="draft_part"),
    path("drafts/<int:draft_id>/in/rules/<path:code>", editing.rule, name="rule"),
    path("drafts/<int:draft_id>/in/questions/<path:name>", editing.question, name="question"),
    path("drafts/<int:draft_id>/in/sources/<path:name>", editing.source, name="source"),
    path("drafts/<int:draft_id>/in/<str:part>/<str:kind>/<path:name>", entries.entry, name="entry"),
    path(
        "drafts/<int:draft_id>/take-out-of/<str:part>/<str:kind>/<path:name>",
        entries.retire_entry,
        name="retire_entry",
    ),
]
