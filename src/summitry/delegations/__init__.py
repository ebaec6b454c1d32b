"""Delegations of an edition and their members."""
