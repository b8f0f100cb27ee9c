"""What a run would go by: its settings as a file that makes them again, and its files."""

import dataclasses
from pathlib import Path

import pytest

from audit.configuration import config
from audit.configuration.config import Config
from repositories import repository, write
from test_command import audit

CONFIGURATION = """\
packs = ["names-belarus", "house.yaml"]
without-packs = ["punctuation"]
target-language = "pt-br"
fail-on = "never"
min-score = 80.5
names = "house.tsv"
cache-dir = "kept"
[fields]
body = ["html", "tex\\u0074"]
[weights]
error = 7
[rules."numbers/*"]
severity = "note"
[rules.names]
confidence = "high"
[rules."repetition/doubled-word"]
options = {what = "word"}
[[overrides]]
paths = ["de/**", "at/*"]
target-language = "de"
packs = ["names-world"]
[overrides.rules."untranslated/*"]
confidence = "medium"
[[overrides]]
paths = ["fr"]
ignore = ["duplicates"]
"""
PACK = """\
description: Ours
rules:
  - {id: house/label, check: pattern, severity: note, category: style, message: m, why: w, options: {regex: Zx}, examples: []}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    files = {"audit.toml": CONFIGURATION, "house.yaml": PACK, "house.tsv": "house\talso\nKyiv\tKiev\n"}
    files |= {"b.txt": "One.\n", "a.md": "Two.\n", "de/c.html": "<p>Three.</p>\n", "notes.pdf": "Nothing.\n"}
    repository(folder, {**files, ".gitignore": "skipped.md\n"})
    write(folder, {"skipped.md": "Four.\n"})
    return folder


def comparable(loaded: Config) -> dict[str, object]:
    """Return all that a configuration says, without where it says so."""
    found = {field.name: getattr(loaded, field.name) for field in dataclasses.fields(loaded)}
    del found["where"], found["given"], found["narrowed"]
    found["cache_dir"] = str(loaded.cache_dir)
    found["rules"] = [bare(rule) for rule in loaded.rules]
    found["overrides"] = [
        (one.paths, {**one.settings, "rules": [bare(rule) for rule in one.settings.get("rules", ())]})
        for one in loaded.overrides
    ]
    return found


def bare(rule: object) -> object:
    return rule._replace(where="", options=rule.options and rule.options.value)


@pytest.mark.parametrize("options", [(), ("--select", "names,house", "--jobs", "3", "--min-confidence", "low")])
def test_settings_shown_make_the_same_settings(desk: Path, options: tuple[str, ...]) -> None:
    shown = audit("run", ".", "--show-config", *options, cwd=desk, AUDIT_CACHE_DIR="")
    before = config.load(str(desk), {})
    (desk / "audit.toml").write_text(shown.stdout, encoding="utf-8")
    after = config.load(str(desk), {})
    again = audit("run", ".", "--show-config", cwd=desk, AUDIT_CACHE_DIR="")

    assert (shown.returncode, shown.stderr) == (0, "")
    if not options:
        assert comparable(after) == comparable(before)
    assert without_comments(again.stdout) == without_comments(shown.stdout)


def without_comments(shown: str) -> list[str]:
    return [line.partition("  # ")[0].rstrip() for line in shown.splitlines()]


def test_settings_say_where_they_come_from(desk: Path) -> None:
    options = (
        "--target-language",
        "uk",
        "--no-ignores",
        "--changed-since",
        "HEAD",
        "--ratchet",
        "--baseline",
        "b.json",
    )
    shown = audit("run", ".", "--show-config", *options, cwd=desk, AUDIT_CACHE_DIR="/tmp/kept").stdout

    assert 'target-language = "uk"                    # command line, even for articles that name theirs' in shown
    assert 'fail-on = "never"                         # audit.toml:4' in shown
    assert "jobs = 0                                  # default" in shown
    assert 'cache-dir = "/tmp/kept"                   # $AUDIT_CACHE_DIR' in shown
    assert "# source-language is not set" in shown
    assert '[rules."numbers/*"]                       # audit.toml:12' in shown
    assert [line for line in shown.splitlines() if line.startswith("# given")] == [
        "# given: --changed-since HEAD", "# given: --ratchet", "# given: --no-ignores",
    ]  # fmt: skip


def test_a_mistake_in_the_settings_is_told_instead(desk: Path) -> None:
    with (desk / "audit.toml").open("a") as stream:
        stream.write('[overrides.rules."numbrs/*"]\nseverity = "note"\n')

    for option in ("--show-config", "--show-files"):
        done = audit("run", ".", option, cwd=desk)
        assert (done.returncode, done.stdout) == (2, "")
        assert "audit.toml:27: no rule is called “numbrs/*”" in done.stderr


def test_files_are_listed_as_reports_call_them(desk: Path) -> None:
    listed = audit("run", ".", "--show-files", cwd=desk)
    below = audit("run", "de", "../desk/b.txt", "--show-files", cwd=desk)
    named = audit("run", "notes.pdf", "skipped.md", "--show-files", cwd=desk)

    assert (listed.returncode, listed.stdout.splitlines()) == (0, ["a.md", "b.txt", "de/c.html"])
    assert below.stdout.splitlines() == ["de/c.html", "b.txt"]
    assert named.stdout.splitlines() == ["notes.pdf", "skipped.md"]


def test_of_the_files_those_are_listed_that_changed(desk: Path) -> None:
    write(desk, {"b.txt": "Two.\n", "new.txt": "New.\n"})

    listed = audit("run", ".", "--show-files", "--changed-since", "HEAD", "-o", "list.txt", cwd=desk)

    assert (listed.returncode, listed.stdout) == (0, "")
    assert (desk / "list.txt").read_text().splitlines() == ["b.txt", "new.txt"]


def test_no_file_is_a_failure_as_in_a_run(desk: Path) -> None:
    (desk / "empty").mkdir()

    done = audit("run", "empty", "--show-files", cwd=desk)

    assert (done.returncode, done.stdout) == (2, "")
    assert "empty: holds no article" in done.stderr


@pytest.mark.parametrize(
    "options",
    [("--show-config", "--show-files"), ("--show-config", "--report", "a.json"), ("--show-files", "--statistics")],
)
def test_nothing_else_is_done_beside_it(desk: Path, options: tuple[str, ...]) -> None:
    done = audit("run", ".", *options, cwd=desk)

    assert done.returncode == 2
    assert "stand alone" in done.stderr
    assert not (desk / "a.json").exists()
