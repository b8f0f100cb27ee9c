"""The command line: `audit` and its commands, each loaded when it is called."""

from __future__ import annotations

import importlib

import click

from audit.version import __version__

COMMANDS = ("run", "fix", "init", "baseline", "ignore", "rules", "explain", "test", "formats", "schema")
"""The commands in the order in which one needs them; each is a module of `audit.commands`."""


class _Commands(click.Group):
    """A group that loads a command when it is called for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names of the commands in the order in which one needs them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command called `name`; if there is none, say what was probably meant."""
        if name not in COMMANDS:
            if context.resilient_parsing:  # a shell asks how the line goes on
                return None
            from audit.suggest import did_you_mean

            context.fail(f"There is no command “{name}”{did_you_mean(name, COMMANDS)}")
        command: click.Command = importlib.import_module(f"audit.commands.{name}").command
        return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, cls=_Commands)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Find what machine translation left behind in articles, before they are published."""
