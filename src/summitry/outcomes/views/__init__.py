"""Screens of outcomes."""
