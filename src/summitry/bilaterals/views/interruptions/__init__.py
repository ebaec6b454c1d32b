"""What goes wrong on the running day: a room lost, an interpreter away, somebody late, a session overrunning.

Each is one small page: what stands, a form to say more, and the meetings that can no longer stand, with the way to
repair them.
"""

from summitry.bilaterals.views.interruptions.lost import away, closed
from summitry.bilaterals.views.interruptions.overrun import overrun
from summitry.bilaterals.views.interruptions.presence import member

__all__ = ["away", "closed", "member", "overrun"]
