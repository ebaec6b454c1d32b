"""Who and what is occupied when: the one table in which nothing can overlap."""
