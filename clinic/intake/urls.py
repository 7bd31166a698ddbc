"""Addresses of the intake room. No health answer is ever part of one."""

from django.urls import path

from clinic.intake.views import client, news, paper, plan, questions, results, sending

app_name = "intake"
urlpatterns = [
    path("start/<int:client_id>", plan.start, name="start"),
    path("amend/<int:client_id>/<int:procedure_id>", plan.amend, name="amend"),
    path("plan/<int:screening_id>", plan.plan, name="plan"),
    path("<int:intake_id>", questions.resume, name="resume"),
    path("<int:intake_id>/plan", plan.draft_plan, name="draft_plan"),
    path("<int:intake_id>/paper", paper.paper, name="paper"),
    path("news/<int:client_id>", news.tell, name="news"),
    path("<int:intake_id>/set-aside", plan.abandon, name="abandon"),
    path("<int:intake_id>/check", questions.check, name="check"),
    path("<int:intake_id>/link", sending.send_link, name="send_link"),
    path("<int:intake_id>/part/<slug:section>", questions.section, name="section"),
    path("result/<int:screening_id>", results.submitted, name="submitted"),
    path("answers/<int:submission_id>", results.answers, name="answers"),
    path("by-link/<str:token>", client.start, name="client_start"),
    path("by-link/<str:token>/part/<slug:section>", client.section, name="client_section"),
    path("by-link/<str:token>/check", client.check, name="client_check"),
    path("by-link/<str:token>/done", client.done, name="client_done"),
]
