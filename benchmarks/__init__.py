"""What the planner is measured on, against what, and how to repeat it: ``python -m benchmarks --help``."""
