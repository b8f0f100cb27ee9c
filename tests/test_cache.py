"""Results kept from run to run: never another report than without them, and no work twice."""

import json
import os
import random
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import articles_generator
import audit
from audit.configuration import config
from audit.folder import files
from audit.rulebook import packs
from audit.running import results, runner, worker
from test_command import AUDIT, PACK
from test_command import audit as command
from test_run import ARTICLE

TABLE = "phrase\tlanguage\nRead our leaflet\ten\n"


def reported(paths: list[object], format: str = "json", **options: Any) -> str:
    import io

    stream = io.StringIO()
    audit.render(audit.run(paths, **options), format, stream)
    return stream.getvalue()


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of files that are checked from now on in this process."""
    seen: list[str] = []
    check = worker.Worker.check

    def watched(own: worker.Worker, inputs: list[files.Input]) -> list[results.Result]:
        seen.extend(file.shown for file in inputs)
        return check(own, inputs)

    monkeypatch.setattr(worker.Worker, "check", watched)
    return seen


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return a folder with two articles, a pack and a configuration; results are kept beside it."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    (folder / "audit.toml").write_text('packs = ["house.yaml"]\ntarget-language = "en"\ncache-dir = "../cache"\n')
    (folder / "house.yaml").write_text(PACK)
    (folder / "labels.tsv").write_text(TABLE)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"{ARTICLE}\nRead our leaflet\n\nRead our paper\n")
    audit.run([folder])
    return folder


def rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new))

    return change


BOTH = ["a.txt", "b.txt"]
NOTHING: Callable[[Path], None] = lambda folder: None  # noqa: E731  (a row of the tables below)


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (rewrite("a.txt", "Monday", "Friday"), ["a.txt"]),
        (rewrite("a.txt", "Monday.\n", "Monday.\r\n"), ["a.txt"]),
        (lambda folder: (folder / "a.txt").rename(folder / "c.txt"), ["c.txt"]),
        (lambda folder: (folder / "a.txt").rename(folder / "a.md"), ["a.md"]),
        (rewrite("labels.tsv", "leaflet", "paper"), BOTH),
        (rewrite("labels.tsv", "\ten\n", "\ten\nRead our paper\ten\n"), BOTH),
        (rewrite("house.yaml", "severity: warning", "severity: note"), BOTH),
        (rewrite("house.yaml", "is a leftover", "was left over"), BOTH),
        (rewrite("house.yaml", "category: accuracy/addition", "category: accuracy/other"), BOTH),
        (rewrite("house.yaml", "{table: labels.tsv}", "{table: labels.tsv, until: paper}"), BOTH),
        (rewrite("house.yaml", "    options:", "    kinds: [paragraph]\n    options:"), BOTH),
        (rewrite("house.yaml", "    options:", "    languages: [de]\n    options:"), BOTH),
        (rewrite("audit.toml", 'target-language = "en"', 'target-language = "de"'), BOTH),
        (rewrite("audit.toml", "packs", 'source-language = "sr"\npacks'), BOTH),
        (rewrite("audit.toml", "packs", 'min-confidence = "low"\npacks'), BOTH),
        (rewrite("audit.toml", "packs", 'detector = "py3langid"\npacks'), BOTH),
        (rewrite("audit.toml", "packs", 'select = ["house", "numbers"]\npacks'), BOTH),
        (rewrite("audit.toml", "packs", 'ignore = ["numbers"]\npacks'), BOTH),
        (rewrite("audit.toml", "packs", 'fields = {body = "text"}\npacks'), BOTH),
        (rewrite("audit.toml", 'packs = ["house.yaml"]', "packs = []"), BOTH),
    ],
)
def test_what_may_change_a_finding_has_it_found_anew(
    newsroom: Path, checked: list[str], change: Callable[[Path], object], anew: list[str]
) -> None:
    packs_read_again()
    change(newsroom)

    found = reported([newsroom])

    assert checked == anew
    assert found == reported([newsroom], no_cache=True)


@pytest.mark.parametrize(
    "change",
    [
        NOTHING,
        lambda folder: os.utime(folder / "a.txt", (1, 1)),
        lambda folder: (folder / "notes.xyz").write_text("no article"),
        rewrite("house.yaml", "why: It was left over.", "why: It is of no use."),
        rewrite("house.yaml", "description: A pack for tests", "description: A pack\n# with a comment"),
        rewrite("house.yaml", "good: They read our leaflet.", "good: They read a leaflet."),
        rewrite("audit.toml", "packs", 'fail-on = "never"\npacks'),
        rewrite("audit.toml", "packs", "min-score = 90\npacks"),
        rewrite("audit.toml", "packs", "weights = {note = 1}\npacks"),
        rewrite("audit.toml", "packs", "jobs = 3\npacks"),
        rewrite("audit.toml", "packs", 'ignore-file = "accepted.toml"\npacks'),
        lambda folder: shutil.move(folder, folder.with_name("moved")),
    ],
)
def test_what_changes_no_finding_has_nothing_checked(
    newsroom: Path, checked: list[str], change: Callable[[Path], object]
) -> None:
    packs_read_again()
    (newsroom / "accepted.toml").write_text("")
    change(newsroom)
    folder = newsroom if newsroom.exists() else newsroom.with_name("moved")

    found = audit.run([folder])

    assert checked == []
    assert len(found.documents) == 2
    assert {finding.rule for finding in found.findings} >= {"house/label", "numbers/thousands-separator"}


def packs_read_again() -> None:
    """Forget tables that this process has read: a run is a process of its own."""
    from audit.rulebook.tables import read_table

    read_table.cache_clear()


def test_new_articles_alone_are_checked(newsroom: Path, checked: list[str]) -> None:
    (newsroom / "c.txt").write_text(ARTICLE)

    assert len(audit.run([newsroom]).documents) == 3
    assert checked == ["c.txt"]


def test_a_file_named_outright_is_another_matter(newsroom: Path, checked: list[str]) -> None:
    (newsroom / "data.json").write_text('{"colour": "blue"}')

    walked, named = audit.run([newsroom]), audit.run([newsroom / "data.json"])
    again = audit.run([newsroom]), audit.run([newsroom / "data.json"])

    assert checked == ["data.json", "data.json"]
    assert (len(walked.failures), len(named.failures)) == (0, 1)
    assert (again[0].failures, again[1].failures) == (walked.failures, named.failures)


def test_another_version_of_the_code_or_of_a_library_checks_anew(
    newsroom: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit.keeping import judging

    changes = [
        (packs, "stamp", lambda: "other"),
        (judging, "_installed", lambda: ["regex-2099.1.1.dist-info"]),
        (judging.unicodedata, "unidata_version", "99.0"),
        (judging.sys, "version", "3.99"),
    ]
    for place, name, value in changes:
        with monkeypatch.context() as context:
            context.setattr(place, name, value)
            audit.run([newsroom])
        assert checked == BOTH, name
        checked.clear()
    monkeypatch.setattr(judging, "_installed", lambda own=judging._installed: [*own(), "unrelated-1.0.dist-info"])

    audit.run([newsroom])
    assert checked == []


def test_failures_of_the_moment_are_not_kept_and_those_of_the_file_are(
    newsroom: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (newsroom / "latin.txt").write_bytes("Köln".encode("latin-1"))
    (newsroom / "gone.txt").symlink_to("nowhere.txt")
    for name in BOTH:
        rewrite(name, "Monday", "Sunday")(newsroom)
    find = type(packs.check_of(packs.builtin("numbers").rules[0])).find

    def slow(own: object, document: Any, sightings: Any) -> Any:
        if document.path == "a.txt":
            raise TimeoutError
        return find(own, document, sightings)

    with monkeypatch.context() as context:
        context.setattr(type(packs.check_of(packs.builtin("numbers").rules[0])), "find", slow)
        first = audit.run([newsroom])
    checked.clear()
    second = audit.run([newsroom])

    assert {failure.path for failure in first.failures} == {"latin.txt", "gone.txt", "a.txt"}
    assert checked == ["a.txt", "gone.txt"]
    assert {failure.path for failure in second.failures} == {"latin.txt", "gone.txt"}


def test_directives_and_what_they_silence_are_kept(tmp_path: Path) -> None:
    page = (
        "<p>Talks go on.</p>\n<!-- audit: ignore names/house-table as the paper is called -->\n<p>Kiev Post wrote.</p>"
    )
    (tmp_path / "a.html").write_text(f"{page}\n<!-- audit: ignore zzz no such rule -->\n<!-- audit: ignroe x y -->")
    options = {"target_language": "en", "cache_dir": tmp_path / "cache"}

    plain = reported([tmp_path], target_language="en")
    both = [reported([tmp_path], **options) for _ in range(2)]

    assert both == [plain, plain]
    assert "means nothing" in plain


@pytest.mark.parametrize("format", ["json", "jsonl", "text", "sarif", "html", "markdown", "gitlab", "csv"])
def test_a_warm_cache_gives_every_format_what_a_cold_one_does(tmp_path: Path, format: str) -> None:
    articles_generator.write(tmp_path / "articles", 20)
    shutil.copytree(Path(__file__).parent / "articles", tmp_path / "articles" / "real")
    options = ["--format", format, "--cache-dir", "cache", "--fail-on", "never"]

    plain = command("run", "articles", *options, "--no-cache", cwd=tmp_path)
    assert not (tmp_path / "cache").exists()
    kept = [command("run", "articles", *options, cwd=tmp_path).stdout for _ in range(2)]

    assert kept == [plain.stdout, plain.stdout]


def test_lines_are_hashed_the_same_whether_a_report_asked_for_it_or_another_did_before(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "articles", tmp_path / "articles")
    (tmp_path / "articles" / "two.jsonl").write_text('{"body": "6.000 men left."}\n{"body": "About 250.000 stayed."}\n')

    def sarif(*options: str) -> str:
        return command("run", "articles", "-f", "sarif", "--fail-on", "never", *options, cwd=tmp_path).stdout

    asked = sarif("--no-cache")
    command("run", "articles", "-f", "json", "--cache-dir", "cache", cwd=tmp_path)
    read_again = sarif("--cache-dir", "cache")

    assert asked.count("primaryLocationLineHash") > 20
    assert read_again == asked


def test_processes_and_kept_results_change_no_byte(tmp_path: Path) -> None:
    articles_generator.write(tmp_path / "articles", 150)
    (tmp_path / "articles" / "article-00077.txt").write_bytes(b"\0")

    def run(jobs: int, *options: str) -> str:
        return command("run", "articles", "-f", "json", "--jobs", jobs, *options, cwd=tmp_path).stdout

    plain = run(1, "--no-cache")
    for name, jobs in (("one", 1), ("four", 4)):
        cold, warm = run(jobs, "--cache-dir", name), run(5 - jobs, "--cache-dir", name)
        assert (cold, warm) == (plain, plain)
    for number in range(0, 150, 3):
        article = tmp_path / "articles" / f"article-{number:05}.txt"
        article.write_text(article.read_text().replace("Kiev", "Kharkov"))
    plain = run(1, "--no-cache")

    assert {run(1, "--cache-dir", "one"), run(4, "--cache-dir", "four")} == {plain}


def test_only_articles_to_be_checked_decide_on_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles_generator.write(tmp_path, 30)
    started: list[int] = []
    processes = runner.pool._processes
    monkeypatch.setattr(runner.pool, "_PAYS", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(runner.pool, "_processes", lambda jobs, *rest: started.append(jobs) or processes(jobs, *rest))
    options = {"target_language": "en", "cache_dir": tmp_path / "cache"}

    plain = reported([tmp_path], target_language="en", jobs=1)
    found = [reported([tmp_path], **options)]
    assert started == [2]
    found.append(reported([tmp_path], **options))
    (tmp_path / "article-00099.txt").write_text(ARTICLE)
    audit.run([tmp_path], **options)

    assert found == [plain, plain]
    assert started == [2]


def test_a_library_user_keeps_nothing_unless_asked(newsroom: Path, checked: list[str], tmp_path: Path) -> None:
    (newsroom / "audit.toml").write_text('target-language = "en"\n')
    before = sorted(Path(os.environ["AUDIT_CACHE_DIR"]).rglob("*"))
    for _ in range(2):
        audit.run([newsroom])
    assert checked == 2 * BOTH
    assert sorted(Path(os.environ["AUDIT_CACHE_DIR"]).rglob("*")) == before

    for _ in range(2):
        audit.run([newsroom], cache_dir=str(tmp_path / "mine"))
    assert checked == 3 * BOTH

    audit.run([newsroom], cache_dir=str(tmp_path / "mine"), no_cache=True)
    assert checked == 4 * BOTH


def test_a_folder_that_cannot_be_used_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    articles_generator.write(tmp_path / "articles", 3)
    (tmp_path / "file").write_text("")
    plain = command("run", "articles", "-f", "json", "--no-cache", cwd=tmp_path)

    told = command("run", "articles", "-f", "json", cwd=tmp_path, AUDIT_CACHE_DIR="file/below")
    quiet = command("run", "articles", "-f", "json", "-q", cwd=tmp_path, AUDIT_CACHE_DIR="file/below")

    assert told.stdout == quiet.stdout == plain.stdout
    assert told.stderr == "audit: nothing is kept for the next run in file/below: Not a directory\n"
    assert quiet.stderr == ""


def test_a_full_disk_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    articles_generator.write(tmp_path / "articles", 100)
    options = [*AUDIT, "run", "articles", "-f", "json"]
    plain = subprocess.run([*options, "--no-cache"], capture_output=True, cwd=tmp_path, check=False)

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = subprocess.run(
        [*options, "--cache-dir", "cache"], capture_output=True, cwd=tmp_path, check=False, preexec_fn=small_files_only
    )

    assert done.stdout == plain.stdout
    assert done.stderr.count(b"\n") == 1
    assert b"nothing is kept for the next run in cache: " in done.stderr


def test_damaged_results_are_found_anew(tmp_path: Path) -> None:
    articles_generator.write(tmp_path / "articles", 30)
    options = {"target_language": "en", "cache_dir": tmp_path / "cache"}
    plain = reported([tmp_path / "articles"], target_language="en")
    reported([tmp_path / "articles"], **options)
    file = tmp_path / "cache" / "results-1.sqlite"
    whole = file.read_bytes()
    chance = random.Random(3)

    for _ in range(12):
        damaged = bytearray(whole)
        for position in chance.sample(range(len(whole)), chance.choice([1, 100, 5_000])):
            damaged[position] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged[: chance.choice([len(whole), len(whole) // 2])])

        assert reported([tmp_path / "articles"], **options) == plain
        assert reported([tmp_path / "articles"], **options) == plain


def test_a_run_that_is_killed_leaves_a_cache_that_serves_the_next(tmp_path: Path) -> None:
    articles_generator.write(tmp_path / "articles", 400)
    options = [*AUDIT, "run", "articles", "-f", "json", "--target-language", "en", "--select", "numbers,names"]
    plain = subprocess.run([*options, "--no-cache"], capture_output=True, cwd=tmp_path, check=False).stdout
    chance = random.Random(11)
    for number in range(10):
        running = subprocess.Popen(
            [*options, "--cache-dir", "cache", "--jobs", str(1 + number % 2), "--report", "out.json"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.1, 1.2))
        os.killpg(running.pid, 9)
        running.wait()
        if (tmp_path / "out.json").exists():
            assert (tmp_path / "out.json").read_bytes() == plain

    done = subprocess.run([*options, "--cache-dir", "cache"], capture_output=True, cwd=tmp_path, check=False)
    assert (done.stdout, done.stderr) == (plain, b"")


def test_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    articles_generator.write(tmp_path / "articles", 200)
    options = [*AUDIT, "run", "articles", "-f", "json", "--target-language", "en"]
    plain = subprocess.run([*options, "--no-cache"], capture_output=True, cwd=tmp_path, check=False).stdout
    for _ in range(2):  # on nothing, and on what they wrote
        runs = [
            subprocess.Popen(
                [*options, "--cache-dir", "cache"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            for _ in range(3)
        ]
        assert [run.communicate(timeout=120) for run in runs] == 3 * [(plain, b"")]


def test_the_code_of_another_package_is_part_of_what_judges(tmp_path: Path) -> None:
    module = tmp_path / "other.py"
    code = (
        "import dataclasses\nfrom audit.model import Hit\n"
        "@dataclasses.dataclass\nclass Check:\n    literals = ()\n"
        "    def find(self, document, sightings):\n        yield Hit(0, LENGTH)\n"
    )
    info = tmp_path / "other-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[audit.checks]\nother = other\n")
    pack = PACK.replace("check: phrases", "check: other").replace("    options: {table: labels.tsv}\n", "")
    (tmp_path / "house.yaml").write_text(pack)
    (tmp_path / "a.txt").write_text(ARTICLE)
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    options = ["--pack", "house.yaml", "--select", "house", "-f", "json", "--cache-dir", "cache"]

    found = []
    for length in (5, 5, 8):
        module.write_text(code.replace("LENGTH", str(length)))
        done = command("run", "a.txt", *options, cwd=tmp_path, PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="1")
        found += [finding["text"] for finding in json.loads(done.stdout)["findings"]]

    assert found == ["Talks", "Talks", "Talks in"]


class Newsroom(RuleBasedStateMachine):
    """Edits, renames and settings in any order: with and without a cache the report is the same."""

    texts = st.sampled_from(
        [ARTICLE, "", "Odessa is calm.\n\n3,5 percent.", "Around 12.500 people.", "Kiev\r\n\r\nLwow"]
    )
    names = st.sampled_from(["a.txt", "b.txt", "c.md", "d.html", "e.json"])

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.place = tempfile.TemporaryDirectory()
        self.folder = Path(self.place.name) / "news"
        self.folder.mkdir()
        self.options: dict[str, Any] = {"select": ("numbers", "names")}

    @rule(name=names, text=texts)
    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_bytes(text.encode())

    @rule(old=names, new=names)
    def rename(self, old: str, new: str) -> None:
        if (self.folder / old).exists():
            (self.folder / old).rename(self.folder / new)

    @rule(language=st.sampled_from(["en", "de", "pl"]))
    def speak(self, language: str) -> None:
        self.options["target_language"] = language

    @rule(groups=st.lists(st.sampled_from(["numbers", "names", "truncation"]), min_size=1, unique=True))
    def select(self, groups: list[str]) -> None:
        self.options["select"] = tuple(groups)

    @rule(level=st.sampled_from(config.Confidence))
    def demand(self, level: config.Confidence) -> None:
        self.options["min_confidence"] = level

    @invariant()
    def reports_are_the_same(self) -> None:
        if hasattr(self, "folder"):
            kept = reported([self.folder], cache_dir=Path(self.place.name) / "cache", **self.options)
            assert kept == reported([self.folder], **self.options)

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.cleanup()


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
