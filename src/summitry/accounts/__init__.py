"""People who log in, what they are granted, and the registry of access policies."""
