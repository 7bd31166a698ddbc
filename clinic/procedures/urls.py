"""What the clinic offers."""

from django.urls import path

from clinic.procedures import views

app_name = "procedures"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("site", views.site_edit, name="site"),
    path("<int:procedure_id>", views.edit, name="edit"),
]
