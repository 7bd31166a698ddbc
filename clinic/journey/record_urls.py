"""The address of the records; the room of the audit itself lies below the staff it names."""

from django.urls import path

from clinic.journey import records

app_name = "audit"
urlpatterns = [path("", records.records, name="events")]
