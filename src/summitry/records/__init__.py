"""What every table and every action stands on: public identifiers, the base of a record, refusals."""

from summitry.records.errors import RefusedError
from summitry.records.ids import uuid7

__all__ = ["RefusedError", "uuid7"]
