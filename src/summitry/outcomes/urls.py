"""Addresses of outcomes."""

from django.urls import path

from summitry.outcomes.views import (
    between,
    commitments,
    follow_up,
    importing,
    instruments,
    instruments_list,
    instruments_recording,
    instruments_silence,
    instruments_steps,
    lists,
    recording,
    reminders,
    reporting,
    review,
    steps,
    ties,
)
from summitry.outcomes.views.handovers import after as handover_after
from summitry.outcomes.views.handovers import certificates as handover_certificates
from summitry.outcomes.views.handovers import importing as handover_importing
from summitry.outcomes.views.handovers import pages as handover_pages
from summitry.outcomes.views.handovers import progress as handover_progress
from summitry.outcomes.views.handovers import recording as handover_recording
from summitry.outcomes.views.handovers import steps as handover_steps
from summitry.outcomes.views.handovers import visits as handover_visits

app_name = "outcomes"
urlpatterns = [
    path("", lists.index, name="index"),
    path("summary/", lists.summary, name="summary"),
    path("map/", ties.partnerships, name="map"),
    path("map/records/", ties.tie_records, name="map-records"),
    path("review/", review.review, name="review"),
    path("review/rows/", review.review_rows, name="review-rows"),
    path("review/statement.pdf", review.review_sheet, name="review-sheet"),
    path("between/", between.between, name="between"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/send/", reminders.send, name="reminders-send"),
    path("follow-up/", follow_up.follow_up, name="follow-up"),
    path("follow-up/areas/", follow_up.keep_area, name="follow-up-area"),
    path("follow-up/areas/<slug:code>/retire/", follow_up.retire_area, name="follow-up-retire"),
    path("commitments/", lists.commitments, name="commitments"),
    path("commitments/new/", recording.record, name="commitment-new"),
    path("commitments/new/row/<slug:kind>/", recording.row, name="commitment-row"),
    path("commitments/import/", importing.read, name="import"),
    path("commitments/import/load/", importing.load, name="import-load"),
    path("commitments/import/template.xlsx", importing.template, name="import-template"),
    path("commitments/iati.xml", importing.iati, name="iati"),
    path("commitments/<uuid:commitment>/", commitments.commitment, name="commitment"),
    path("commitments/<uuid:commitment>/change/", recording.change, name="commitment-change"),
    path("commitments/<uuid:commitment>/step/<slug:step>/", steps.step, name="commitment-step"),
    path("commitments/<uuid:commitment>/answer/", reporting.answer, name="commitment-answer"),
    path("commitments/<uuid:commitment>/report/", reporting.report, name="commitment-report"),
    path("commitments/<uuid:commitment>/assess/", reporting.assess, name="commitment-assess"),
    path("commitments/<uuid:commitment>/remind/", reminders.remind, name="commitment-remind"),
    path(
        "commitments/<uuid:commitment>/milestones/<int:number>/",
        reporting.milestone,
        name="commitment-milestone",
    ),
    path("commitments/<uuid:commitment>/files/<uuid:file>/", commitments.report_file, name="commitment-file"),
    path("instruments/", instruments_list.instruments, name="instruments"),
    path("instruments/timeline/", instruments_list.timeline, name="instruments-timeline"),
    path("instruments/new/", instruments_recording.record, name="instrument-new"),
    path("instruments/new/row/<slug:kind>/", instruments_recording.row, name="instrument-row"),
    path("instruments/<uuid:instrument>/", instruments.instrument, name="instrument"),
    path("instruments/<uuid:instrument>/change/", instruments_recording.change, name="instrument-change"),
    path(
        "instruments/<uuid:instrument>/step/<slug:step>/",
        instruments_steps.instrument_step,
        name="instrument-step",
    ),
    path("instruments/<uuid:instrument>/files/", instruments_steps.instrument_files, name="instrument-files"),
    path(
        "instruments/<uuid:instrument>/files/<uuid:file>/",
        instruments.instrument_file,
        name="instrument-file",
    ),
    path(
        "instruments/<uuid:instrument>/silence/", instruments_silence.open_silence, name="instrument-silence"
    ),
    path("instruments/<uuid:instrument>/silence/reply/", instruments_silence.reply, name="instrument-reply"),
    path(
        "instruments/<uuid:instrument>/silence/conclude/",
        instruments_silence.conclude,
        name="instrument-conclude",
    ),
    path("handovers/", handover_pages.handovers, name="handovers"),
    path("handovers/new/", handover_recording.record, name="handover-new"),
    path("handovers/new/row/", handover_recording.row, name="handover-row"),
    path("handovers/<uuid:handover>/", handover_pages.handover, name="handover"),
    path("handovers/<uuid:handover>/change/", handover_recording.change, name="handover-change"),
    path("handovers/<uuid:handover>/add/", handover_recording.add, name="handover-add"),
    path("handovers/<uuid:handover>/step/<slug:step>/", handover_steps.step, name="handover-step"),
    path("handovers/<uuid:handover>/deliver/", handover_progress.deliver, name="handover-deliver"),
    path("handovers/<uuid:handover>/inspect/", handover_progress.inspect, name="handover-inspect"),
    path(
        "handovers/<uuid:handover>/inspections/<uuid:inspection>/",
        handover_progress.correct,
        name="handover-correct",
    ),
    path("handovers/<uuid:handover>/ceremony/", handover_after.ceremony, name="handover-ceremony"),
    path(
        "handovers/<uuid:handover>/inspections/<uuid:inspection>/settle/",
        handover_progress.settle,
        name="handover-settle",
    ),
    path("handovers/<uuid:handover>/visit/", handover_visits.visit, name="handover-visit"),
    path("handovers/<uuid:handover>/visits/plan/", handover_visits.plan, name="handover-plan"),
    path(
        "handovers/<uuid:handover>/visits/<uuid:visit>/call-off/",
        handover_visits.call_off,
        name="handover-call-off",
    ),
    path("handovers/<uuid:handover>/import/", handover_importing.read, name="handover-import"),
    path("handovers/<uuid:handover>/import/load/", handover_importing.load, name="handover-import-load"),
    path(
        "handovers/<uuid:handover>/import/template.xlsx",
        handover_importing.template,
        name="handover-import-template",
    ),
    path("handovers/<uuid:handover>/items.<slug:ending>", handover_importing.items, name="handover-items"),
    path("handovers/<uuid:handover>/dispose/", handover_after.dispose, name="handover-dispose"),
    path("handovers/<uuid:handover>/attach/", handover_after.attach, name="handover-attach"),
    path("handovers/<uuid:handover>/files/<uuid:file>/", handover_pages.handover_file, name="handover-file"),
    path(
        "handovers/<uuid:handover>/certificate/",
        handover_certificates.certificate,
        name="handover-certificate",
    ),
]
