from __future__ import annotations

import pytest

from outcomes_support import FollowUp, make_follow_up


@pytest.fixture
def follow_up(db: None) -> FollowUp:
    return make_follow_up()
