"""The command as a stranger meets it: help, completion, wrong words, signals, closed pipes, odd outputs."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import articles_generator
from audit.cli import COMMANDS
from test_run import ARTICLE, report, run

AUDIT = [sys.executable, "-m", "audit"]


def audit(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*AUDIT, *map(str, arguments)]
    variables = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=variables, check=False, timeout=120)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_terminal(command: str) -> None:
    done = audit(command, "--help", COLUMNS="80")

    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "..." not in audit("--help", COLUMNS="80").stdout.partition("Commands:")[2]


def test_help_of_run_is_laid_out_and_tells_the_defaults() -> None:
    shown = audit("run", "--help").stdout

    titles = [line for line in shown.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert titles == ["What is checked:", "The report:", "How:", "Options:"]
    for default in ("text", "medium", "warning", "0"):
        assert f"[default: {default}]" in " ".join(shown.split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rnu"], "There is no command “rnu”; did you mean “run”?"),
        (
            ["run", ".", "--format", "xml"],
            "there is no format called “xml”; known are checkstyle, csv",
        ),
        (["run", ".", "--report", "sarrif:x"], "did you mean “sarif”?"),
        (["run", ".", "--report", "json:"], "no format is written to"),
        (["run", ".", "--target-language", "english"], "is no language tag, such as en or pt-BR; did you mean “en”?"),
        (["run", ".", "--jobs", "-1"], "-1 is less than 0"),
        (["run", ".", "--select", "zzzzzz"], "no rule is called “zzzzzz”; `audit rules` lists them"),
        (["run", ""], "one of the paths is empty: is a variable not set?"),
        (["explain", "caption"], "did you mean “duplicates/caption”?"),
        (["rules", "--pack", "belarus"], "did you mean “names-belarus”?"),
        (["test", "nowhere.yaml"], "nowhere.yaml: No such file"),
    ],
)
def test_a_wrong_word_is_told_with_the_right_one(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = audit(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "completions"),
    [
        ("audit ru", {"plain,run", "plain,rules"}),
        ("audit run --format s", {"plain,sarif", "plain,statistics"}),
        ("audit run --report ou", {"file,ou"}),
        ("audit run --pack names-be", {"plain,names-belarus"}),
        ("audit run --pack hou", {"file,hou"}),
        ("audit run --select numbers/dec", {"plain,numbers/decimal-separator"}),
        ("audit run --select names,numbers/dec", {"plain,names,numbers/decimal-separator"}),
        ("audit run --fail-on n", {"plain,note", "plain,never"}),
        ("audit explain duplicates/cap", {"plain,duplicates/caption"}),
        ("audit test names-be", {"plain,names-belarus"}),
    ],
)
def test_a_shell_completes(line: str, completions: set[str]) -> None:
    word = str(len(line.split()) - 1)

    done = audit(COMP_WORDS=line, COMP_CWORD=word, _AUDIT_COMPLETE="bash_complete")

    assert set(done.stdout.split("\n")) - {""} == completions


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    articles_generator.write(folder / "0", 1_000)
    for copy in range(1, 16):  # so that no machine is done with them before it is interrupted
        (folder / str(copy)).mkdir()
        for article in (folder / "0").iterdir():
            os.link(article, folder / str(copy) / article.name)
    return folder


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell ignores it for what it runs in the background


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
@pytest.mark.parametrize("jobs", [1, 4])
@pytest.mark.parametrize("to_all", [True, False])
def test_an_interrupted_run_ends_at_once_and_leaves_nothing(
    many: Path, tmp_path: Path, name: str, code: int, jobs: int, to_all: bool
) -> None:
    command = [*AUDIT, "run", str(many), "--jobs", str(jobs), "-f", "json", "-o", str(tmp_path / "out.json")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_heed_interrupts
    )

    time.sleep(0.8)
    (os.killpg if to_all else os.kill)(process.pid, getattr(signal, name))
    _, errors = process.communicate(timeout=20)  # also waits for workers, which hold the pipes open

    assert process.returncode == code
    assert errors.decode().strip() == ("audit: interrupted" if name == "SIGINT" else "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("jobs", [1, 4])
def test_a_reader_that_leaves_early_is_no_error_to_tell(many: Path, jobs: int) -> None:
    command = [*AUDIT, "run", str(many), "--jobs", str(jobs)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout

    process.stdout.readline()
    process.stdout.close()

    assert process.stderr
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 2
    process.stderr.close()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ARTICLE)
    return tmp_path / "a.txt"


@pytest.mark.parametrize(
    "options", [("-o", "a.json", "--report", "a.json"), ("--report", "b.md", "--report", "html:b.md")]
)
def test_two_reports_are_never_one_file(article: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    done = audit("run", article, *options, cwd=tmp_path)

    assert done.returncode == 2
    assert "two reports cannot be one file" in done.stderr
    assert not (tmp_path / options[-1].removeprefix("html:")).exists()


def test_a_report_keeps_the_mode_of_its_file(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("old")
    output.chmod(0o640)

    run(article, "-f", "json", "-o", output)

    assert stat.S_IMODE(output.stat().st_mode) == 0o640
    assert json.loads(output.read_text())["version"] == 1


def test_a_report_is_written_where_a_link_leads(article: Path, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")

    run(article, "--report", tmp_path / "link.json")

    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text())["version"] == 1


def test_a_device_or_pipe_is_written_into_and_never_replaced(article: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE)

    run(article, "-f", "json", "-o", tmp_path / "pipe")

    assert json.loads(reader.communicate(timeout=10)[0])["version"] == 1
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("arguments", [["rules"], ["explain", "numbers/scale-word"], ["formats"], ["--help"]])
def test_a_full_disk_is_told_by_every_command(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([*AUDIT, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "audit: No space left on device\n")


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        ("run a.txt >&-", "standard output is closed"),
        ("run - <&-", "standard input is closed"),
    ],
)
def test_closed_streams_are_told(article: Path, redirection: str, message: str) -> None:
    command = f"{sys.executable} -m audit {redirection}"

    done = subprocess.run(["bash", "-c", command], cwd=article.parent, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "is_colored"), [({}, False), ({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False)]
)
def test_color_is_for_terminals_and_those_who_ask(article: Path, environment: dict[str, str], is_colored: bool) -> None:
    done = audit("run", article, "--target-language", "en", **environment)

    assert ("\x1b[" in done.stdout) is is_colored


PACK = """\
description: A pack for tests
rules:
  - id: house/label
    check: phrases
    severity: warning
    category: accuracy/addition
    message: “{found}” is a leftover.
    why: It was left over.
    options: {table: labels.tsv}
    examples:
      - bad: "The end.\\n\\n[[Read our leaflet]]"
        fixed: "The end."
      - good: They read our leaflet.
"""


def test_packs_are_found_beside_the_configuration_and_from_where_one_stands(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "labels.tsv").write_text("phrase\tlanguage\nRead our leaflet\ten\n")
    (tmp_path / "house.yaml").write_text(PACK)
    (inner / "labels.tsv").write_text("phrase\tlanguage\nRead our paper\ten\n")
    (inner / "other.yaml").write_text(PACK.replace("leaflet", "paper").replace("house/label", "house/other"))
    (tmp_path / "audit.toml").write_text('packs = ["house.yaml"]\ntarget-language = "en"\n')
    (inner / "a.txt").write_text("The talks go on for days.\n\nRead our leaflet\n\nRead our paper\n")

    configured = report("a.txt", code=1, cwd=inner)
    added = report("a.txt", "--pack", "other.yaml", "--pack", "./other.yaml", code=1, cwd=inner)

    assert [finding["rule"] for finding in configured["findings"]] == ["house/label"]
    assert [finding["rule"] for finding in added["findings"]] == ["house/label", "house/other"]


def test_a_file_that_ends_its_process_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.configuration import config
    from audit.folder import files
    from audit.running import results, runner, worker

    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(ARTICLE)
    check = worker.Worker.check

    def crash(own: worker.Worker, inputs: list[files.Input]) -> list[results.Result]:
        if any(file.shown == "17.txt" for file in inputs):
            os._exit(9)
        return check(own, inputs)

    monkeypatch.setattr(worker.Worker, "check", crash)
    (tmp_path / "audit.toml").write_text('target-language = "en"\njobs = 2\n')
    found = runner.run([str(tmp_path)], config.load(str(tmp_path), {}))

    assert [failure.path for failure in found.failures] == ["17.txt"]
    assert [document.path for document in found.documents] == [f"{n:02}.txt" for n in range(40) if n != 17]


def test_what_another_package_brings_takes_part(tmp_path: Path) -> None:
    module = tmp_path / "other.py"
    module.write_text(
        '"""Rich text, and CSV."""\n'
        "from audit.readers import text\n"
        'SUFFIXES = (".rtf", ".rows")\n'
        "read = text.read\n"
        "def render(report, stream):\n"
        "    stream.writelines(f'{finding.rule},{finding.path}\\n' for finding in report.findings)\n"
        "import dataclasses\n"
        "class Plain:\n"
        "    literals = ()\n"
        "    def find(self, document, sightings):\n"
        "        raise RuntimeError('out of order')\n"
        "Check = dataclasses.dataclass(Plain)\n"
    )
    info = tmp_path / "other-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n")
    groups = ("readers", "reporters", "checks")
    points = [f"[audit.{group}]\nother = other\ngone = nowhere\n" for group in groups]
    (info / "entry_points.txt").write_text("\n".join(points).replace("gone = nowhere\n", "", 2))
    (tmp_path / "a.rtf").write_text(ARTICLE)
    pack = PACK.replace("check: phrases", "check: CHECK").replace("    options: {table: labels.tsv}\n", "")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])

    written = audit(
        *("run", ".", "-q", "--target-language", "en", "--report", "out.rows"), cwd=tmp_path, PYTHONPATH=path
    )
    answers = {}
    for name in ("other", "gone", "othr"):
        (tmp_path / "house.yaml").write_text(pack.replace("CHECK", name))
        answers[name] = audit("run", "a.rtf", "--pack", "house.yaml", cwd=tmp_path, PYTHONPATH=path)

    assert written.returncode == 1, written.stderr
    assert "numbers/thousands-separator,a.rtf\n" in (tmp_path / "out.rows").read_text()
    assert {answer.returncode for answer in answers.values()} == {2}
    assert "house.yaml:4: the check “gone” of another package cannot be loaded" in answers["gone"].stderr
    assert "house.yaml:4: there is no check called “othr”; did you mean “other”?" in answers["othr"].stderr
    assert "a.rtf: failure: house/label: the rule broke: RuntimeError: out of order" in answers["other"].stdout
