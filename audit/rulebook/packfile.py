"""Read packs: YAML files of rules and the tables beside them, checked key by key with file and line."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, Protocol, Union, cast, get_args, get_origin, get_type_hints

import regex
import yaml

from audit import plugins
from audit.expressions import expression
from audit.model import AuditError, Check, Confidence, Example, Kind, Pack, PackError, Rule, Severity, Table
from audit.rulebook.nodes import Node, explain
from audit.rulebook.tables import read_table
from audit.suggest import did_you_mean

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # base: a scalar is a string, Norwegian "no" stays a language
RULE_ID = r"[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*"
"""How the id of a rule is written, as a regular expression."""

_RULE_ID = expression(RULE_ID)
_TRUTH = {"true": True, "false": False}
_SEVERITIES = {str(severity): severity for severity in Severity}
_CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
_KINDS = {str(kind): kind for kind in Kind}
PACK_REQUIRED, PACK_OPTIONAL = frozenset({"description", "rules"}), frozenset({"default"})
RULE_REQUIRED = frozenset({"id", "check", "severity", "category", "message", "why", "examples"})
RULE_OPTIONAL = frozenset({"options", "languages", "kinds", "aliases", "critical"})
EXAMPLE_KEYS = frozenset(field.name for field in dataclasses.fields(Example)) - {"text", "spans", "line"}


def read(path: Path, name: str | None = None) -> Pack:
    """Read a pack; raise `PackError` with file and line for whatever is wrong in it."""
    shown = f"{path.name}" if name else str(path)
    try:
        tree = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise PackError(f"{shown}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise PackError(f"{shown}: is not UTF-8 ({error.reason} at byte {error.start})") from None
    except yaml.YAMLError as error:
        raise PackError(explain(shown, error)) from None
    if tree is None:
        raise PackError(f"{shown}: the pack is empty")
    fields = Node(shown, tree).fields("a pack", PACK_REQUIRED, PACK_OPTIONAL)
    default = fields["default"].choice(_TRUTH) if "default" in fields else True
    pack_name = name or path.stem
    rules = tuple(_rule(item, pack_name, path.parent) for item in fields["rules"].items())
    if name is None:
        for rule, item in zip(rules, fields["rules"].items(), strict=True):
            try:
                attempt(rule)
            except AuditError as error:
                raise item.error(str(error)) from None
    return Pack(pack_name, " ".join(fields["description"].text().split()), default, rules)


def _rule(node: Node, pack: str, folder: Path) -> Rule:
    fields = node.fields("a rule", RULE_REQUIRED, RULE_OPTIONAL)
    if not _RULE_ID.fullmatch(fields["id"].text()):
        raise fields["id"].error("a rule's id reads group/what-is-wrong, in small letters and dashes")
    languages = tuple(item.language() for item in fields["languages"].items()) if "languages" in fields else ()
    rule = Rule(
        id=fields["id"].text(),
        check=fields["check"].text(),
        message=_message(fields["message"]),
        why=" ".join(fields["why"].text().split()),
        severity=fields["severity"].choice(_SEVERITIES),
        category=fields["category"].text(),
        pack=pack,
        origin=f"{node.path}:{node.line}",
        kinds=tuple(item.choice(_KINDS) for item in fields["kinds"].items()) if "kinds" in fields else (),
        languages=languages,
        examples=tuple(_example(item) for item in fields["examples"].items()),
        aliases=tuple(item.text() for item in fields["aliases"].items()) if "aliases" in fields else (),
        critical=fields["critical"].choice(_TRUTH) if "critical" in fields else False,
    )
    rule.options = _options(fields, rule.check, folder)
    return rule


def _message(node: Node) -> str:
    """Return a message whose braces hold nothing but names of values."""
    message = " ".join(node.text().split())
    try:
        parts = list(Formatter().parse(message))
    except ValueError as error:
        raise node.error(f"the message cannot be filled in: {error}") from None
    for _, name, form, conversion in parts:
        if name is not None and (not name.isidentifier() or form or conversion):
            raise node.error(f"the message has {{{name}}}; braces hold the name of a value, such as {{found}}")
    return message


def attempt(rule: Rule) -> None:
    """Set up the check of a rule whose options somebody wrote, so that a mistake in them is told before a run."""
    try:
        literals = build_check(rule).literals
    except AuditError as error:
        raise AuditError(f"the check “{rule.check}”: {error}") from None
    except Exception as error:  # a check of another package may raise anything
        reason = f"{type(error).__name__}: {error}"
        raise AuditError(f"the check “{rule.check}” cannot be set up with these options: {reason}") from None
    if not all(isinstance(literal, str) and literal for literal in literals):
        raise AuditError(f"the check “{rule.check}” gives literals that are no texts")


def _example(node: Node) -> Example:
    fields = node.fields("an example", frozenset(), EXAMPLE_KEYS | {"bad", "good"})
    if ("bad" in fields) == ("good" in fields):
        raise node.error("an example is either bad or good")
    marked = fields["bad"] if "bad" in fields else fields["good"]
    text, spans = unmark(marked.text())
    if regex.findall(r"\[\[|\]\]", marked.text()) != ["[[", "]]"] * len(spans):
        raise marked.error("the marks [[ and ]] must come in pairs")
    if ("bad" in fields) != bool(spans):
        raise node.error("a bad example marks what is wrong with [[ ]], a good one marks nothing")

    def language(key: str) -> str | None:
        return fields[key].language() if key in fields else None

    return Example(
        text=text,
        spans=spans,
        line=node.line,
        fixed=fields["fixed"].text() if "fixed" in fields else None,
        target_language=language("target_language"),
        source_language=language("source_language"),
        confidence=fields["confidence"].choice(_CONFIDENCES) if "confidence" in fields else None,
        format=_format(fields["format"]) if "format" in fields else "text",
        known_failure=fields["known_failure"].choice(_TRUTH) if "known_failure" in fields else False,
    )


def _format(node: Node) -> str:
    try:
        plugins.load("readers", node.text())
    except AuditError as error:
        raise node.error(str(error)) from None
    return node.text()


def unmark(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Take the marks out of an example: "a [[b]]" is the text "a b" with the span (2, 3)."""
    parts = regex.split(r"\[\[|\]\]", marked)
    text, spans = "", []
    for index, part in enumerate(parts):
        if index % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    return text, tuple(spans)


@cache
def check_class(name: str) -> type[Check]:
    """Return the class of the check called `name`."""
    found: type[Check] = plugins.load("checks", name).Check
    if not dataclasses.is_dataclass(found):
        raise AuditError(f"the check “{name}” is no dataclass, whose fields would be its options")
    return found


def _option_fields(name: str) -> list[dataclasses.Field[Any]]:
    return [field for field in dataclasses.fields(cast(Any, check_class(name))) if field.init]


@cache
def option_types(name: str) -> dict[str, Any]:
    """Return the options of the check called `name` with their types."""
    hints = get_type_hints(check_class(name))
    return {field.name: hints[field.name] for field in _option_fields(name)}


@cache
def required_options(name: str) -> tuple[str, ...]:
    """Return the options without which the check called `name` cannot be set up."""
    none = dataclasses.MISSING
    return tuple(field.name for field in _option_fields(name) if field.default is field.default_factory is none)


class Written(Protocol):
    """A value in somebody's file, YAML or TOML, that knows its place."""

    def text(self) -> str: ...  # noqa: D102  (as `Node` has them)
    def items(self) -> Sequence[Written]: ...  # noqa: D102
    def choice(self, choices: Mapping[str, Any]) -> Any: ...  # noqa: D102
    def error(self, message: str) -> AuditError: ...  # noqa: D102


def options_of(check: str, pairs: Iterable[tuple[str, Written]], folder: Path) -> dict[str, Any]:
    """Return the options of a check that somebody wrote, as the types that it wants; tables lie in `folder`."""
    known = option_types(check)
    options: dict[str, Any] = {}
    for key, value in pairs:
        name = key.replace("-", "_")
        if name not in known:
            raise value.error(f"the check “{check}” has no option “{key}”{did_you_mean(name, known)}")
        options[name] = _coerce(value, known[name], folder)
    return options


def _options(fields: Mapping[str, Node], check: str, folder: Path) -> dict[str, Any]:
    pairs = list(fields["options"].pairs()) if "options" in fields else []
    try:
        option_types(check)
    except AuditError as error:
        raise fields["check"].error(str(error)) from None
    options = options_of(check, ((key.text(), value) for key, value in pairs), folder)
    missing = [field for field in required_options(check) if field not in options]
    if missing:
        raise fields["check"].error(f"the check “{check}” needs the option “{missing[0]}”")
    return options


def _coerce(node: Written, kind: Any, folder: Path) -> Any:
    """Return the node's value as the type that the check's option is annotated with."""
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(choice for choice in get_args(kind) if choice is not type(None))
    if kind is bool:
        return node.choice(_TRUTH)
    if kind in (int, float):
        try:
            return kind(node.text())
        except ValueError:
            raise node.error(f"“{node.text()}” is not a number") from None
    if get_origin(kind) is tuple:
        return tuple(_coerce(item, get_args(kind)[0], folder) for item in node.items())
    if get_origin(kind) is Literal:
        return node.choice({str(word): word for word in get_args(kind)})
    if kind is Table:
        try:
            return read_table(folder / node.text())
        except OSError as error:
            raise node.error(f"{node.text()}: {error.strerror or error}") from None
        except UnicodeDecodeError as error:
            raise node.error(f"{node.text()}: is not UTF-8 ({error.reason} at byte {error.start})") from None
        except ValueError as error:
            raise node.error(f"{node.text()!r} is no path: {error}") from None
    return node.text()


def build_check(rule: Rule) -> Check:
    """Return the rule's check with its options set."""
    return check_class(rule.check)(**rule.options)
