"""Hosts, series, editions, venues, rooms, sittings and the settings of an edition."""
