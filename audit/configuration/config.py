"""Read the configuration: `[tool.audit]` in pyproject.toml or audit.toml, checked key by key with file and line."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from audit.configuration.keys import KEYS, Override, RuleSettings, pack_names, places, settings
from audit.configuration.tomlvalues import read
from audit.folder.files import repository
from audit.language.detectors import DEFAULT
from audit.model import AuditError, Confidence, Severity
from audit.report import WEIGHTS, Weights
from audit.suggest import did_you_mean

ADDED = ("packs", "without_packs", "ignore", "rules")  # what overrides say of these comes on top


@dataclasses.dataclass(slots=True)
class Config:
    """The settings of a run. `root` is the folder that paths in reports are relative to.

    `target_language` is for articles that do not name theirs; `forced_language` holds even for those that do.
    `detector` is asked where words leave a doubt about a language.
    `fail_on` is the least severity that closes the gate, None for never; so does an article that scores less than
    `min_score`. `jobs` 0 means as many as pay. `shows_articles` says that a report may ask for the texts,
    `hashes_lines` that it asks for the hashes of their lines.
    `changed_since` names the git revision since which files and blocks must have changed; with `only_articles` a file
    that is named outright may be passed over, as in a folder.
    `ignores` says that suppressions hold; `ignore_file` and `baseline` are paths. `narrowed` says that this run alone
    leaves something out that others find.
    `rules` are settings of single rules, of which later ones win; `names` is the table of the house; `overrides` hold
    for some files. `where` tells file and line of what the configuration file sets, `given` what somebody else set.
    `cache_dir` is the folder that keeps results from run to run; there is none unless it is named, or with `no_cache`.
    """

    root: Path
    packs: tuple[str, ...] = ()
    without_packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    fail_on: Severity | None = Severity.WARNING
    target_language: str | None = None
    forced_language: str | None = None
    source_language: str | None = None
    detector: str = DEFAULT
    jobs: int = 0
    fields: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    min_score: float | None = None
    weights: Weights = WEIGHTS
    shows_articles: bool = True
    hashes_lines: bool = False
    changed_since: str | None = None
    only_articles: bool = False
    ignores: bool = True
    ignore_file: str | None = None
    baseline: str | None = None
    ratchet: bool = False
    narrowed: bool = False
    cache_dir: str | Path | None = None
    no_cache: bool = False
    rules: tuple[RuleSettings, ...] = ()
    names: str | None = None
    overrides: tuple[Override, ...] = ()
    where: Mapping[str, str] = dataclasses.field(default_factory=dict)
    given: frozenset[str] = frozenset()

    @property
    def keeps(self) -> bool:
        """Tell whether results are kept for the next run."""
        return self.cache_dir is not None and not self.no_cache


def load(first_path: str, given: Mapping[str, Any], file: str | None = None) -> Config:
    """Return the configuration found upwards from `first_path`, or in `file`, with the settings `given` laid over it.

    Packs in `given` come on top of those of the file.
    """
    start = Path(first_path)
    start = start if os.path.isdir(start) else start.parent  # asked of `os`: a Path may raise where nobody may look
    found = Path(file) if file else _find(start)
    root = found.parent if found else repository(start) or Path.cwd()
    values = _read(found) if found else {"where": {}}
    for name, value in given.items():
        if name not in _NAMES:
            raise AuditError(f"there is no setting “{name}”{did_you_mean(name, _NAMES)}")
        if name == "packs":
            values["without_packs"] = _still_off(values.get("without_packs", ()), value)
            value = (*values.get("packs", ()), *value)
        else:
            values["where"].pop(name, None)
        values[name] = value
    narrowed = any(name in given for name in _NARROWING)
    return Config(root=root.absolute().resolve(), narrowed=narrowed, given=frozenset(given), **values)


def overridden(config: Config, override: Override) -> Config:
    """Return the configuration for files that `override` holds for; what was given on the command line stays."""
    changes: dict[str, Any] = {"where": {**config.where, **override.where}}
    for name, value in override.settings.items():
        if name in ADDED:
            changes[name] = (*getattr(config, name), *value)
        elif name not in config.given:
            changes[name] = value
    off = _still_off(config.without_packs, override.settings.get("packs", ()))
    changes["without_packs"] = (*off, *override.settings.get("without_packs", ()))
    return dataclasses.replace(config, **changes)


def _still_off(without: tuple[str, ...], packs: Iterable[str]) -> tuple[str, ...]:
    """Return the names of packs that stay switched off when others are switched on."""
    on = pack_names(packs)
    return tuple(name for name in without if name not in on)


def _read(path: Path) -> dict[str, Any]:
    """Return the settings in a configuration file by their name in `Config`, and where each stands."""
    table = read(path, *(("tool", "audit") if path.name == "pyproject.toml" else ()))
    return {**settings(table, KEYS), "where": places(table, KEYS)}


def above(folder: Path) -> Path | None:
    """Return the configuration that a folder goes by without having one of its own."""
    found = _find(folder.absolute())
    return None if found is None or found.parent == folder.absolute() else found


def _find(folder: Path) -> Path | None:
    absolute = folder.absolute()
    for place in (absolute, *absolute.parents):
        if os.path.isfile(place / "audit.toml"):
            return place / "audit.toml"
        project = place / "pyproject.toml"
        if os.path.isfile(project) and _names_audit(project):
            return project
    return None


def _names_audit(project: Path) -> bool:
    try:
        return "[tool.audit" in project.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise AuditError(f"{project}: {error.strerror or error}") from None


_NAMES = {field.name for field in dataclasses.fields(Config)} - {"root", "narrowed", "given", "where"}
_NARROWING = ("select", "ignore", "min_confidence", "changed_since")
