"""Read single values of the configuration, each as its key wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from audit.configuration.tomlvalues import Value
from audit.language.tags import language_tag
from audit.report import Weights
from audit.rulebook.packs import is_file
from audit.suggest import did_you_mean

FIELDS = ("headline", "lede", "body", "caption", "target-language", "source-language")
MOST_POINTS = 1_000_000


def text(value: Value, what: str) -> str:
    """Return a text with a letter in it; `what` says to a person what is wanted."""
    if not isinstance(value.value, str) or not value.value.strip():
        raise value.wants(what)
    return value.value


def texts(value: Value) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value.value, list):
        raise value.wants('wants a list of texts: ["…", "…"]')
    return tuple(text(item, 'wants a list of texts: ["…", "…"]') for item in value.items())


def language(value: Value) -> str:
    """Return a language as BCP 47 writes it."""
    try:
        return language_tag(text(value, "wants a language tag, such as en or pt-BR"))
    except ValueError as error:
        raise value.wants(f"wants a language tag: {error}") from None


def place(value: Value) -> Path:
    """Return the path that stands here; it is relative to its file."""
    written = text(value, 'wants a path: "…"')
    if "\0" in written:
        raise value.wants("wants a path, which never holds a NUL character")
    try:
        return value.path.absolute().parent / Path(written).expanduser()
    except RuntimeError:
        raise value.wants(f"wants a path, but nobody knows whose home “{written}” begins with") from None


def path(value: Value) -> str:
    """Return the path that stands here as a text."""
    return str(place(value))


def packs(value: Value) -> tuple[str, ...]:
    """Return the names of packs, those of one's own as paths."""
    written = zip(texts(value), value.items(), strict=True)
    return tuple(path(item) if is_file(name) else name for name, item in written)


def number(least: float, most: float | None, *, whole: bool = False) -> Callable[[Value], Any]:
    """Return what reads a number within these bounds."""
    bounds = f"from {least:g} up" if most is None else f"from {least:g} to {most:,}"

    def read(value: Value) -> Any:
        found = value.value
        right = isinstance(found, int if whole else int | float) and not isinstance(found, bool)
        if not right or not least <= found <= (found if most is None else most):
            raise value.wants(f"wants a number {bounds}")
        return found

    return read


def choice(choices: Mapping[str, Any]) -> Callable[[Value], Any]:
    """Return what reads one of several words."""
    return lambda value: value.choice(choices)


def weights(value: Value) -> Weights:
    """Return the penalty points of findings, the usual ones for severities that are not named."""
    points = {}
    for name, written in value.pairs():
        if name not in Weights._fields:
            raise written.error(f"“weights” has no severity “{name}”{did_you_mean(name, Weights._fields)}")
        points[name] = number(0, MOST_POINTS)(written)
    return Weights(**points)


def fields(value: Value) -> dict[str, tuple[str, ...]]:
    """Return the names of fields by what they hold."""
    found = {}
    for role, names in value.pairs():
        if role not in FIELDS:
            raise names.error(f"“fields” has no field “{role}”{did_you_mean(role, FIELDS)}")
        found[role] = texts(names) if isinstance(names.value, list) else (text(names, "wants the name of a field"),)
    return found
