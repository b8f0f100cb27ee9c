"""Begin a configuration: a commented file that suits the articles of a folder."""

from __future__ import annotations

import os
from enum import IntEnum
from pathlib import Path
from typing import Any

from audit.configuration.config import Config
from audit.configuration.keys import KEYS, NEVER
from audit.configuration.looking import Seen, look
from audit.configuration.tomltext import written
from audit.folder import files
from audit.model import AuditError

NAME = "audit.toml"
_TABLES = {  # keys whose values are tables, with an example of each
    "fields": '[fields]\nbody = ["html", "text"]',
    "rules": '[rules."names/*"]\nseverity = "note"',
    "overrides": '[[overrides]]\npaths = ["sport/**"]\nignore = ["numbers"]',
    "weights": "[weights]\nerror = 5",
}
_EXAMPLES: dict[str, Any] = {  # of keys that are not set by default
    "target-language": "en",
    "source-language": "sr",
    "names": "house.tsv",
    "min-score": 90,
    "ignore-file": "audit-ignore.toml",
    "baseline": "audit-baseline.json",
    "cache-dir": ".cache/audit",
}


def begin(folder: Path, *, force: bool) -> Seen:
    """Write a configuration into `folder`; return what was seen there.

    Raises `AuditError` if there is one already, unless `force` says to replace it, or if it cannot be written.
    """
    target, project = folder / NAME, folder / "pyproject.toml"
    if not folder.is_dir():
        raise AuditError(f"{folder}: is no folder")
    if os.path.lexists(target) and not force:
        raise AuditError(f"{target}: is there already; --force writes it anew")
    if project.is_file() and "[tool.audit" in project.read_text(encoding="utf-8", errors="replace"):
        raise AuditError(f"{project}: configures audit already, under [tool.audit]")
    seen = look(folder)
    try:
        with files.write_whole(target) as stream:
            stream.write(text(seen))
    except OSError as error:
        raise AuditError(f"{target}: cannot be written: {error.strerror or error}") from None
    return seen


def text(seen: Seen) -> str:
    """Return a configuration that suits what was seen; all other keys are comments."""
    lines = ["# Configuration of audit. What is commented out shows what could stand there.", ""]
    for name, key in KEYS.items():
        if name in _TABLES:
            continue
        lines.append(f"# {key.meaning}")
        if name == "target-language" and seen.language:
            lines += [f"{name} = {written(seen.language)}", ""]
        else:
            lines += [f"# {name} = {written(_EXAMPLES.get(name, _default(key.setting)))}", ""]
    for name, example in _TABLES.items():
        lines += [f"# {KEYS[name].meaning}", *(_own(name, seen) or [f"# {line}" for line in example.split("\n")]), ""]
    return "\n".join(lines)


def _default(setting: str) -> Any:
    value = getattr(Config(Path()), setting)
    if value is None:
        return NEVER
    return str(value) if isinstance(value, IntEnum) else value


def _own(name: str, seen: Seen) -> list[str]:
    """Return the tables of a key that what was seen asks for."""
    if name == "fields" and seen.body:
        return ["[fields]", f"body = {written([seen.body])}"]
    if name != "overrides":
        return []
    tables = [
        ["[[overrides]]", f"paths = {written([f'{folder}/**'])}", f"target-language = {written(language)}", ""]
        for folder, language in seen.folders.items()
    ]
    return [line for table in tables for line in table][:-1]


def told(seen: Seen) -> str:
    """Return in a sentence what was seen."""
    if not seen.formats:
        extra = f"; JSON with texts in the field “{seen.body}”, which is now that of the body" if seen.body else ""
        return f"No article was found{extra}."
    counts = ", ".join(f"{count:,} in {name}" for name, count in seen.formats.most_common())
    languages = [f"in {folder}/ {language}" for folder, language in seen.folders.items()]
    languages = [*([seen.language] if seen.language else []), *languages]
    spoken = f"; those that do not name their language: {', '.join(languages)}" if languages else ""
    number = seen.formats.total()
    return f"Looked at {number:,} file{'s' if number > 1 else ''} with articles ({counts}){spoken}."
