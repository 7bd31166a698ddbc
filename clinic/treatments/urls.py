from django.urls import path

from clinic.treatments.views import deviating, records, saving, treating

app_name = "treatments"
urlpatterns = [
    path("appointments/<int:appointment_id>", treating.treat, name="treat"),
    path("appointments/<int:appointment_id>/start", treating.start, name="start"),
    path("<int:treatment_id>/sign", treating.sign, name="sign"),
    path("<int:treatment_id>/draft", saving.draft, name="draft"),
    path("records/<int:record_id>/draft", saving.correction_draft, name="correction_draft"),
    path("<int:treatment_id>/nothing-done", treating.nothing_done, name="nothing_done"),
    path("<int:treatment_id>", records.record, name="record"),
    path("deviations", deviating.deviations, name="deviations"),
    path("deviations/<int:deviation_id>", deviating.acknowledge, name="acknowledge"),
    path("records/<int:record_id>/void", deviating.void, name="void"),
    path("records/<int:record_id>/correct", records.correct, name="correct"),
]
