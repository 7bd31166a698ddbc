"""Signing in, and the people who work here."""

from django.urls import path

from clinic.accounts import doors, views

app_name = "accounts"
urlpatterns = [
    path("sign-in", doors.sign_in, name="sign_in"),
    path("sign-out", doors.sign_out, name="sign_out"),
    path("site", doors.switch_site, name="switch_site"),
    path("password", doors.password, name="password"),
    path("typed/<str:name>", doors.typed_before, name="typed"),
    path("staff", views.staff_list, name="staff"),
    path("staff/new", views.staff_new, name="staff_new"),
    path("staff/<int:user_id>", views.staff_edit, name="staff_edit"),
]
