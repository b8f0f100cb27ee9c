"""Read the configuration: `[tool.audit]` in pyproject.toml or audit.toml, checked key by key with file and line."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import regex

from audit.detectors import DEFAULT, NAMES
from audit.files import repository
from audit.model import AuditError, Confidence, Severity
from audit.packs import is_file
from audit.report import WEIGHTS, Weights
from audit.suggest import did_you_mean
from audit.tags import language_tag

NEVER = "never"
_MOST_POINTS = 1_000_000
FIELDS = ("headline", "lede", "body", "caption", "target-language", "source-language")


@dataclasses.dataclass(slots=True)
class Config:
    """The settings of a run. `root` is the folder that paths in reports are relative to.

    `target_language` is for articles that do not name theirs; `forced_language` holds even for those that do.
    `detector` is asked where words leave a doubt about a language.
    `fail_on` is the least severity that closes the gate, None for never; so does an article that scores less than
    `min_score`. `jobs` 0 means as many as pay. `shows_articles` says that a report may ask for the texts.
    `changed_since` names the git revision since which files and blocks must have changed; with `only_articles` a file
    that is named outright may be passed over, as in a folder.
    `ignores` says that suppressions hold; `ignore_file` and `baseline` are paths. `narrowed` says that this run alone
    leaves something out that others find.
    `cache_dir` is the folder that keeps results from run to run; there is none unless it is named, or with `no_cache`.
    """

    root: Path
    packs: tuple[str, ...] = ()
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
    changed_since: str | None = None
    only_articles: bool = False
    ignores: bool = True
    ignore_file: str | None = None
    baseline: str | None = None
    ratchet: bool = False
    narrowed: bool = False
    cache_dir: str | Path | None = None
    no_cache: bool = False

    @property
    def keeps(self) -> bool:
        """Tell whether results are kept for the next run."""
        return self.cache_dir is not None and not self.no_cache


class _WrongValueError(Exception):
    """What a setting wants instead of the value it was given; told behind the name of the setting."""


def load(first_path: str, settings: Mapping[str, Any], file: str | None = None) -> Config:
    """Return the configuration found upwards from `first_path`, or in `file`, with `settings` laid over it.

    Packs in `settings` come on top of those of the file.
    """
    start = Path(first_path)
    start = start if os.path.isdir(start) else start.parent  # asked of `os`: a Path may raise where nobody may look
    found = Path(file) if file else _find(start)
    root = found.parent if found else repository(start) or Path.cwd()
    values: dict[str, Any] = _read(found) if found else {}
    for name, value in settings.items():
        if name not in _NAMES:
            raise AuditError(f"there is no setting “{name}”{did_you_mean(name, _NAMES)}")
        values[name] = (*values.get("packs", ()), *value) if name == "packs" else value
    return Config(root=root.absolute().resolve(), narrowed=any(name in settings for name in _NARROWING), **values)


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


def _read(path: Path) -> dict[str, Any]:
    """Return the settings in a configuration file by their name in `Config`."""
    try:
        text = path.read_text(encoding="utf-8")
        tree = tomllib.loads(text)
    except OSError as error:
        raise AuditError(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise AuditError(f"{path}: is not UTF-8 ({error.reason} at byte {error.start})") from None
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"\(at line (\d+)", str(error))
        line = f":{place.group(1)}" if place else ""
        reason = str(error).partition(" (at ")[0]
        raise AuditError(f"{path}{line}: {reason}") from None
    if path.name == "pyproject.toml":
        tree = tree.get("tool", {}).get("audit", {})
    settings = {}
    for key, value in tree.items():
        where = f"{path}:{_line(text, key)}"
        if key not in _KEYS:
            raise AuditError(f"{where}: unknown key “{key}”{did_you_mean(key, _KEYS)}")
        name, parse = _KEYS[key]
        try:
            settings[name] = parse(value)
        except _WrongValueError as error:
            raise AuditError(f"{where}: “{key}” {error}") from None
    if "cache_dir" in settings:
        settings["cache_dir"] = path.absolute().parent / settings["cache_dir"]
    if "packs" in settings:
        settings["packs"] = tuple(_beside(path, name) for name in settings["packs"])
    for name in ("ignore_file", "baseline"):
        if name in settings:
            settings[name] = str(path.absolute().parent / settings[name])
    return settings


def _beside(path: Path, pack: str) -> str:
    """Return a pack that a configuration file names: files are relative to it."""
    return str(path.absolute().parent / pack) if is_file(pack) else pack


def _line(text: str, key: str) -> int:
    """Return the line that sets `key`; TOML's parser does not tell."""
    place = regex.search(rf"""(?m)^\s*(?:\[(?:[\w.]+\.)?)?["']?{regex.escape(key)}["']?\s*[]=.]""", text)
    return text.count("\n", 0, place.end()) + 1 if place else 1


def _language(value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongValueError("wants a language tag, such as en or pt-BR")
    try:
        return language_tag(value)
    except ValueError as error:
        raise _WrongValueError(f"wants a language tag: {error}") from None


def _path(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise _WrongValueError('wants the path of a file: "…"')
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _WrongValueError('wants a list of texts: ["…", "…"]')
    return tuple(value)


def _folder(value: Any) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise _WrongValueError("wants the path of a folder")
    return Path(value).expanduser()


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _WrongValueError("wants a number from 0 up")
    return value


def _points(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _MOST_POINTS:
        raise _WrongValueError(f"wants a number from 0 to {_MOST_POINTS:,}")
    return value


def _score(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100:
        raise _WrongValueError("wants a number from 0 to 100")
    return value


def _weights(value: Any) -> Weights:
    if not isinstance(value, dict):
        raise _WrongValueError("wants a table: {note = 0, warning = 1, error = 5, critical = 25}")
    for name in value:
        if name not in Weights._fields:
            raise _WrongValueError(f"has no severity “{name}”{did_you_mean(name, Weights._fields)}")
    return Weights(**{name: _points(points) for name, points in value.items()})


def _one_of(choices: Mapping[str, Any]) -> Callable[[Any], Any]:
    def parse(value: Any) -> Any:
        if value not in choices:
            raise _WrongValueError(f"wants one of {', '.join(choices)}")
        return choices[value]

    return parse


def _fields(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _WrongValueError("wants a table of names")
    for role in value:
        if role not in FIELDS:
            raise _WrongValueError(f"has no field “{role}”{did_you_mean(role, FIELDS)}")
    return {role: _texts(names if isinstance(names, list) else [names]) for role, names in value.items()}


SEVERITIES = {**{str(severity): severity for severity in reversed(Severity)}, NEVER: None}
CONFIDENCES = {str(confidence): confidence for confidence in Confidence}
_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "packs": ("packs", _texts),
    "select": ("select", _texts),
    "ignore": ("ignore", _texts),
    "min-confidence": ("min_confidence", _one_of(CONFIDENCES)),
    "fail-on": ("fail_on", _one_of(SEVERITIES)),
    "target-language": ("target_language", _language),
    "source-language": ("source_language", _language),
    "detector": ("detector", _one_of({name: name for name in NAMES})),
    "jobs": ("jobs", _count),
    "min-score": ("min_score", _score),
    "weights": ("weights", _weights),
    "fields": ("fields", _fields),
    "ignore-file": ("ignore_file", _path),
    "baseline": ("baseline", _path),
    "cache-dir": ("cache_dir", _folder),
}
_NAMES = {field.name for field in dataclasses.fields(Config)} - {"root", "narrowed"}
_NARROWING = ("select", "ignore", "min_confidence", "changed_since")
