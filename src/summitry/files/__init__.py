"""Files in the database, known by their contents."""
