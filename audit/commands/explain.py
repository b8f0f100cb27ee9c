"""`audit explain`."""

from __future__ import annotations

import sys

import click

from audit.commandline import arguments
from audit.model import AuditError


@click.command("explain", short_help="Show what a rule finds, and why.")
@click.argument("rule_id", metavar="[RULE]", required=False, type=arguments.RuleName())
@click.option(
    "--pack",
    "packs",
    type=arguments.PackName(only_off=True),
    multiple=True,
    metavar="NAME",
    help="Look in your own pack, too.",
)
def command(rule_id: str | None, packs: tuple[str, ...]) -> None:
    """Tell what RULE finds, why it matters, and show its examples; without RULE, or for a group, list the rules."""
    from audit.documentation import rulepages
    from audit.rulebook.packs import builtin, builtin_names, load
    from audit.suggest import did_you_mean

    rules = load((*builtin_names(), *packs))
    known = {name: rule for rule in rules for name in (rule.id, *rule.aliases)}
    if rule_id is None or rule_id not in known:
        group = [rule for rule in rules if rule_id is None or rule.id.startswith(f"{rule_id}/")]
        if not group:
            meant = did_you_mean(str(rule_id), known) or "; `audit rules --all` lists them"
            raise AuditError(f"no rule is called “{rule_id}”{meant}")
        for rule in group:
            click.echo(f"{rule.id:42} {rule.message}")
        return
    rule = known[rule_id]
    pack = builtin(rule.pack) if rule.pack in builtin_names() else None
    _show(rulepages.page(rule, pack))


def _show(page: str) -> None:
    """Show a page of Markdown, on a terminal as it is meant to look."""
    if not sys.stdout.isatty():
        click.echo(page, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(page))
