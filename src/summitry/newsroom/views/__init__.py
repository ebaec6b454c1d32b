"""The newsroom's pages, and what the public reads."""
