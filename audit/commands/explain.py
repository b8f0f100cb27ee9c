"""`audit explain`."""

from __future__ import annotations

import click

from audit import arguments
from audit.model import AuditError


@click.command("explain", short_help="Show what a rule finds, and why.")
@click.argument("rule_id", metavar="RULE", type=arguments.RuleName())
@click.option(
    "--pack",
    "packs",
    type=arguments.PackName(only_off=True),
    multiple=True,
    metavar="NAME",
    help="Look in your own pack, too.",
)
def command(rule_id: str, packs: tuple[str, ...]) -> None:
    """Tell what RULE finds, why it matters, and show its examples."""
    from audit.explain import explain as page
    from audit.packs import builtin_names, load
    from audit.suggest import did_you_mean

    known = {name: rule for rule in load((*builtin_names(), *packs)) for name in (rule.id, *rule.aliases)}
    if rule_id not in known:
        group = [name for name in known if name.startswith(f"{rule_id}/")]
        meant = f"; rules of that group are {', '.join(group)}" if group else did_you_mean(rule_id, known)
        raise AuditError(f"no rule is called “{rule_id}”{meant or '; `audit rules --all` lists them'}")
    click.echo(page(known[rule_id]))
