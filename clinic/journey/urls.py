"""The pages that read across all rooms."""

from django.urls import path

from clinic.journey import views

app_name = "journey"
urlpatterns = [path("clients/<int:client_id>", views.client, name="client")]
