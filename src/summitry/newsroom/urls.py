"""Addresses of the newsroom's desk."""

from django.urls import path

from summitry.newsroom.views import desk, evidence, steps

app_name = "newsroom"
urlpatterns = [
    path("", desk.release_list, name="releases"),
    path("profile/", desk.profile, name="profile"),
    path("records/<str:model>/<uuid:record>/", evidence.record, name="record"),
    path("lists/<slug:key>/", evidence.counted, name="counted"),
    path("releases/<slug:release>/", desk.release_page, name="release"),
    path("releases/<slug:release>/version-<int:number>.<str:kind>", desk.paper, name="paper"),
    path("releases/<slug:release>/add/<slug:language>/", steps.add, name="add"),
    path("releases/<slug:release>/redraft/", steps.redraft, name="redraft"),
    path("releases/<slug:release>/clear/", steps.clear, name="clear"),
    path("releases/<slug:release>/recall/", steps.recall, name="recall"),
    path("releases/<slug:release>/issue/", steps.issue, name="issue"),
    path("releases/<slug:release>/lift/", steps.lift, name="lift"),
    path("releases/<slug:release>/correct/", steps.correct, name="correct"),
    path("releases/<slug:release>/withdraw/", steps.withdraw, name="withdraw"),
    path("releases/<slug:release>/sentences/<uuid:sentence>/", steps.edit, name="edit"),
    path("releases/<slug:release>/sentences/<uuid:sentence>/refresh/", steps.refresh, name="refresh"),
    path("releases/<slug:release>/sentences/<uuid:sentence>/confirm/", steps.confirm, name="confirm"),
    path("releases/<slug:release>/sentences/<uuid:sentence>/leave-out/", steps.leave_out, name="leave-out"),
    path("releases/<slug:release>/sentences/<uuid:sentence>/take-in/", steps.take_in, name="take-in"),
]
