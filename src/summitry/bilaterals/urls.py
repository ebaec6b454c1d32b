"""Addresses of the bilateral desk."""

from django.urls import path

from summitry.bilaterals.views import board, interruptions, planning, requests

app_name = "bilaterals"
urlpatterns = [
    path("", board.index, name="index"),
    path("board/", board.board, name="board"),
    path("board/list/", board.day_list, name="day"),
    path("board/sheet.pdf", board.day_sheet, name="day_sheet"),
    path("board/<uuid:meeting>/", board.side, name="side"),
    path("plan/", planning.plan, name="plan"),
    path("plan/<uuid:run>/", planning.run, name="run"),
    path("plan/<uuid:run>/stop/", planning.stop, name="stop"),
    path("plans/", planning.plans, name="plans"),
    path("plans/<int:number>/", planning.changes, name="changes"),
    path("plans/<int:number>/adopt/", planning.adopt, name="adopt"),
    path("plans/<int:number>/discard/", planning.discard, name="discard"),
    path("plans/<int:number>/<uuid:meeting>/<int:index>/", planning.remedy, name="remedy"),
    path("rooms/<slug:room>/closed/", interruptions.closed, name="closed"),
    path("interpreters/<uuid:interpreter>/away/", interruptions.away, name="away"),
    path("members/<uuid:member>/presence/", interruptions.member, name="member"),
    path("sessions/<uuid:session>/overrun/", interruptions.overrun, name="overrun"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/new/", requests.add, name="add"),
    path("requests/new/people/", requests.people, name="people"),
    path("requests/<uuid:meeting>/", requests.request_page, name="request"),
    path("requests/<uuid:meeting>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<uuid:meeting>/answer/", requests.answer, name="answer"),
    path("requests/<uuid:meeting>/card.pdf", board.card_sheet, name="card_sheet"),
]
