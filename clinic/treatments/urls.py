from django.urls import path

from clinic.treatments.views import records, treating

app_name = "treatments"
urlpatterns = [
    path("appointments/<int:appointment_id>", treating.treat, name="treat"),
    path("appointments/<int:appointment_id>/start", treating.start, name="start"),
    path("<int:treatment_id>/sign", treating.sign, name="sign"),
    path("<int:treatment_id>/nothing-done", treating.nothing_done, name="nothing_done"),
    path("<int:treatment_id>", records.record, name="record"),
    path("records/<int:record_id>/correct", records.correct, name="correct"),
]
