"""Settings, addresses, server entry points and the embedded database."""
