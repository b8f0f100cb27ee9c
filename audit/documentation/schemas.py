"""JSON Schemas, for editors that complete and check what somebody writes: configuration, packs, reports."""

from __future__ import annotations

import dataclasses
import json
import types
from pathlib import Path
from typing import Any, Literal, Union, cast, get_args, get_origin

from audit import plugins
from audit.configuration.keys import KEYS, table_of
from audit.language.tags import WRITTEN
from audit.model import Confidence, Kind, Severity, Table
from audit.rulebook import packfile

_DRAFT = "http://json-schema.org/draft-07/schema#"  # the newest that editors for TOML and for YAML both know
_TEXT: dict[str, Any] = {"type": "string"}
_TRUTH: dict[str, Any] = {"type": "boolean"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_TAG: dict[str, Any] = {"type": "string", "pattern": f"^{WRITTEN}$"}
_MESSAGE = r"^([^{}]|\{\{|\}\}|\{[^\W\d]\w*\})*$"  # braces hold the name of a value

_RULE_KEYS: dict[str, tuple[str, dict[str, Any]]] = {
    "id": ("Its name: group/what-is-wrong.", {"type": "string", "pattern": f"^{packfile.RULE_ID}$"}),
    "check": ("The check that finds it.", _TEXT),
    "severity": ("How bad it is.", {"enum": [str(severity) for severity in reversed(Severity)]}),
    "category": ("What it is in MQM, such as locale/number-format.", _TEXT),
    "message": (
        "What a reader is told; {found} is what was found, other braces hold what the check gives.",
        {"type": "string", "pattern": _MESSAGE},
    ),
    "why": ("Why it is wrong, and where the rule comes from.", _TEXT),
    "options": ("Options of its check.", {"type": "object"}),
    "languages": ("Target languages that it holds for; without them all.", {"type": "array", "items": _TAG}),
    "kinds": (
        "Blocks that it looks at; without them all.",
        {"type": "array", "items": {"enum": [str(kind) for kind in Kind]}},
    ),
    "aliases": ("Names that it had before.", _TEXTS),
    "critical": ("Whether it makes the whole article worthless.", _TRUTH),
    "examples": ("Texts that prove it: those where it stays silent first.", {"type": "array"}),
}
_EXAMPLE_KEYS: dict[str, tuple[str, dict[str, Any]]] = {
    "bad": ("A text in which [[what is wrong]] is marked.", {"type": "string", "pattern": r"\[\["}),
    "good": ("A text in which nothing is wrong.", {"type": "string", "not": {"pattern": r"\[\[|\]\]"}}),
    "fixed": ("The bad text as the fix leaves it.", _TEXT),
    "target_language": ("Language of the text.", _TAG),
    "source_language": ("Language that it was translated from.", _TAG),
    "confidence": ("How sure its findings are.", {"enum": [str(confidence) for confidence in Confidence]}),
    "format": ("Format of the text, as `audit formats` lists them.", _TEXT),
    "known_failure": ("Whether the rule is known to be wrong here.", _TRUTH),
}


def schema(name: str) -> dict[str, Any]:
    """Return the schema of the configuration (`config`), of packs (`pack`) or of the JSON report (`report`)."""
    if name == "report":
        published: dict[str, Any] = json.loads((folder() / "report.schema.json").read_text(encoding="utf-8"))
        return published
    return _config() if name == "config" else _pack()


def folder() -> Path:
    """Return where the schemas lie in the package."""
    return Path(__file__).parent.parent / "schemas"


def written(schema: dict[str, Any]) -> str:
    """Return a schema as a file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _config() -> dict[str, Any]:
    about = "What `audit.toml` holds, or the table `[tool.audit]` of pyproject.toml."
    return {"$schema": _DRAFT, "title": "Configuration of audit", "description": about, **table_of(KEYS)}


def _pack() -> dict[str, Any]:
    rule = _object(_RULE_KEYS, packfile.RULE_REQUIRED, packfile.RULE_OPTIONAL)
    example = _object(_EXAMPLE_KEYS, frozenset(), packfile.EXAMPLE_KEYS | {"bad", "good"})
    example["oneOf"] = [{"required": ["bad"]}, {"required": ["good"]}]
    rule["properties"]["examples"]["items"] = {"$ref": "#/definitions/example"}
    names = plugins.all_names("checks")
    rule["properties"]["check"]["enum"] = list(names)
    rule["allOf"] = [_with_options(name) for name in names]
    example["properties"]["format"]["enum"] = list(plugins.all_names("readers"))
    return {
        "$schema": _DRAFT,
        "title": "Pack of rules for audit",
        "description": "Rules as data, each proved by its own examples.",
        "type": "object",
        "required": sorted(packfile.PACK_REQUIRED),
        "properties": {
            "description": {"description": "What the pack finds, in a sentence.", **_TEXT},
            "default": {"description": "Whether it is on unless somebody switches it off.", **_TRUTH},
            "rules": {
                "description": "The rules, in the order in which they are listed.",
                "type": "array",
                "items": {"$ref": "#/definitions/rule"},
            },
        },
        "additionalProperties": False,
        "definitions": {"rule": rule, "example": example},
    }


def _object(
    keys: dict[str, tuple[str, dict[str, Any]]], required: frozenset[str], optional: frozenset[str]
) -> dict[str, Any]:
    return {
        "type": "object",
        "required": sorted(required),
        "properties": {
            name: {"description": meaning, **kind}
            for name, (meaning, kind) in keys.items()
            if name in required or name in optional
        },
        "additionalProperties": False,
    }


def _with_options(check: str) -> dict[str, Any]:
    """Return what holds for the options of rules that this check finds."""
    defaults = {field.name: field.default for field in dataclasses.fields(cast(Any, packfile.check_class(check)))}
    kinds = packfile.option_types(check)
    options: dict[str, Any] = {
        "properties": {name: {**_kind(kind), **_default(defaults[name])} for name, kind in kinds.items()},
        "additionalProperties": False,
    }
    then: dict[str, Any] = {"properties": {"options": options}}
    if required := packfile.required_options(check):
        options["required"] = list(required)
        then["required"] = ["options"]
    return {"if": {"properties": {"check": {"const": check}}, "required": ["check"]}, "then": then}


def _kind(kind: Any) -> dict[str, Any]:
    if get_origin(kind) in (Union, types.UnionType):
        return _kind(next(choice for choice in get_args(kind) if choice is not type(None)))
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _kind(get_args(kind)[0])}
    if kind is Table:
        return {"description": "A table (TSV) beside the pack.", **_TEXT}
    return {bool: _TRUTH, int: {"type": "integer"}, float: {"type": "number"}}.get(kind, _TEXT)


def _default(value: Any) -> dict[str, Any]:
    return {"default": value} if isinstance(value, bool | int | float) or (isinstance(value, str) and value) else {}
