"""All pages that are made from the code, by their path below docs/."""

from __future__ import annotations

from collections.abc import Mapping

import click

from audit import plugins
from audit.documentation import codepages, rulepages, settingpages
from audit.model import Rule
from audit.quality import groups
from audit.rulebook import packs

SAMPLES: Mapping[str, str] = {
    "checkstyle": "sample-checkstyle.xml",
    "github": "sample-github.txt",
    "gitlab": "sample-gitlab.json",
    "junit": "sample-junit.xml",
    "markdown": "sample.md",
    "statistics": "sample-statistics.txt",
    "text": "sample.txt",
}
"""The samples in reports/ whose names do not follow from that of their format."""


def sample_of(reporter: str) -> str:
    """Return the name of the sample in reports/ that shows a format of reports."""
    return SAMPLES.get(reporter, f"sample.{reporter}")


def pages(commands: Mapping[str, click.Command]) -> dict[str, str]:
    """Return the text of every page by its path; `commands` are those of the command line by name, in their order."""
    found: dict[str, str] = {}
    rules = packs.load(packs.builtin_names())
    _add_rules(found, rules)
    _add_checks(found, rules)
    _add_formats(found)
    _add_commands(found, commands)
    found["configuration/README.md"] = settingpages.page()
    return found


def _add_rules(found: dict[str, str], rules: tuple[Rule, ...]) -> None:
    entries = []
    for rule in rules:
        found[f"rules/{rule.id}.md"] = rulepages.page(rule, packs.builtin(rule.pack))
        entries.append((rule.id, f"{rule.id}.md", rule.message))
    introduction = "What audit finds; `audit explain RULE` shows the same page."
    found["rules/README.md"] = codepages.index("Rules", introduction, sorted(entries))


def _add_checks(found: dict[str, str], rules: tuple[Rule, ...]) -> None:
    entries = []
    for name in plugins.names("checks"):
        found[f"checks/{name}.md"] = codepages.check_page(name, rules)
        entries.append((name, f"{name}.md", _summary(plugins.load("checks", name).__doc__)))
    introduction = "The code behind the rules: a rule of a pack names one in `check` and sets its options."
    found["checks/README.md"] = codepages.index("Checks", introduction, entries)


def _add_formats(found: dict[str, str]) -> None:
    entries = []
    groups: tuple[tuple[plugins.Group, str], ...] = (("readers", "articles"), ("reporters", "reports"))
    for group, folder in groups:
        for name in plugins.names(group):
            sample = f"../../../reports/{sample_of(name)}" if group == "reporters" else None
            found[f"formats/{folder}/{name}.md"] = codepages.format_page(group, name, sample)
            about = _summary(plugins.load(group, name).__doc__)
            entries.append((f"{name} ({folder})", f"{folder}/{name}.md", about))
    introduction = "The formats of articles that are read and of reports that are written; `audit formats` lists them."
    found["formats/README.md"] = codepages.index("Formats", introduction, entries)


def _add_commands(found: dict[str, str], commands: Mapping[str, click.Command]) -> None:
    entries = []
    for name, command in commands.items():
        found[f"commands/{name}.md"] = codepages.command_page(command, name)
        entries.append((f"audit {name}", f"{name}.md", command.get_short_help_str(200)))
    introduction = (
        "Every command ends with 0 if all is well, with 1 if something is to be mended, and with 2 if some work "
    )
    introduction += "could not be done; 2 wins over 1."
    found["commands/README.md"] = codepages.index("Commands", introduction, entries)


def _summary(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]


def figures() -> str:
    """Return the table of what was measured of each group of rules, for the README."""
    lines = ["| group | precision | recall | labelled artifacts |", "|---|---|---|---|"]
    for name, group in groups().items():
        shares = ["–" if part is None else f"{part:.2f}" for part in (group.precision, group.recall)]
        lines.append(f"| {name} | {shares[0]} ({group.findings} findings) | {shares[1]} | {group.marks} |")
    return "\n".join(lines)
