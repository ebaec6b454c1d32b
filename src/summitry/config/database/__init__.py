"""PostgreSQL, always: the embedded server of a PyPI wheel, or a server by ``DATABASE_URL``."""

from summitry.config.database.address import Address, addresses, is_embedded
from summitry.config.database.lease import DatabaseUnavailableError, Lease

__all__ = ["Address", "DatabaseUnavailableError", "Lease", "addresses", "is_embedded"]
