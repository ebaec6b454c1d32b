"""Typed data in, bytes out, and back: the formats in which a conference leaves and enters the house.

A ground floor: nothing here imports another part of the house, knows the database or asks for the time.
"""
