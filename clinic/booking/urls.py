"""Addresses of the booking room."""

from django.urls import path

from clinic.booking.views import appointment, before, check_in, choose, day

app_name = "booking"
urlpatterns = [
    path("", day.day, name="day"),
    path("book/<int:client_id>/<int:procedure_id>", choose.book, name="book"),
    path("<int:appointment_id>", appointment.appointment, name="appointment"),
    path("<int:appointment_id>/before", before.before, name="before"),
    path("<int:appointment_id>/time", choose.move, name="move"),
    path("<int:appointment_id>/check-in", check_in.check_in, name="check_in"),
    path("<int:appointment_id>/cancel", appointment.cancel, name="cancel"),
    path("<int:appointment_id>/no-show", appointment.no_show, name="no_show"),
]
