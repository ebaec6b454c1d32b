"""States, organisations, their names in every language, regions, languages: what everything sorts by."""
