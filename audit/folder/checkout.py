"""Where the repository of a run lies: code hosts want paths that are relative to it."""

from __future__ import annotations

import os
from pathlib import Path

from audit.folder.files import repository
from audit.report import Checkout

_GIVEN = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")  # by GitHub and GitLab, for a checkout that came without its history


def checkout(root: Path) -> Checkout:
    """Return the repository of `root`, to which a report's paths are relative, or else that of the current folder."""
    given = [Path(folder).resolve() for name in _GIVEN if (folder := os.environ.get(name))]
    folders = [folder for folder in (repository(root), repository(Path.cwd()), *given) if folder]
    return Checkout(root.as_posix(), tuple(folder.as_posix() for folder in folders))
