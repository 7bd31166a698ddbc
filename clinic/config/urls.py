"""Every address of the clinic; each room keeps its own."""

from django.urls import include, path

from clinic.accounts.access import public
from clinic.core import views

handler500 = "clinic.core.views.server_error"

urlpatterns = [
    path("healthz", public(views.healthz), name="healthz"),
    path("readyz", public(views.readyz), name="readyz"),
    path("", include("clinic.journey.urls")),
    path("accounts/", include("clinic.accounts.urls")),
    path("clients/", include("clinic.clients.urls")),
    path("procedures/", include("clinic.procedures.urls")),
    path("intake/", include("clinic.intake.urls")),
    path("review/", include("clinic.review.urls")),
    path("booking/", include("clinic.booking.urls")),
    path("consent/", include("clinic.consent.urls")),
    path("treatments/", include("clinic.treatments.urls")),
    path("aftercare/", include("aftercare.urls")),
    path("packs/", include("clinic.packs.urls")),
    path("records/", include("clinic.journey.record_urls")),
]
