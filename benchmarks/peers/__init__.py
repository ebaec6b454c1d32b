"""What the planner is compared with, on the same problem documents.

Each peer is a function of a problem, seconds, and a callback for every plan it finds; it
optimises the weight alone, which is the first aim.
"""
