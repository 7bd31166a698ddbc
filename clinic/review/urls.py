from django.urls import path

from clinic.review import views

app_name = "review"
urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("<int:screening_id>/", views.case, name="case"),
    path("decisions/<int:decision_id>/confirm/", views.confirm, name="confirm"),
]
