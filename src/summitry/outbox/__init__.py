"""Letters that wait to be sent: kept with what they tell of, sent once, never lost."""
