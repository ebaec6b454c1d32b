"""What delegations are called on this floor's pages, papers and documents: as everywhere."""

from summitry.delegations.queries.names import Names, delegation_names, naming_policy

__all__ = ["Names", "delegation_names", "naming_policy"]
