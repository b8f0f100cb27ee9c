"""The pages of checks, of formats and of commands, taken from their docstrings and options."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Iterable, Sequence
from typing import Any, Literal, Union, get_args, get_origin

import click

from audit import plugins
from audit.model import Rule, Table
from audit.rulebook import packfile


def check_page(name: str, rules: Iterable[Rule]) -> str:
    """Return the page of the check called `name`; `rules` are all that there are."""
    module = plugins.load("checks", name)
    check = packfile.check_class(name)
    lines = [f"# {name}", "", _prose(module.__doc__), "", _prose(check.__doc__), "", "## Options", ""]
    lines += _options(name, check) or ["It has none."]
    using = [f"- [{rule.id}](../rules/{rule.id}.md)" for rule in rules if rule.check == name]
    lines += [
        "",
        "## Rules that use it",
        "",
        *(using or ["None of those that come with audit: it is for packs of your own."]),
    ]
    return "\n".join(lines) + "\n"


def _options(name: str, check: type[Any]) -> list[str]:
    types_of = packfile.option_types(name)
    required = packfile.required_options(name)
    defaults = {field.name: field.default for field in dataclasses.fields(check)}
    rows = []
    for option, kind in types_of.items():
        default = "needed" if option in required else _default(defaults[option])
        rows.append(f"| `{option}` | {_kind(kind)} | {default} |")
    return ["| option | what it takes | default |", "|---|---|---|", *rows] if rows else []


def _default(value: Any) -> str:
    if value is dataclasses.MISSING or value in ((), "", None) or isinstance(value, Table):
        return "none"
    return f"`{', '.join(map(str, value)) if isinstance(value, tuple) else value}`"


def _kind(kind: Any) -> str:
    """Return how to call a type for those who write packs."""
    if get_origin(kind) in (Union, types.UnionType):
        return " or ".join(_kind(choice) for choice in get_args(kind) if choice is not type(None))
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f"`{word}`" for word in get_args(kind))
    if get_origin(kind) is tuple:
        return f"a list: {_kind(get_args(kind)[0])}"
    words = {bool: "true or false", int: "a number", float: "a number", Table: "a table (TSV) beside the pack"}
    return words.get(kind, "a text")


def format_page(group: plugins.Group, name: str, sample: str | None = None) -> str:
    """Return the page of a reader or reporter; `sample` is the path of a sample, as the page sees it."""
    module = plugins.load(group, name)
    suffixes = ", ".join(f"`{suffix}`" for suffix in module.SUFFIXES) or "none of its own"
    worker = module.read if group == "readers" else module.render
    lines = [f"# {name}", "", _prose(module.__doc__), "", f"Suffixes: {suffixes}.", ""]
    told = _prose(worker.__doc__)
    if told:
        lines += [told, ""]
    if group == "reporters":
        lines += [f"`audit run articles/ --format {name}`, or `--report {name}:FILE`.", ""]
    if sample:
        lines += [f"A [sample]({sample}) of it is made of the articles in `tests/articles/`.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _prose(docstring: str | None) -> str:
    """Return a docstring's paragraphs, each on one line; what is indented stays as it is."""
    paragraphs = inspect.cleandoc(docstring or "").split("\n\n")
    return "\n\n".join(one if "\n    " in f"\n{one}" else " ".join(one.split()) for one in paragraphs)


def command_page(command: click.Command, name: str) -> str:
    """Return the page of a command: its usage, what it does, its options by section."""
    with click.Context(command, info_name=f"audit {name}") as context:
        usage = " ".join(command.collect_usage_pieces(context))
        lines = [f"# audit {name}", "", f"    audit {name} {usage}", "", _prose(command.help), ""]
        for title, rows in _sections(command, context).items():
            lines += [f"## {title}", "", "| option | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines).rstrip() + "\n"


def _sections(command: click.Command, context: click.Context) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option):
            names, meaning = (" ".join(text.split()).replace("|", "\\|") for text in record)
            sections.setdefault(getattr(parameter, "section", "Options"), []).append(f"| `{names}` | {meaning} |")
    return dict(sorted(sections.items(), key=lambda pair: pair[0] == "Options"))


def index(title: str, introduction: str, entries: Sequence[tuple[str, str, str]]) -> str:
    """Return a page that leads to others; `entries` are name, path and what it is about."""
    lines = [f"# {title}", "", introduction, "", "| name | what |", "|---|---|"]
    rows = [
        f"| [{name}]({path}) | {' '.join(about.split()).replace('|', chr(92) + '|')} |" for name, path, about in entries
    ]
    return "\n".join([*lines, *rows]) + "\n"
