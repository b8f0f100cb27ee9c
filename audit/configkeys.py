"""The keys of the configuration: what each means, what it wants, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from audit.detectors import NAMES
from audit.model import Confidence, Severity
from audit.packs import is_file
from audit.report import WEIGHTS, Weights
from audit.suggest import did_you_mean
from audit.tags import language_tag
from audit.tomlvalues import Value

NEVER = "never"
FIELDS = ("headline", "lede", "body", "caption", "target-language", "source-language")
SEVERITIES = {**{str(severity): severity for severity in reversed(Severity)}, NEVER: None}
CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
_MOST_POINTS = 1_000_000
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
    return found


def places(table: Value, keys: Mapping[str, Key]) -> dict[str, str]:
    """Return file and line of every setting that a table makes."""
    return {keys[name].setting: f"{value.path}:{value.line}" for name, value in table.pairs()}


def _text(value: Value, what: str) -> str:
    if not isinstance(value.value, str) or not value.value.strip():
        raise value.wants(what)
    return value.value


def _language(value: Value) -> str:
    try:
        return language_tag(_text(value, "wants a language tag, such as en or pt-BR"))
    except ValueError as error:
        raise value.wants(f"wants a language tag: {error}") from None


def _beside(value: Value) -> Path:
    """Return the path that stands here; it is relative to its file."""
    return value.path.absolute().parent / Path(_text(value, 'wants a path: "…"')).expanduser()


def _path(value: Value) -> str:
    return str(_beside(value))


def _texts(value: Value) -> tuple[str, ...]:
    if not isinstance(value.value, list):
        raise value.wants('wants a list of texts: ["…", "…"]')
    return tuple(_text(item, 'wants a list of texts: ["…", "…"]') for item in value.items())


def _packs(value: Value) -> tuple[str, ...]:
    names = zip(_texts(value), value.items(), strict=True)
    return tuple(_path(item) if is_file(name) else name for name, item in names)


def _number(least: float, most: float | None, *, whole: bool = False) -> Callable[[Value], Any]:
    bounds = f"from {least:g} up" if most is None else f"from {least:g} to {most:,}"

    def read(value: Value) -> Any:
        number = value.value
        right = isinstance(number, int if whole else int | float) and not isinstance(number, bool)
        if not right or not least <= number <= (number if most is None else most):
            raise value.wants(f"wants a number {bounds}")
        return number

    return read


def _choice(choices: Mapping[str, Any]) -> Callable[[Value], Any]:
    return lambda value: value.choice(choices)


def _weights(value: Value) -> Weights:
    points = {}
    for name, number in value.pairs():
        if name not in Weights._fields:
            raise number.error(f"“weights” has no severity “{name}”{did_you_mean(name, Weights._fields)}")
        points[name] = _number(0, _MOST_POINTS)(number)
    return Weights(**points)


def _fields(value: Value) -> dict[str, tuple[str, ...]]:
    fields = {}
    for role, names in value.pairs():
        if role not in FIELDS:
            raise names.error(f"“fields” has no field “{role}”{did_you_mean(role, FIELDS)}")
        fields[role] = _texts(names) if isinstance(names.value, list) else (_text(names, "wants the name of a field"),)
    return fields


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


_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_POINTS: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": _MOST_POINTS}


def _table_of(keys: Mapping[str, Key]) -> dict[str, Any]:
    properties = {name: {"description": key.meaning, **key.schema} for name, key in keys.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


RULE_KEYS: dict[str, Key] = {
    "severity": Key("severity", "How bad its findings are.", _enumeration(_RULE_SEVERITIES), _choice(_RULE_SEVERITIES)),
    "confidence": Key(
        "confidence",
        "How sure its findings count, except for those of low confidence, which stay so.",
        _enumeration(CONFIDENCES),
        _choice(CONFIDENCES),
    ),
    "options": Key(
        "options", "Options of its check, laid over its own: `audit explain` lists them.", {"type": "object"}, _options
    ),
}

_PER_FILE: dict[str, Key] = {
    "packs": Key(
        "packs", "Packs to switch on: names of packs that are off by default, or paths of your own.", _TEXTS, _packs
    ),
    "without-packs": Key("without_packs", "Packs to switch off.", _TEXTS, _texts),
    "select": Key("select", "Run only these rules: ids, groups or globs.", _TEXTS, _texts),
    "ignore": Key("ignore", "Leave these rules out: ids, groups or globs.", _TEXTS, _texts),
    "min-confidence": Key(
        "min_confidence", "Show findings from this confidence up.", _enumeration(CONFIDENCES), _choice(CONFIDENCES)
    ),
    "target-language": Key(
        "target_language", "Language of articles that do not name theirs: en, pt-BR, …", _TEXT, _language
    ),
    "source-language": Key("source_language", "Language that they were translated from.", _TEXT, _language),
    "names": Key("names", "Table of names as the house spells them, with the columns house and also.", _TEXT, _path),
    "rules": Key(
        "rules",
        "Settings of single rules, by id, group or glob.",
        {"type": "object", "additionalProperties": _table_of(RULE_KEYS)},
        _rules,
    ),
}

OVERRIDE_KEYS: dict[str, Key] = {
    "paths": Key("paths", "Globs of the files that it holds for, relative to this file's folder.", _TEXTS, _texts),
    **_PER_FILE,
}

KEYS: dict[str, Key] = {
    **_PER_FILE,
    "fail-on": Key(
        "fail_on",
        "End with 1 from findings of this severity up, or never.",
        _enumeration(SEVERITIES),
        _choice(SEVERITIES),
    ),
    "min-score": Key(
        "min_score",
        "End with 1 if an article scores less.",
        {"type": "number", "minimum": 0, "maximum": 100},
        _number(0, 100),
    ),
    "weights": Key(
        "weights",
        "Penalty points of a finding by severity.",
        {
            "type": "object",
            "properties": {name: {**_POINTS, "default": points} for name, points in WEIGHTS._asdict().items()},
            "additionalProperties": False,
        },
        _weights,
    ),
    "overrides": Key(
        "overrides",
        "Other settings for some files; of several that hold for a file, later ones win.",
        {"type": "array", "items": {**_table_of(OVERRIDE_KEYS), "required": ["paths"]}},
        _overrides,
    ),
    "fields": Key(
        "fields",
        "Names of the fields of articles in JSON, by what they hold.",
        {
            "type": "object",
            "properties": {role: {"anyOf": [_TEXT, _TEXTS]} for role in FIELDS},
            "additionalProperties": False,
        },
        _fields,
    ),
    "detector": Key(
        "detector",
        "Who is asked where words leave a doubt about a language.",
        {"enum": list(NAMES)},
        _choice({name: name for name in NAMES}),
    ),
    "ignore-file": Key("ignore_file", "File of accepted findings; audit-ignore.toml by default.", _TEXT, _path),
    "baseline": Key("baseline", "Baseline of known findings: only what is new is shown.", _TEXT, _path),
    "cache-dir": Key("cache_dir", "Folder that keeps results of unchanged files from run to run.", _TEXT, _beside),
    "jobs": Key(
        "jobs", "Processes; 0 takes as many as pay.", {"type": "integer", "minimum": 0}, _number(0, None, whole=True)
    ),
}
