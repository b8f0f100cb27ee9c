"""What the commands take: kinds of arguments with their shell completion, and help that is laid out in sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit import plugins
from audit.model import AuditError
from audit.suggest import did_you_mean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_OTHERS = "Options"


class Option(click.Option):
    """An option with the section of the help that it stands in."""

    def __init__(self, *arguments: Any, section: str = _OTHERS, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.section = section


class Command(click.Command):
    """A command whose help shows its options by section."""

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those without a section last."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(context):
            record = parameter.get_help_record(context)
            if record is not None and isinstance(parameter, click.Option):
                sections.setdefault(getattr(parameter, "section", _OTHERS), []).append(record)
        for title, records in sorted(sections.items(), key=lambda section: section[0] == _OTHERS):
            with formatter.section(title):
                formatter.write_dl(records)


def _complete(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the names that go on from `incomplete`; of a list with commas only the last item is completed."""
    from click.shell_completion import CompletionItem

    done, comma, begun = incomplete.rpartition(",")
    return [CompletionItem(f"{done}{comma}{name}") for name in names if name.startswith(begun)]


def _files(incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


class Format(click.ParamType[str]):
    """The name of a reporter."""

    name = "format"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """Return the name if there is such a format."""
        try:
            plugins.load("reporters", str(value))
        except AuditError as error:
            raise click.BadParameter(str(error), context, parameter) from None
        return str(value)

    def shell_complete(self, _context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        """Return the formats that begin so."""
        return _complete(plugins.all_names("reporters"), incomplete)


class ReportFile(click.ParamType[tuple[str, str]]):
    """A file to write a report to, its format taken from the name or named outright: `sarif:path`."""

    name = "file"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> tuple[str, str]:
        """Return format and path."""
        if isinstance(value, tuple):
            return value
        name, colon, path = value.partition(":")
        if colon and path and name in plugins.names("reporters"):
            return name, path
        suffix = Path(value).suffix.lower()
        known_format = plugins.for_suffix("reporters", suffix)
        if known_format:
            return known_format, value
        formats, suffixes = plugins.all_names("reporters"), plugins.by_suffix("reporters")
        if colon and path and name in formats:
            return name, path
        meant = did_you_mean(name, formats) if colon and name not in formats else ""
        known = f"; known are {', '.join(suffixes)}, or name the format: sarif:FILE"
        raise click.BadParameter(
            f"{value}: no format is written to {suffix or 'a file without suffix'}{meant or known}", context, parameter
        )

    def shell_complete(self, _context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        """Leave it to the shell to complete the file."""
        return _files(incomplete)


class RuleName(click.ParamType[str]):
    """The id of a rule, or a glob over ids."""

    name = "rule"

    def shell_complete(self, context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        """Return the rules that begin so, those of `--pack` too."""
        from audit.rulebook import packs

        try:
            rules = packs.load(tuple(context.params.get("packs") or ()))
        except AuditError:
            rules = packs.load()
        return _complete([rule.id for rule in rules], incomplete)


class PackName(click.ParamType[str]):
    """The name of a pack that comes with audit, or a file of one's own."""

    name = "pack"

    def __init__(self, *, only_off: bool = False) -> None:
        self._only_off = only_off

    def shell_complete(self, _context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        """Return the packs that begin so, and let the shell complete files where none does."""
        from audit.rulebook import packs

        names = [name for name in packs.builtin_names() if not (self._only_off and packs.builtin(name).default)]
        return _complete(names, incomplete) or _files(incomplete)


class Language(click.ParamType[str]):
    """The BCP 47 tag of a language."""

    name = "tag"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> str:
        """Return the tag as BCP 47 writes it."""
        from audit.language.tags import language_tag

        try:
            return language_tag(value)
        except ValueError as error:
            raise click.BadParameter(str(error), context, parameter) from None


def split(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Return the items of an option that may be repeated and may hold several with commas between them."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def at_least_zero(_context: click.Context, _parameter: click.Parameter, value: int | None) -> int | None:
    """Return the number if it counts something."""
    if value is not None and value < 0:
        raise click.BadParameter(f"{value} is less than 0")
    return value
