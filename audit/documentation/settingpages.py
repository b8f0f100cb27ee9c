"""The page of the configuration: every key, what it means and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.configuration.keys import KEYS, OVERRIDE_KEYS, RULE_KEYS, Key

_INTRODUCTION = (
    "Settings stand in `audit.toml`, or under `[tool.audit]` in pyproject.toml; the file is found upwards from the "
    "first path. Paths in reports are relative to its folder, and so are paths in it. What is given on the command "
    "line wins. A mistake is told with file and line."
)
_PARTS = (
    ("Keys", "", KEYS),
    (
        'A rule: `[rules."names/ukraine-place"]`',
        "An id, a group or a glob; of several tables for a rule later ones win.",
        RULE_KEYS,
    ),
    (
        "Some files: `[[overrides]]`",
        "Later ones win; packs, rules and what is ignored come on top of what holds for all files.",
        OVERRIDE_KEYS,
    ),
)


def page() -> str:
    """Return the page of the configuration in Markdown."""
    lines = ["# Configuration", "", _INTRODUCTION, ""]
    for title, about, keys in _PARTS:
        lines += [f"## {title}", "", *([about, ""] if about else []), *_table(keys), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(keys: Mapping[str, Key]) -> list[str]:
    rows = [f"| `{name}` | {key.meaning} | {_wanted(key.schema)} |" for name, key in keys.items()]
    return ["| key | meaning | value |", "|---|---|---|", *rows]


def _wanted(schema: Mapping[str, Any]) -> str:
    """Return what a JSON schema wants, in words."""
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if schema["type"] == "array":
        return "a list of texts" if schema["items"].get("type") == "string" else "tables"
    words = {"string": "a text", "object": "a table", "integer": "a whole number", "number": "a number"}
    most = f" up to {schema['maximum']}" if "maximum" in schema else ""
    return f"{words[schema['type']]}{most}"
