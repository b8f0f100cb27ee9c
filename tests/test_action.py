"""The action for GitHub: its steps are run with bash, with friendly inputs and hostile ones."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import Action, Run
from conftest import ROOT
from repositories import commit, git, repository, write

BIN = Path(sys.executable).parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
BAD = "Talks in Geneva end without a result\n\nAround 250.000 soldiers left Kiev, the ministry said.\n"
CLEAN = "Talks in Geneva end without a result\n\nNobody was hurt, the ministry said on Monday.\n"
HOSTILE = """'; touch pwned; "$(touch pwned)" `touch pwned` ${IFS} && touch pwned || \\ * ~"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return repository(tmp_path / "work space", {"news/a.txt": BAD, "clean/b.txt": CLEAN})


@pytest.fixture
def installed(tmp_path: Path) -> dict[str, dict[str, str]]:
    """Return the outputs of the step that installs, with commands of the environment that runs the tests."""
    folder = tmp_path / "audit.Ab12Cd"
    folder.mkdir()
    (folder / "audit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m audit "$@"\n')
    (folder / "audit").chmod(0o755)
    (folder / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / "python").chmod(0o755)
    return {"install": {"folder": str(folder), "binaries": str(folder)}}


@pytest.fixture
def run(workspace: Path, installed: dict[str, dict[str, str]], tmp_path: Path) -> Any:
    def act(**inputs: str) -> Run:
        return Action(ACTION, tmp_path, python_version="", **({"target_language": "en"} | inputs)).run(
            workspace, ROOT, installed
        )

    return act


def test_the_action_has_the_shape_that_github_wants() -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert all("description" in one for one in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))


def test_no_input_comes_between_the_lines_of_a_script(tmp_path: Path) -> None:
    policy = tmp_path / "zizmor.yml"
    policy.write_text('rules: {unpinned-uses: {config: {policies: {"*": ref-pin}}}}\n')  # ours are pinned by major
    command = [BIN / "zizmor", "--offline", "--no-progress", "--config", policy, "action.yml"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_shellcheck_finds_nothing() -> None:
    for step in ACTION["runs"]["steps"]:
        if "run" in step:
            command = [BIN / "shellcheck", "--shell", "bash", "--severity", "style", "-"]
            done = subprocess.run(command, input=step["run"], capture_output=True, text=True, check=False)

            assert done.returncode == 0, done.stdout


def test_findings_are_annotated_summed_up_and_close_the_gate(run: Any, workspace: Path) -> None:
    done = run()

    assert done.code == 1
    assert "::error title=numbers/thousands-separator,file=news/a.txt,line=3" in done.output
    assert done.summary.startswith("## audit: 2 findings in 1 of 2 articles")
    assert done.outputs["run"]["exit-code"] == "1"
    sarif = json.loads(Path(done.outputs["run"]["sarif-file"]).read_text())
    assert len(sarif["runs"][0]["results"]) == 2
    assert git(workspace, "status", "--porcelain").stdout == ""
    assert done.called == []


def test_a_clean_run_passes(run: Any) -> None:
    done = run(paths="clean")

    assert (done.code, done.outputs["run"]["exit-code"]) == (0, "0")
    assert done.summary == "## audit: nothing found in 1 article\n"


def test_the_report_is_sent_even_if_findings_close_the_gate(run: Any) -> None:
    done = run(upload_sarif="true")

    ((uses, given),) = done.called
    assert re.fullmatch(r"github/codeql-action/upload-sarif@v\d+", uses)
    assert given["sarif_file"] == done.outputs["run"]["sarif-file"]
    assert done.code == 1


def test_python_is_set_up_if_a_version_is_named(
    workspace: Path, installed: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    done = Action(ACTION, tmp_path, paths="clean").run(workspace, ROOT, installed)

    assert done.called == [("actions/setup-python@v6", {"python-version": "3.13"})]


def test_every_input_arrives(run: Any, workspace: Path) -> None:
    write(workspace, {"house file.toml": 'ignore = ["numbers"]\n'})

    done = run(
        paths="news\n\n  \n./clean/b.txt",
        args="--select 'names/*' --select numbers --jobs 1",
        config="house file.toml",
        fail_on="error",
        format="text",
        sarif_file="out put/a.sarif",
    )

    assert done.code == 0, done.output
    assert "news/a.txt:3:30: warning names/ukraine-place" in done.output
    assert "numbers/" not in done.output
    assert done.outputs["run"]["sarif-file"] == "out put/a.sarif"
    assert json.loads((workspace / "out put/a.sarif").read_text())["version"] == "2.1.0"


def test_a_pull_request_shows_what_it_changed(run: Any, workspace: Path) -> None:
    git(workspace, "checkout", "--quiet", "-b", "topic")
    write(workspace, {"clean/b.txt": CLEAN.replace("Nobody", "In Odessa nobody")})
    commit(workspace)

    done = run(args="--changed-since main")

    assert re.findall(r"file=([^,]*),line=(\d+)", done.output) == [("clean/b.txt", "3")]


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"args": "--selct names"}, "No such option"),
        ({"args": "--select 'names"}, "is not quoted as in a shell: No closing quotation"),
        ({"paths": "gone"}, "cannot be read"),
        ({"paths": ""}, "Missing argument"),
        ({"fail_on": "sometimes"}, "Invalid value"),
    ],
)
def test_work_that_cannot_be_done_ends_with_2(run: Any, inputs: dict[str, str], message: str) -> None:
    done = run(upload_sarif="true", **inputs)

    assert done.code == 2
    assert message in done.output
    assert bool(done.called) == ("gone" in inputs.get("paths", ""))


def test_hostile_names_are_names(run: Any, workspace: Path) -> None:
    names = [HOSTILE.replace("/", ""), '$(touch pwned).txt" "x', "-n --fail-on never.txt", "a;b&c|d>pwned.txt"]
    write(workspace, dict.fromkeys(names, BAD))

    done = run(paths="\n".join(names), format="text")

    assert done.code == 1
    assert f"in 4 of {len(names)} articles" in done.output
    assert not list(workspace.rglob("pwned*"))


@pytest.mark.parametrize(
    "name", [name for name in ACTION["inputs"] if name not in ("python-version", "upload-sarif", "version")]
)
@pytest.mark.parametrize("value", [HOSTILE, "a\nexit-code=0\nb", '"'])
def test_hostile_inputs_run_nothing(run: Any, workspace: Path, name: str, value: str) -> None:
    before = git(workspace, "status", "--porcelain").stdout

    done = run(**{"args": "--select names", name.replace("-", "_"): value})

    assert not list(workspace.rglob("pwned*"))
    assert done.code != 0
    if name == "sarif-file":
        assert done.outputs["run"]["sarif-file"] == value
        assert done.outputs["run"]["exit-code"] == "1"
    else:
        assert git(workspace, "status", "--porcelain").stdout == before


def test_an_article_says_nothing_to_the_runner(run: Any, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = "Talks in Geneva\n\nThey left ##[add-mask] Kiev ##[group]x on Monday.\n"
    write(workspace, {"news/a.txt": text, "news/::add-mask::b.txt": text})

    done = run(format="text", paths="news")

    assert done.code == 1
    assert "<U+0023>[add-mask] " in done.output
    assert "##[" not in done.output
    assert not [line for line in done.output.splitlines() if line.lstrip().startswith("::")]


def test_it_installs_itself(workspace: Path, tmp_path: Path) -> None:
    done = Action(ACTION, tmp_path, python_version="", target_language="en", args="--ignore numbers").run(
        workspace, ROOT
    )

    assert done.code == 1, done.output
    assert done.outputs["install"]["binaries"].startswith(str(tmp_path / "audit."))
    assert "file=news/a.txt,line=3" in done.output
    assert "numbers/" not in done.output


def test_another_version_can_be_installed(workspace: Path, tmp_path: Path) -> None:
    done = Action(ACTION, tmp_path, python_version="", version="./$(touch pwned)").run(workspace, ROOT)

    assert done.code == 1
    assert "$(touch pwned)" in done.output
    assert "run" not in done.outputs
    assert not list(workspace.rglob("pwned*"))
