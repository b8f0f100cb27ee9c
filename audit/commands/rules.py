"""`audit rules`."""

from __future__ import annotations

import click

from audit.commandline import arguments


@click.command("rules", short_help="List the rules.")
@click.option(
    "--pack",
    "packs",
    type=arguments.PackName(only_off=True),
    multiple=True,
    metavar="NAME",
    help="List a pack that is off by default, or your own, too.",
)
@click.option("--all", "everything", is_flag=True, help="List the rules of every pack that comes with audit.")
def command(packs: tuple[str, ...], everything: bool) -> None:
    """List the rules, pack by pack."""
    from audit.rulebook.packs import builtin, builtin_names, load

    names = builtin_names() if everything else packs
    pack_name = None
    for rule in load(names):
        if rule.pack != pack_name:
            if pack_name is not None:
                click.echo()
            pack_name = rule.pack
            pack = builtin(pack_name) if pack_name in builtin_names() else None
            off = "" if pack is None or pack.default else " (off; --pack " + pack_name + ")"
            click.echo(f"{pack_name}{off}" + (f": {pack.description}" if pack else ""))
        languages = ", ".join(rule.languages) or "every language"
        click.echo(f"  {rule.id:42} {rule.severity!s:8} {languages}")
