from __future__ import annotations

import pytest

from site_support import Conference, make_conference


@pytest.fixture
def conference(db: None) -> Conference:
    return make_conference()
