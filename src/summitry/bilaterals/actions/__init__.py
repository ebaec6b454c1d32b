"""Every write about bilaterals."""

from summitry.bilaterals.actions.adoption import adopt_plan, discard_plan
from summitry.bilaterals.actions.asking import Asked, load_requests, send_request
from summitry.bilaterals.actions.planning import (
    PLAN_TASK,
    fail_planning,
    keep_plan,
    note_progress,
    note_started,
    start_planning,
    stop_planning,
)
from summitry.bilaterals.actions.requests import apply_remedy, record_answer, withdraw_request

__all__ = [
    "PLAN_TASK",
    "Asked",
    "adopt_plan",
    "apply_remedy",
    "discard_plan",
    "fail_planning",
    "keep_plan",
    "load_requests",
    "note_progress",
    "note_started",
    "record_answer",
    "send_request",
    "start_planning",
    "stop_planning",
    "withdraw_request",
]
