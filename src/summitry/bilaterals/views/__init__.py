"""Screens of the bilateral desk, and of the delegations' own requests."""
