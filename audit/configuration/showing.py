"""Show the settings in force, as a configuration file that would make them, with where each comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any

from audit.configuration.config import Config
from audit.configuration.keys import KEYS, NEVER, OVERRIDE_KEYS, Key, Override, RuleSettings
from audit.configuration.tomltext import key as quoted
from audit.configuration.tomltext import written
from audit.configuration.tomlvalues import Value
from audit.rulebook.packs import is_file

_TABLES = ("rules", "fields", "weights", "overrides")  # tables stand last in TOML
_COLUMN = 40  # where comments stand, if the values leave room


def shown(config: Config) -> str:
    """Return the settings of a run as TOML that makes them again in the folder that paths are relative to."""
    lines = [f"# The settings in force; paths are relative to {config.root}", ""]
    for name, key in KEYS.items():
        if name not in _TABLES:
            lines.append(_setting(config, name, key))
    lines += [f"# given: {option}" for option in _only_given(config)]
    lines += _table("fields", config.fields, _origin(config, "fields"), config)
    lines += _table("weights", config.weights._asdict(), _origin(config, "weights"), config)
    lines += _rules("rules", config.rules, config.root)
    for override in config.overrides:
        lines += _override(override, config)
    return "\n".join(lines) + "\n"


def _setting(config: Config, name: str, key: Key) -> str:
    value = getattr(config, key.setting)
    origin = _origin(config, key.setting)
    if name == "target-language" and config.forced_language:
        value, origin = config.forced_language, "command line, even for articles that name theirs"
    if value is None and name != "fail-on":
        return f"# {name} is not set"
    return _with_comment(f"{name} = {written(_plain(name, value, config))}", origin)


def _only_given(config: Config) -> Iterator[str]:
    """Yield the options in force that no configuration file can hold."""
    if config.changed_since is not None:
        yield f"--changed-since {' '.join(config.changed_since.split())}"
    switches = {
        "--only-articles": config.only_articles,
        "--ratchet": config.ratchet,
        "--no-ignores": not config.ignores,
        "--no-cache": config.no_cache,
    }
    yield from (option for option, is_on in switches.items() if is_on)


def _origin(config: Config, setting: str) -> str:
    if setting in config.given:
        return "command line"
    if setting == "cache_dir" and os.environ.get("AUDIT_CACHE_DIR"):
        return "$AUDIT_CACHE_DIR"
    return _place(config.where.get(setting, "default"), config.root)


def _place(where: str, root: Path) -> str:
    """Return file and line, the file relative to `root` if it lies there."""
    return where.removeprefix(f"{root}{os.sep}")


def _with_comment(line: str, comment: str) -> str:
    return f"{line:{_COLUMN}}  # {' '.join(comment.split())}"


def _plain(name: str, value: Any, config: Config) -> Any:
    """Return a setting as the configuration file has it."""
    if value is None:
        return NEVER
    if isinstance(value, IntEnum):
        return str(value)
    if name == "packs":
        return [_near(pack, config.root) if is_file(pack) else pack for pack in value]
    if name in ("names", "ignore-file", "baseline", "cache-dir"):
        return _near(str(value), config.root)
    return value


def _near(path: str, root: Path) -> str:
    """Return a path relative to `root` where it lies below it."""
    place = Path(os.path.abspath(path))
    return (place.relative_to(root) if place.is_relative_to(root) else place).as_posix()


def _table(name: str, table: Mapping[str, Any], origin: str, config: Config) -> Iterator[str]:
    if table:
        yield from ("", _with_comment(f"[{name}]", origin))
        yield from (f"{quoted(key)} = {written(_plain(key, value, config))}" for key, value in table.items())


def _rules(name: str, rules: tuple[RuleSettings, ...], root: Path) -> Iterator[str]:
    for one in rules:
        yield from ("", _with_comment(f"[{name}.{quoted(one.rule)}]", _place(one.where, root)))
        if one.severity is not None:
            yield f"severity = {written(str(one.severity))}"
        if one.confidence is not None:
            yield f"confidence = {written(str(one.confidence))}"
        if one.options is not None:
            options: Value = one.options
            yield f"options = {written(options.value)}"


def _override(override: Override, config: Config) -> Iterator[str]:
    yield from ("", "[[overrides]]", f"paths = {written(override.paths)}")
    for name, key in OVERRIDE_KEYS.items():
        if key.setting in override.settings and name != "rules":
            value = _plain(name, override.settings[key.setting], config)
            where = _place(override.where.get(key.setting, ""), config.root)
            yield _with_comment(f"{name} = {written(value)}", where)
    yield from _rules("overrides.rules", override.settings.get("rules", ()), config.root)
