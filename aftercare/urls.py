from django.urls import path

from aftercare import client_views, views

app_name = "aftercare"
urlpatterns = [
    path("records/<int:record_id>/issue", views.issue, name="issue"),
    path("records/<int:record_id>", views.sheet, name="sheet"),
    path("sheets/<int:sheet_id>.pdf", views.pdf, name="pdf"),
    path("sheets/<int:sheet_id>/original.pdf", views.original, name="original"),
    path("sheets/<int:sheet_id>/link", views.send_link, name="send_link"),
    path("for/<str:token>", client_views.client_sheet, name="client_sheet"),
    path("for/<str:token>/sheet.pdf", client_views.client_pdf, name="client_pdf"),
    path("for/<str:token>/original.pdf", client_views.client_original, name="client_original"),
]
