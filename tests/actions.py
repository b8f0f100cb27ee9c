"""What a runner of GitHub does with a composite action, as far as it is shell."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BASH = ["bash", "--noprofile", "--norc", "-euo", "pipefail"]  # GitHub's, and strict about variables
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_CONTEXT = re.compile(r"\b(?:inputs|steps)\.[\w.-]+")


@dataclass
class Run:
    """What came of a run of the action: the exit code of its job, what was said, and which actions it called."""

    code: int = 0
    output: str = ""
    summary: str = ""
    called: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)


class Action:
    """An action and the inputs that a workflow gives it."""

    def __init__(self, content: dict[str, Any], temporary: Path, **inputs: str) -> None:
        self._steps = content["runs"]["steps"]
        names = {name.replace("-", "_"): name for name in content["inputs"]}
        defaults = {name: str(described["default"]) for name, described in content["inputs"].items()}
        self._inputs = defaults | {names[name]: value for name, value in inputs.items()}
        self._temporary = temporary

    def run(self, workspace: Path, path: Path, outputs: dict[str, dict[str, str]] | None = None) -> Run:
        """Run its steps in a workspace; those whose `outputs` are given have been run before."""
        done = Run(outputs=dict(outputs or {}))
        for step in self._steps:
            if step.get("id") in (outputs or {}) or not self._wanted(step.get("if"), done):
                continue
            if "uses" in step:
                done.called.append(
                    (step["uses"], {key: self._text(value, done) for key, value in step["with"].items()})
                )
            else:
                self._shell(step, done, workspace, path)
        return done

    def _wanted(self, condition: str | None, done: Run) -> bool:
        if condition is None:
            return done.code == 0
        values = _CONTEXT.sub(lambda found: repr(self._value(found.group(), done)), condition)
        python = values.replace("&&", "and").replace("||", "or").replace("always()", "True")
        return bool(eval(python)) and (done.code == 0 or "always()" in condition)

    def _value(self, name: str, done: Run) -> str:
        kind, _, rest = name.partition(".")
        if kind == "inputs":
            return self._inputs[rest]
        step, _, output = rest.partition(".outputs.")
        return done.outputs.get(step, {}).get(output, "")

    def _text(self, text: Any, done: Run) -> str:
        return _EXPRESSION.sub(lambda found: self._value(found.group(1), done), str(text))

    def _shell(self, step: dict[str, Any], done: Run, workspace: Path, path: Path) -> None:
        assert step["shell"] == "bash"
        files = {name: self._temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        environment = {
            **os.environ,
            **{name: str(file) for name, file in files.items()},
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_ACTION_PATH": str(path),
            "RUNNER_TEMP": str(self._temporary),
            **{name: self._text(value, done) for name, value in step.get("env", {}).items()},
        }
        script = self._temporary / "script.sh"
        script.write_text(step["run"])
        ended = subprocess.run(
            [*BASH, str(script)], cwd=workspace, env=environment, capture_output=True, text=True, check=False
        )
        done.output += ended.stdout + ended.stderr
        done.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        done.code = done.code or ended.returncode
        if "id" in step:
            done.outputs[step["id"]] = _outputs(files["GITHUB_OUTPUT"].read_text())


def _outputs(text: str) -> dict[str, str]:
    """Read what a step wrote as the runner does: `name=value`, or `name<<END` and lines until END."""
    found: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, equals, value = line.partition("=")
        if "<<" in name or not equals:
            name, _, end = line.partition("<<")
            value = "\n".join(iter(lambda: next(lines), end))
        found[name] = value
    return found
