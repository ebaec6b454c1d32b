"""The ``summitry`` command.

Only the command that is called is imported: the planner's solvers take a second to
load, Django half of one, and ``summitry schema`` needs neither.
"""

from __future__ import annotations

from importlib import import_module

import click

from summitry import __version__

#: Where each command stands: module and function.
COMMANDS = {
    "plan": ("summitry.cli.planning", "plan"),
    "check": ("summitry.cli.planning", "check"),
    "schema": ("summitry.cli.planning", "schema"),
    "template": ("summitry.cli.spreadsheets", "template"),
    "export-problem": ("summitry.cli.editions", "export_problem"),
    "news": ("summitry.cli.news", "news"),
    "serve": ("summitry.cli.serving", "serve"),
    "worker": ("summitry.cli.serving", "worker"),
    "demo": ("summitry.cli.demo", "demo"),
    "doctor": ("summitry.cli.doctor", "doctor"),
    "migrate": ("summitry.cli.editions", "migrate"),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        """Return the names of the commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's signature
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="summitry")
def main() -> None:
    """Summitry hosts intergovernmental conferences, from the invitation to the delivered commitment."""
