"""The guides in docs/ do what they say: their files are written, their commands are run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import ROOT

BLOCK = re.compile(r"(?ms)^```(\w+)([^\n]*)\n(.*?)^```")


def blocks(guide: str) -> list[tuple[str, str, str]]:
    return BLOCK.findall((ROOT / "docs" / guide).read_text(encoding="utf-8"))


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which `audit` is a scratch copy of the checkout."""
    for name in ("audit", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / "reports" / "quality.json", tmp_path / "reports")
    shutil.copytree(ROOT / "tests" / "articles", tmp_path / "articles")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "audit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n')
    command.chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PYTHONPATH": str(tmp_path), "PATH": path}


def follow(guide: str, folder: Path, environment: dict[str, str]) -> str:
    """Write the files of a guide and run its commands in their order; return what they print."""
    said = ""
    for language, info, text in blocks(guide):
        if found := re.search(r"title=(\S+)", info):
            (folder / found[1]).write_text(text, encoding="utf-8")
            os.utime(folder / found[1], (0, 0))  # else the compiled packs would be too old for a new module
        elif language == "sh" and "run" in info.split():
            command = ["bash", "-euo", "pipefail", "-c", text]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            said += done.stdout
    return said


def test_a_rule_is_added_as_the_guide_says(tmp_path: Path, shell: dict[str, str]) -> None:
    said = follow("add-a-rule.md", tmp_path, shell)

    assert "3 of 3 examples hold" in said
    finding = "article.txt:5:1: warning boilerplate/desk-note: “Teaser for the front page” is a note of the desk"
    assert said.count(finding) == 2


def test_a_format_is_added_as_the_guide_says(tmp_path: Path, shell: dict[str, str]) -> None:
    said = follow("add-a-format.md", tmp_path, shell)

    assert re.fullmatch(r"(?:\s+\d+ (?:error|warning|note)\n)+", said.replace(",", ""))
    listed = subprocess.run(["audit", "formats"], env=shell, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "A tally of findings by severity, for a status bar." in listed.stdout


def test_the_pipelines_of_the_guide_name_what_there_is() -> None:
    texts = [text for language, _, text in blocks("use-in-ci.md") if language == "yaml"]
    github, gitlab, hooks = map(yaml.safe_load, texts)

    step = github["jobs"]["audit"]["steps"][-1]
    assert set(step["with"]) <= set(yaml.safe_load((ROOT / "action.yml").read_text())["inputs"])
    template = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text())
    assert set(gitlab["audit"]["variables"]) <= set(template["audit"]["variables"])
    known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= known
