"""Releases drafted from the record: each sentence with the records it rests on."""
