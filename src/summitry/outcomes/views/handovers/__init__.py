"""Screens of handovers."""
