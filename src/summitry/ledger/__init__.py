"""What happened, by whom: append-only, hash-chained."""
