"""Tags of the screens of outcomes."""
