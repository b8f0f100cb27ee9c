"""Scratch repositories of git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

AUTHOR = {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A"), ("EMAIL", "a@b.c"))
}
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
ALLOW = ("-c", "protocol.file.allow=always")  # a submodule that lies in another folder


def git(folder: Path, *arguments: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, **AUTHOR, **NOBODY, **environment}
    command = ["git", "-C", str(folder), *ALLOW, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=check, env=variables)


def commit(folder: Path, message: str = "more") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def repository(folder: Path, files: dict[str, str]) -> Path:
    """Return `folder` as a repository with one commit, on the branch main, that holds `files`."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    write(folder, files)
    commit(folder, "first")
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
