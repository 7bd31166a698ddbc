"""Consent: at the desk, on the clinic's tablet, and by a client's private link."""

from django.urls import path

from clinic.consent.views import client, staff, tablet

app_name = "consent"
urlpatterns = [
    path("give/<int:screening_id>", staff.give, name="give"),
    path("<int:consent_id>", staff.page, name="page"),
    path("<int:consent_id>/hand-over", staff.hand_over, name="hand_over"),
    path("<int:consent_id>/text", staff.read, name="read"),
    path("<int:consent_id>/paper.pdf", staff.pdf, name="pdf"),
    path("<int:consent_id>/original.pdf", staff.original, name="original"),
    path("<int:consent_id>/countersign", staff.countersign, name="countersign"),
    path("<int:consent_id>/withdraw", staff.withdraw, name="withdraw"),
    path("<int:consent_id>/photos", staff.photos, name="photos"),
    path("<int:consent_id>/link", staff.send_link, name="send_link"),
    path("<int:consent_id>/sign", tablet.sign, name="sign"),
    path("<int:consent_id>/no", tablet.refuse, name="refuse"),
    path("<int:consent_id>/hand-back", tablet.hand_back, name="hand_back"),
    path("link/<str:token>", client.sign, name="client_sign"),
    path("link/<str:token>/text", client.read, name="client_read"),
    path("link/<str:token>/no", client.refuse, name="client_refuse"),
    path("link/<str:token>/withdraw", client.withdraw, name="client_withdraw"),
    path("link/<str:token>/photos", client.photos, name="client_photos"),
    path("link/<str:token>/done", client.done, name="client_done"),
    path("link/<str:token>/paper.pdf", client.pdf, name="client_pdf"),
    path("link/<str:token>/original.pdf", client.original, name="client_original"),
]
