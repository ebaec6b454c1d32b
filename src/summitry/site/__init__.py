"""The overview, the public page and the delegation's own pages."""
