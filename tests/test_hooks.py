"""The hooks, run by pre-commit itself when somebody commits."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from audit import cli, plugins
from conftest import ROOT
from repositories import git, repository, write
from test_command import audit

PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
CLEAN = "Talks in Geneva end without a result\n\nNobody was hurt, the ministry said on Monday.\n"
BAD = "Talks in Geneva end without a result\n\nAround 250.000 soldiers left Kiev, the ministry said.\n"
OPTIONS = "    args: [--target-language, en]\n"


def test_manifest_is_one_of_pre_commit() -> None:
    command = [*PRE_COMMIT, "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]

    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_calls_a_command_for_every_kind_of_article(hook: dict[str, str]) -> None:
    taken = re.compile(hook["files"])

    assert hook["entry"].split()[:1] == ["audit"]
    assert hook["entry"].split()[1] in cli.COMMANDS
    assert all(taken.search(f"news/a{suffix}") for suffix in plugins.by_suffix("readers"))
    assert taken.search("A.TXT")
    assert not any(taken.search(name) for name in ("a.py", "txt", "a.txt.bak", "report.sarif"))


def test_named_files_without_an_article_are_passed_over_for_a_hook(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{"name": "newsroom"}\n', "report.md": "## audit: nothing found in 1 article\n"})
    write(tmp_path, {"a.txt": CLEAN, "broken.json": "{"})

    named = audit("run", "package.json", "report.md", cwd=tmp_path)
    passed = audit("run", "--only-articles", "package.json", "report.md", cwd=tmp_path)
    mixed = audit("run", "--only-articles", "package.json", "a.txt", "--target-language", "en", cwd=tmp_path)
    failed = [audit("run", "--only-articles", name, cwd=tmp_path) for name in ("broken.json", "gone.txt")]

    assert (named.returncode, passed.returncode, mixed.returncode) == (2, 0, 0)
    assert "There was no article to check." in passed.stdout
    assert "in 1 article" in mixed.stdout
    assert [done.returncode for done in failed] == [2, 2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a repository of the checkout as it stands, and room for the environments of pre-commit."""
    folder = tmp_path_factory.mktemp("hooks")
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / "audit" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / "audit" / name)
    repository(folder / "audit", {})
    return folder


@pytest.fixture
def newsroom(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository of articles whose commits are checked."""
    revision = git(home / "audit", "rev-parse", "HEAD").stdout.strip()
    config = f"repos:\n- repo: {home / 'audit'}\n  rev: {revision}\n  hooks:\n  - id: audit\n{OPTIONS}"
    folder = repository(tmp_path / "newsroom", {".pre-commit-config.yaml": config, "old.md": BAD})
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home / "environments"))
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    subprocess.run([*PRE_COMMIT, "install"], cwd=folder, check=True, capture_output=True)
    return folder


def committing(folder: Path) -> tuple[bool, str]:
    """Try to commit everything; return whether that was allowed, and what was said."""
    git(folder, "add", "--all")
    done = git(folder, "commit", "--message", "news", check=False)
    return done.returncode == 0, done.stdout + done.stderr


def test_a_commit_with_an_artifact_is_refused_and_a_clean_one_passes(newsroom: Path) -> None:
    write(newsroom, {"news/ü b.txt": BAD})
    refused, message = committing(newsroom)
    write(newsroom, {"news/ü b.txt": CLEAN, "package.json": '{"name": "newsroom"}\n', "site.css": "/* Kiev */\n"})
    allowed, said = committing(newsroom)

    assert not refused
    assert "news/ü b.txt:3:8: error numbers/thousands-separator: " in message
    assert "news/ü b.txt:3:30: warning names/ukraine-place: “Kiev” is spelled from Russian; write “Kyiv”." in message
    assert "old.md" not in message
    assert allowed, said
    assert re.search(r"audit\.+Passed", said)


def test_what_is_not_staged_does_not_count(newsroom: Path) -> None:
    write(newsroom, {"news/a.txt": CLEAN})
    git(newsroom, "add", "--all")
    write(newsroom, {"news/a.txt": BAD, "news/untracked.txt": BAD})

    done = git(newsroom, "commit", "--message", "news", check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (newsroom / "news/a.txt").read_text() == BAD


def test_only_changed_blocks_of_an_old_article(newsroom: Path) -> None:
    text = (newsroom / ".pre-commit-config.yaml").read_text()
    write(newsroom, {".pre-commit-config.yaml": text.replace("[", "[--changed-since, HEAD, ")})
    write(newsroom, {"old.md": f"{BAD}\nNobody was hurt, he said on Monday.\n"})
    allowed, said = committing(newsroom)
    write(newsroom, {"old.md": f"{BAD}\nNobody was hurt in Odessa, he said on Monday.\n"})
    refused, message = committing(newsroom)

    assert allowed, said
    assert not refused
    assert "Odessa" in message
    assert "Kiev" not in message


def test_all_files_of_an_archive(newsroom: Path) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    command = [*PRE_COMMIT, "run", "--all-files"]

    done = subprocess.run(command, cwd=newsroom, capture_output=True, text=True, check=False, env=environment)

    assert done.returncode == 1
    assert "old.md:3:8: error" in done.stdout


def test_a_message_is_told_once_for_many_files(newsroom: Path) -> None:
    write(newsroom, {f"news/{number}.txt": CLEAN for number in range(50)} | {"news/last.txt": BAD})

    refused, message = committing(newsroom)

    assert not refused
    assert message.count("findings (") == 1
    assert "51 articles" in message
    subjects = git(newsroom, "log", "--format=%s").stdout.split()
    assert subjects == ["first"]


def test_the_hook_that_fixes_mends_what_is_safe_and_lets_it_be_looked_at(newsroom: Path) -> None:
    config = (newsroom / ".pre-commit-config.yaml").read_text().replace("id: audit\n", "id: audit-fix\n")
    write(newsroom, {".pre-commit-config.yaml": config, "news/a.txt": f"{CLEAN}\nBonus video:\n"})

    refused, message = committing(newsroom)
    allowed, said = committing(newsroom)

    assert not refused
    assert "files were modified by this hook" in message
    assert (newsroom / "news" / "a.txt").read_text() == CLEAN
    assert allowed, said
