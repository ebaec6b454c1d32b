from __future__ import annotations

import pytest

from bilaterals_support import Summit, make_summit


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit()
