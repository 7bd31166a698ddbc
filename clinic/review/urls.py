from django.urls import path

from clinic.review import exchange_views, patch_views, source_views, views

app_name = "review"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("disagreements/", source_views.disagreements, name="disagreements"),
    path("disagreements/<int:pack_id>/", source_views.disagreements, name="disagreements_of"),
    path("<int:screening_id>/", views.case, name="case"),
    path("<int:screening_id>/ask/", views.ask_client, name="ask_client"),
    path("<int:screening_id>/file/<str:form>", exchange_views.case_file, name="case_file"),
    path("clearances/<int:clearance_id>/patch-tests/", patch_views.patch_tests, name="patch_tests"),
    path("patch-tests/<int:patch_id>/", patch_views.read_patch, name="read_patch"),
    path("decisions/<int:decision_id>/confirm/", views.confirm, name="confirm"),
]
