"""Clients, their adverse events, and the links they were sent."""

from django.urls import path

from clinic.clients import event_views, link_views, views

app_name = "clients"
urlpatterns = [
    path("", views.client_list, name="list"),
    path("find", views.find, name="find"),
    path("new", views.new, name="new"),
    path("<int:client_id>/details", views.edit, name="edit"),
    path("<int:client_id>/adverse-event", event_views.report_event, name="report_event"),
    path("adverse-events/<int:event_id>/entry", event_views.event_entry, name="event_entry"),
    path("adverse-events/<int:event_id>/close", event_views.close_event, name="close_event"),
    path("link/<str:token>", link_views.link, name="link"),
]
