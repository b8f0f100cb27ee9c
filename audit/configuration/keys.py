"""The keys of the configuration: what each means, what it wants, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from audit.configuration import values
from audit.configuration.tomlvalues import Value
from audit.language.detectors import NAMES
from audit.language.tags import WRITTEN
from audit.model import Confidence, Severity
from audit.report import WEIGHTS
from audit.rulebook.packs import is_file
from audit.suggest import did_you_mean

NEVER = "never"
SEVERITIES = {**{str(severity): severity for severity in reversed(Severity)}, NEVER: None}
CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
_RULE_SEVERITIES = {str(severity): severity for severity in reversed(Severity)}


class Key(NamedTuple):
    """A key of the configuration: the setting that it makes, its meaning, its JSON schema, and who reads its value."""

    setting: str
    meaning: str
    schema: Mapping[str, Any]
    read: Callable[[Value], Any]


class RuleSettings(NamedTuple):
    """What the configuration says of the rules that the glob `rule` means.

    `severity` and `confidence` take the place of a rule's own, except that what is unsure stays so; `options` are laid
    over the options of its check. `where` is the file and line that says so.
    """

    rule: str
    severity: Severity | None = None
    confidence: Confidence | None = None
    options: Value | None = None
    where: str = ""


class Override(NamedTuple):
    """Settings for files that one of the globs `paths` means; `where` says where each of them stands."""

    paths: tuple[str, ...]
    settings: Mapping[str, Any]
    where: Mapping[str, str]


def settings(table: Value, keys: Mapping[str, Key], what: str = "") -> dict[str, Any]:
    """Return the settings that a table of the configuration makes; `what` is how to call it where a key is unknown."""
    found = {}
    for name, value in table.pairs():
        if name not in keys:
            raise value.error(f"unknown key “{name}”{what}{did_you_mean(name, keys)}")
        found[keys[name].setting] = keys[name].read(value)
    for name in sorted(pack_names(found.get("packs", ())) & {*found.get("without_packs", ())}):
        value = dict(table.pairs())["without-packs"]
        raise value.error(f"“{name}” is switched on by “packs” and off by “without-packs”")
    return found


def pack_names(packs: Iterable[str]) -> set[str]:
    """Return the names of packs, some of which are named by their files."""
    return {Path(pack).stem if is_file(pack) else pack for pack in packs}


def places(table: Value, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return file and line of every setting that a table makes."""
    return {keys[name].setting: f"{value.path}:{value.line}" for name, value in table.pairs()}


def _rules(value: Value) -> tuple[RuleSettings, ...]:
    return tuple(
        RuleSettings(rule, **settings(table, RULE_KEYS, " of a rule"), where=f"{table.path}:{table.line}")
        for rule, table in value.pairs()
    )


def _options(value: Value) -> Value:
    for _ in value.pairs():  # that it is a table is told now; what is in it, where the rule is known
        break
    return value


def _overrides(value: Value) -> tuple[Override, ...]:
    if not isinstance(value.value, list):
        raise value.error("“overrides” is a list: each of them begins with [[overrides]]")
    return tuple(_override(table) for table in value.items())


def _override(table: Value) -> Override:
    found = settings(table, OVERRIDE_KEYS, " of an override")
    paths = found.pop("paths", ())
    if not paths:
        raise table.error('an override needs the paths that it holds for: paths = ["sport/**"]')
    if not found:
        raise table.error("an override needs a setting beside its paths")
    return Override(paths, found, places(table, OVERRIDE_KEYS))


def _enumeration(names: Mapping[str, Any]) -> dict[str, Any]:
    return {"enum": list(names)}


_TEXT: dict[str, Any] = {"type": "string", "pattern": r"\S"}
_TAG: dict[str, Any] = {"type": "string", "pattern": rf"^\s*{WRITTEN}\s*$"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_POINTS: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": values.MOST_POINTS}


def table_of(keys: Mapping[str, Key]) -> dict[str, Any]:
    """Return the JSON schema of a table with these keys."""
    properties = {name: {"description": key.meaning, **key.schema} for name, key in keys.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


RULE_KEYS: dict[str, Key] = {
    "severity": Key(
        "severity", "How bad its findings are.", _enumeration(_RULE_SEVERITIES), values.choice(_RULE_SEVERITIES)
    ),
    "confidence": Key(
        "confidence",
        "How sure its findings count, except for those of low confidence, which stay so.",
        _enumeration(CONFIDENCES),
        values.choice(CONFIDENCES),
    ),
    "options": Key(
        "options",
        "Options of its check, laid over the rule's own; its check's page lists them.",
        {"type": "object"},
        _options,
    ),
}

_PER_FILE: dict[str, Key] = {
    "packs": Key(
        "packs",
        "Packs to switch on: names of packs that are off by default, or paths of your own.",
        _TEXTS,
        values.packs,
    ),
    "without-packs": Key("without_packs", "Packs to switch off.", _TEXTS, values.texts),
    "select": Key("select", "Run only these rules: ids, groups or globs.", _TEXTS, values.texts),
    "ignore": Key("ignore", "Leave these rules out: ids, groups or globs.", _TEXTS, values.texts),
    "min-confidence": Key(
        "min_confidence",
        "Show findings from this confidence up.",
        _enumeration(CONFIDENCES),
        values.choice(CONFIDENCES),
    ),
    "target-language": Key(
        "target_language", "Language of articles that do not name theirs: en, pt-BR, …", _TAG, values.language
    ),
    "source-language": Key("source_language", "Language that they were translated from.", _TAG, values.language),
    "names": Key(
        "names", "Table of names as the house spells them, with the columns house and also.", _TEXT, values.path
    ),
    "rules": Key(
        "rules",
        "Settings of single rules, by id, group or glob.",
        {"type": "object", "additionalProperties": table_of(RULE_KEYS)},
        _rules,
    ),
}

OVERRIDE_KEYS: dict[str, Key] = {
    "paths": Key(
        "paths",
        "Globs of the files that it holds for, relative to this file's folder.",
        {**_TEXTS, "minItems": 1},
        values.texts,
    ),
    **_PER_FILE,
}

KEYS: dict[str, Key] = {
    **_PER_FILE,
    "fail-on": Key(
        "fail_on",
        "End with 1 from findings of this severity up, or never.",
        _enumeration(SEVERITIES),
        values.choice(SEVERITIES),
    ),
    "min-score": Key(
        "min_score",
        "End with 1 if an article scores less.",
        {"type": "number", "minimum": 0, "maximum": 100},
        values.number(0, 100),
    ),
    "weights": Key(
        "weights",
        "Penalty points of a finding by severity.",
        {
            "type": "object",
            "properties": {name: {**_POINTS, "default": points} for name, points in WEIGHTS._asdict().items()},
            "additionalProperties": False,
        },
        values.weights,
    ),
    "overrides": Key(
        "overrides",
        "Other settings for some files; of several that hold for a file, later ones win.",
        {"type": "array", "items": {**table_of(OVERRIDE_KEYS), "required": ["paths"], "minProperties": 2}},
        _overrides,
    ),
    "fields": Key(
        "fields",
        "Names of the fields of articles in JSON, by what they hold.",
        {
            "type": "object",
            "properties": {role: {"anyOf": [_TEXT, _TEXTS]} for role in values.FIELDS},
            "additionalProperties": False,
        },
        values.fields,
    ),
    "detector": Key(
        "detector",
        "Who is asked where words leave a doubt about a language.",
        {"enum": list(NAMES)},
        values.choice({name: name for name in NAMES}),
    ),
    "ignore-file": Key("ignore_file", "File of accepted findings; audit-ignore.toml by default.", _TEXT, values.path),
    "baseline": Key("baseline", "Baseline of known findings: only what is new is shown.", _TEXT, values.path),
    "cache-dir": Key("cache_dir", "Folder that keeps results of unchanged files from run to run.", _TEXT, values.place),
    "jobs": Key(
        "jobs",
        "Processes; 0 takes as many as pay.",
        {"type": "integer", "minimum": 0},
        values.number(0, None, whole=True),
    ),
}
