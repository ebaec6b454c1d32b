from __future__ import annotations

import re
from pathlib import Path


def test_the_worked_example_of_the_guide_runs() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "planner.md"
    (example,) = re.findall(r"```python\n(.*?)```", guide.read_text(), re.DOTALL)
    exec(compile(example, str(guide), "exec"), {"__name__": "guide"})  # noqa: S102 our own guide
