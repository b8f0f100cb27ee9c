"""What articles say into the log of a pipeline is no command to its runner (actions/runner, `ActionCommand.cs`)."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model import Failure
from audit.reporting.logs import unheard
from reports import Screen, finding, rendered, report_of
from test_command import audit

COMMANDS = {"error", "warning", "notice", "debug", "group", "add-mask", "set-output", "stop-commands", "add-path"}
IGNORED = regex.compile(r"\p{Default_Ignorable_Code_Point}|(?![\t-\r])[\p{Cc}]")  # by comparisons that know languages


def heard(line: str) -> str | None:
    """Return the command that a runner finds in a line: of the newer kind at its start, of the older kind anywhere."""
    newer = IGNORED.sub("", line.lstrip())
    if newer.startswith("::") and "::" in newer[2:]:
        name = newer[2 : newer.index("::", 2)].partition(" ")[0]
        if name in COMMANDS:
            return name
    older = re.search(r"##\[([^]]*)\]", IGNORED.sub("", line))
    name = older.group(1).partition(" ")[0] if older else ""
    return name if name in COMMANDS or "vso[" in line else None


def test_a_runner_would_hear() -> None:
    lines = [" ::error file=a::b", "a ##[add-mask]x", "\u200d::error::", "#\u200d#[group]", "::stop-commands::x"]

    assert None not in [heard(line) for line in lines]
    assert [heard(line) for line in ("a ::error::b", "# #[error]", "::other::", "##[other]")] == [None] * 4


SPOKEN = st.lists(
    st.sampled_from(
        ["::", ":", "##[", "##", "#", "[", "]", "error", "add-mask", " ", "\n", "\u200d", "\u2060", "\t", "a"]
    )
).map("".join)


@pytest.mark.parametrize("stream", [io.StringIO, Screen])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=SPOKEN.filter(bool), words=SPOKEN, before=SPOKEN, after=SPOKEN)
def test_nothing_in_a_report_is_a_command(
    stream: type[io.StringIO], path: str, words: str, before: str, after: str
) -> None:
    one = finding("a/b", words, path=path, message=words, excerpt=(before, after))
    report = report_of(one, failures=[Failure(path, words)])

    with pytest.MonkeyPatch.context() as context:
        context.setenv("GITHUB_ACTIONS", "true")
        for term in ("xterm", "dumb"):
            context.setenv("TERM", term)
            context.setenv("FORCE_COLOR", "1" if stream is Screen else "0")
            lines = rendered(report, "text", stream()).split("\n")

            assert [line for line in lines if heard(line)] == []


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"])
def test_commands_are_spelled_out_where_somebody_listens(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "1")

    assert unheard("a ##[error]b\n ::error::c") == "a #<U+0023>[error]b\n <U+003A>:error::c"
    assert unheard("##vso[task.setvariable]x ##teamcity[x]") == "#<U+0023>vso[task.setvariable]x #<U+0023>teamcity[x]"
    assert unheard("## A heading: [a link](b)\nC++: a::b") == "## A heading: [a link](b)\nC++: a::b"


def test_people_read_what_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"):
        monkeypatch.delenv(name, raising=False)

    assert unheard("##[error]\n::error::") == "##[error]\n::error::"


def lines_of(output: str) -> Iterator[str]:
    yield from re.split(r"[\r\n]", output)


@pytest.mark.parametrize("arguments", [[], ["--format", "json", "-o", "out.json"]])
def test_a_failure_speaks_to_nobody(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a\n::add-mask::b ##[add-mask]c.txt").write_bytes(b"\0")

    done = audit("run", ".", *arguments, cwd=tmp_path, GITHUB_ACTIONS="true")

    assert done.returncode == 2
    assert "add-mask" in done.stdout + done.stderr
    assert not [line for line in lines_of(done.stdout + done.stderr) if heard(line)]


def test_a_mistake_speaks_to_nobody(tmp_path: Path) -> None:
    done = audit("run", "-", "--config", "a\n::add-mask::b.toml", cwd=tmp_path, GITHUB_ACTIONS="true")

    assert done.returncode == 2
    assert "add-mask" in done.stderr
    assert not [line for line in lines_of(done.stderr) if heard(line)]
