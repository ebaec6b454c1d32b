"""Requests for meetings, plan versions and the meetings that came of them."""
