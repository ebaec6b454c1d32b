"""Why a request is not held, in words, with what stands in its way and what would help.

An engine of its own, apart from the solver's: it places one request at a time beside
meetings that stay where they are, and answers in milliseconds.
"""

from __future__ import annotations

from summitry.planner.explain.contradictions import contradiction
from summitry.planner.explain.explainer import Explainer
from summitry.planner.explain.explanations import explain, explain_one, time_to_explain

__all__ = ["Explainer", "contradiction", "explain", "explain_one", "time_to_explain"]
