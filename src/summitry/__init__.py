"""Summitry hosts intergovernmental conferences: from the invitation to the delivered commitment."""

__version__ = "0.1.0"
