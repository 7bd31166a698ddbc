from django.urls import path

from clinic.journey import views

app_name = "journey"
urlpatterns = [
    path("", views.today, name="today"),
    path("clients/<int:client_id>/", views.client, name="client"),
]
