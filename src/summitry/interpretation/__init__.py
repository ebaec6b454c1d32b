"""Interpreters, their languages and their working limits."""
