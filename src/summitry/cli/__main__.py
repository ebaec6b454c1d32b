"""``python -m summitry.cli``: how our processes start one another."""

from summitry.cli import main

main(prog_name="summitry")
