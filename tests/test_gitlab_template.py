"""The job for GitLab CI: its lines are run as GitLab's runner does, in one shell that stops at the first error."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from conftest import ROOT
from repositories import commit, git, repository, write

BIN = Path(sys.executable).parent
TEMPLATE = ROOT / "ci" / "gitlab.yml"
JOB: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text())["audit"]
BAD = "Talks in Geneva end without a result\n\nAround 250.000 soldiers left Kiev, the ministry said.\n"
CLEAN = "Talks in Geneva end without a result\n\nNobody was hurt, the ministry said on Monday.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return repository(tmp_path / "project", {"desk/audit.toml": "", "desk/a b.txt": BAD, "clean.txt": CLEAN})


@pytest.fixture
def binaries(tmp_path: Path) -> Path:
    """Return a folder with the command of the environment that runs the tests."""
    (tmp_path / "audit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n')
    (tmp_path / "audit").chmod(0o755)
    return tmp_path


def run(project: Path, binaries: Path, *parts: str, **given: str) -> subprocess.CompletedProcess[str]:
    variables = {"CI_PROJECT_DIR": str(project), **JOB["variables"], **given}
    for name in ("CI_PROJECT_DIR", "CI_MERGE_REQUEST_DIFF_BASE_SHA"):  # GitLab expands variables in variables
        variables = {key: value.replace(f"${name}", variables.get(name, "")) for key, value in variables.items()}
    environment = {**os.environ, **variables, "PATH": f"{binaries}:{os.environ['PATH']}"}
    lines = [line for part in parts or ("script",) for line in JOB[part]]
    command = ["sh", "-e", "-c", "\n".join(lines)]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_the_job_has_the_shape_that_gitlab_wants(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(TEMPLATE.read_text().replace("codequality:", "codequalty:").replace("when: always", "when: now"))
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"]

    done = [subprocess.run([*command, file], capture_output=True, text=True, check=False) for file in (TEMPLATE, wrong)]

    assert [one.returncode for one in done] == [0, 1], done[0].stdout


def test_findings_fail_the_job_and_leave_their_reports(project: Path, binaries: Path) -> None:
    done = run(project, binaries, AUDIT_ARGS="--target-language en")

    reports = JOB["artifacts"]["reports"]
    assert done.returncode == 1, done.stderr
    assert "2 findings" in done.stdout
    issues = json.loads((project / reports["codequality"]).read_text())
    assert {issue["location"]["path"] for issue in issues} == {"desk/a b.txt"}
    assert JUnitXml.fromfile(str(project / reports["junit"])).failures == 2
    assert JOB["artifacts"]["when"] == "always"


def test_paths_are_words_and_nothing_is_run(project: Path, binaries: Path) -> None:
    write(project, {"*.txt": CLEAN})

    done = run(project, binaries, AUDIT_PATHS="clean.txt *.txt", AUDIT_ARGS="--jobs 1 --target-language en")
    hostile = run(project, binaries, AUDIT_PATHS="$(touch$IFS\\pwned) `touch pwned` ;touch pwned", AUDIT_ARGS="-q")

    assert done.returncode == 0, done.stderr
    assert "in 2 articles" in done.stdout
    assert hostile.returncode == 2
    assert not (project / "pwned").exists()


def test_a_merge_request_shows_what_it_changed(project: Path, binaries: Path) -> None:
    base = git(project, "rev-parse", "HEAD").stdout.strip()
    write(project, {"clean.txt": CLEAN.replace("Nobody", "In Odessa nobody")})
    commit(project)
    arguments = {"AUDIT_ARGS": "--target-language en --changed-since=$CI_MERGE_REQUEST_DIFF_BASE_SHA"}

    done = run(project, binaries, **arguments, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    elsewhere = run(project, binaries, **arguments)

    assert done.returncode == 1
    assert "clean.txt:3:4: " in done.stdout
    assert "Kiev" not in done.stdout
    assert elsewhere.returncode == 2
    assert "is a variable not set?" in elsewhere.stderr


def test_what_to_install_must_be_said(project: Path, binaries: Path) -> None:
    done = run(project, binaries, "before_script", "script")

    assert done.returncode != 0
    assert "say what pip installs audit from" in done.stderr


def test_it_installs_and_runs(project: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    caches = {"PIP_CACHE_DIR": str(tmp_path / "cache"), "AUDIT_PATHS": "clean.txt"}

    done = run(project, tmp_path / "env" / "bin", "before_script", "script", AUDIT_PACKAGE=str(ROOT), **caches)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing found in 1 article" in done.stdout


def test_caches_lie_where_gitlab_keeps_them() -> None:
    kept = [f"$CI_PROJECT_DIR/{path.rstrip('/')}" for path in JOB["cache"]["paths"]]

    assert sorted(kept) == sorted(JOB["variables"][name] for name in ("AUDIT_CACHE_DIR", "PIP_CACHE_DIR"))
