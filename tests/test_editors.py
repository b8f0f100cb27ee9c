"""What docs/editors.md tells people to copy works with what the tool writes."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

GUIDE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
ARTICLE = "Talks in Geneva end without a result\n\nIn Köln „später“ around 250.000 soldiers left Kiev, he said.\n\n"
EXPECTED = [("news/ü b.md", 3, "numbers/thousands-separator"), ("news/ü b.md", 3, "names/ukraine-place")]
MATCH = """
const [pattern, lines] = JSON.parse(require("fs").readFileSync(0));
const expression = new RegExp(pattern.regexp);
const keys = ["file", "line", "column", "severity", "code", "message"];
const found = lines.map(line => expression.exec(line)).filter(match => match);
console.log(JSON.stringify(found.map(match => keys.map(key => match[pattern[key]]))));
"""


def block(language: str) -> str:
    """Return what stands in the guide in this language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return str(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "audit.toml").write_text('target-language = "en"\nselect = ["numbers", "names/ukraine-place"]\n')
    (tmp_path / "news" / "ü b.md").write_text(ARTICLE, encoding="utf-8")
    command = tmp_path / "bin" / "audit"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n')
    command.chmod(0o755)
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "GITHUB_ACTIONS")}
    return {**kept, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}


def on_a_terminal(command: list[str], folder: Path, **variables: str) -> list[str]:
    """Return the lines that a command writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=folder, stdout=theirs, env=environment(folder) | variables) as process:
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # the other end was closed
            pass
        os.close(ours)
    assert process.returncode == 1
    return b"".join(parts).decode().splitlines()


def test_visual_studio_code_matches_every_finding(folder: Path) -> None:
    (task,) = json.loads(block("json"))["tasks"]
    arguments = [argument.replace("${workspaceFolder}", str(folder)) for argument in task["args"]]

    lines = on_a_terminal([task["command"], *arguments], folder, **task["options"]["env"])

    done = subprocess.run(
        [shutil.which("node") or "node", "-e", MATCH],
        input=json.dumps([task["problemMatcher"]["pattern"], lines]),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert [(file, int(line), code) for file, line, _, _, code, _ in found] == EXPECTED
    assert [(severity, message[:9]) for *_, severity, _, message in found] == [
        ("error", "“250.000”"),
        ("warning", "“Kiev” is"),
    ]
    assert [int(column) for _, _, column, *_ in found] == [
        ARTICLE.split("\n")[2].index(one) + 1 for one in ("250.000", "Kiev")
    ]


def test_vim_lists_every_finding_and_goes_there(folder: Path) -> None:
    (folder / "settings.vim").write_text(block("vim"), encoding="utf-8")
    script = folder / "script.vim"
    script.write_text(
        "edit news/ü\\ b.md\n"
        "source settings.vim\n"
        "silent make!\n"
        "let found = []\n"
        "for entry in getqflist()\n"
        "  call add(found, [bufname(entry.bufnr), entry.lnum, entry.type, entry.valid, entry.text])\n"
        "endfor\n"
        "let places = []\n"
        "cfirst\n"
        "call add(places, expand('<cword>'))\n"
        "cnext\n"
        "call add(places, expand('<cword>'))\n"
        "call writefile([json_encode([found, places])], 'found.json')\n"
        "qall!\n",
        encoding="utf-8",
    )
    command = ["vim", "-Nu", "NONE", "-i", "NONE", "-n", "-es", "--cmd", "set encoding=utf-8", "-S", str(script)]

    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment(folder), timeout=60
    )

    assert (folder / "found.json").is_file(), done.stdout + done.stderr
    found, places = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    assert [(name, line, text.split(":")[0]) for name, line, _, _, text in found] == EXPECTED
    assert [(kind, valid) for _, _, kind, valid, _ in found] == [("e", 1), ("w", 1)]
    assert places == ["250", "Kiev"]


def test_neovim_is_given_the_same_format_as_vim() -> None:
    (given,) = re.findall(r"errorformat=(.*)", block("vim"))
    (copied,) = re.findall(r"local errorformat = '(.*)'", block("lua"))

    assert copied == given.replace("\\ ", " ")
