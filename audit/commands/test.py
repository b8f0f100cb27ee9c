"""`audit test`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from audit.commandline import arguments


@click.command("test", short_help="Prove the rules of packs by their examples.")
@click.argument("packs", nargs=-1, type=arguments.PackName(), metavar="[PACK…]")
def command(packs: tuple[str, ...]) -> None:
    """Prove the rules of packs by their own examples (all that come with audit if none is named)."""
    from audit.examples import prove
    from audit.rulebook.packfile import read
    from audit.rulebook.packs import builtin, builtin_names, is_file

    faults = count = 0
    for name in packs or builtin_names():
        pack = read(Path(name)) if is_file(name) else builtin(name)
        for outcome in prove(pack.rules):
            count += 1
            if outcome.fault:
                faults += 1
                click.echo(outcome.fault)
    click.echo(f"{count - faults} of {count} examples hold")
    sys.exit(1 if faults else 0)
