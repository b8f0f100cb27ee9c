"""A run over files: what bad input gets, that nothing else is lost, and that processes change nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import articles_generator

ARTICLE = "Talks in Geneva end without a result\n\nAround 250.000 soldiers left Kiev, the ministry said on Monday.\n"


def run(*arguments: object, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "audit", "run", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, check=False, timeout=120)


def report(*arguments: object, code: int, stdin: bytes = b"", cwd: Path | None = None) -> dict:
    done = run(*arguments, "--format", "json", stdin=stdin, cwd=cwd)
    assert done.returncode == code, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "data", "line", "message"),
    [
        ("latin.txt", "Zeile\nKöln".encode("latin-1"), 2, "is not UTF-8: byte 0xf6 at offset 7"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", 3, "NUL bytes"),
        ("nul.txt", b"one\ntwo\0three", 2, "NUL bytes"),
        ("broken.jsonl", b'{"body": "Kyiv is calm."}\n{"body": \n', 2, ""),
        ("broken.json", b'{"title": "a",\n "body": }', 2, ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_checked(
    folder: Path, name: str, data: bytes, line: int, message: str
) -> None:
    (folder / name).write_bytes(data)

    found = report(folder, "--target-language", "en", code=2)

    assert [failure["path"].rpartition("/")[2] for failure in found["failures"]] == [name]
    assert found["failures"][0]["line"] == line
    assert message in found["failures"][0]["error"]
    assert {finding["text"] for finding in found["findings"]} >= {"250.000", "Kiev"}


def test_failures_are_told_on_standard_error_too(folder: Path) -> None:
    (folder / "nul.txt").write_bytes(b"one\ntwo\0three")

    done = run(folder, "--format", "json")

    assert "nul.txt:2: holds NUL bytes" in done.stderr.decode()


def test_a_vanished_file_and_a_broken_link_are_failures(folder: Path) -> None:
    (folder / "link.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")

    found = report(folder, folder / "gone.txt", "--target-language", "en", code=2)

    assert len(found["failures"]) == 3
    assert found["findings"]


def test_a_loop_of_linked_folders_ends(folder: Path) -> None:
    (folder / "again").symlink_to(folder)

    assert report(folder, "--target-language", "en", code=1)["summary"]["documents"] == 1


def test_an_unreadable_file_is_a_failure(folder: Path) -> None:
    (folder / "folder.txt").mkdir()
    secret = folder / "secret.txt"
    secret.write_text("x")
    secret.chmod(0)
    if os.geteuid() == 0:  # root reads everything: a path through a file is unreadable to anyone
        secret = folder / "good.txt" / "inside.txt"

    found = report(folder / "good.txt", secret, "--target-language", "en", code=2)

    assert len(found["failures"]) == 1
    assert found["findings"]


def test_no_article_at_all_is_a_failure(tmp_path: Path) -> None:
    found = report(tmp_path, code=2)

    assert "holds no article" in found["failures"][0]["error"]


def test_hidden_and_ignored_files_are_left_out_but_named_ones_are_read(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", folder], check=True)
    (folder / ".gitignore").write_text("draft-*\nbuild/\n")
    (folder / "build").mkdir()
    for name in (".hidden.txt", "draft-1.txt", "build/page.txt", "notes.xyz"):
        (folder / name).write_text(ARTICLE)

    walked = report(folder, "--target-language", "en", code=1)
    named = report(folder / "draft-1.txt", folder / "notes.xyz", "--target-language", "en", code=1)

    assert [document["path"] for document in walked["documents"]] == ["good.txt"]
    assert [document["path"] for document in named["documents"]] == ["draft-1.txt", "notes.xyz"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ARTICLE.encode("utf-8-sig"), "utf-8"),
        (ARTICLE.encode("utf-16"), "utf-16"),
        (ARTICLE.encode("utf-32"), "utf-32"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_not_counted(tmp_path: Path, data: bytes, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)

    found = report(tmp_path / "a.txt", "--target-language", "en", code=1)

    number = next(finding for finding in found["findings"] if finding["text"] == "250.000")
    assert number["start"] == {"line": 3, "column": 8, "offset": ARTICLE.index("250.000")}


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    page = (
        '<html lang="en"><meta charset="windows-1251"><body><p>The café in Kiev — «Дніпро» — is open.</p></body></html>'
    )
    (tmp_path / "a.html").write_bytes(page.encode("windows-1251", "xmlcharrefreplace"))

    assert report(tmp_path, code=1)["findings"][0]["text"] == "Kiev"


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"\xef\xbb\xbf", b"\r\r\r"])
def test_empty_files_are_checked_like_any_article(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(data)

    found = report(tmp_path, code=1)

    assert (found["summary"]["documents"], found["summary"]["words"]) == (1, 0)
    assert [finding["rule"] for finding in found["findings"]] == ["truncation/no-article"]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.json", "a.jsonl"])
def test_a_page_that_never_closes_anything_is_checked(tmp_path: Path, name: str) -> None:
    text = "<html><body><article><div><p>Around 250.000 soldiers left Kiev <b>on <i>Monday</p><table><td>"
    (tmp_path / name).write_text(json.dumps({"body": text}) if ".json" in name else text)

    found = report(tmp_path, "--target-language", "en", code=1)

    assert {"250.000", "Kiev"} <= {finding["text"] for finding in found["findings"]}


def test_standard_input_is_read_by_its_name() -> None:
    page = b"<p>Around 250.000 soldiers left Kiev on Monday.</p>"

    plain = report("-", "--target-language", "en", code=1, stdin=page)
    named = report("-", "--stdin-filename", "a.html", "--target-language", "en", code=1, stdin=page)

    assert plain["documents"][0]["path"] == "-"
    assert named["documents"][0]["path"] == "a.html"
    assert named["documents"][0]["words"] == 7


def test_bad_standard_input_is_a_failure(folder: Path) -> None:
    found = report("-", folder, "--target-language", "en", code=2, stdin=b"\xff\xfe\xfd")

    assert found["failures"][0]["path"] == "-"
    assert found["findings"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "nmes"], "no rule is called “nmes”; did you mean"),
        (["--selct", "names"], "'--select'"),
        (["--format", "srif"], "there is no format called “srif”; did you mean “sarif”?"),
        (["--pack", "names-belrus"], "there is no pack called “names-belrus”; did you mean “names-belarus”?"),
        (["--report", "out.doc"], "no format is written to .doc"),
        (["--config", "nowhere.toml"], "nowhere.toml: No such file"),
        (["--pack", "nowhere.yaml"], "nowhere.yaml: No such file"),
        (["--output", "no/such/folder/out.json"], "could not be written"),
    ],
)
def test_a_wrong_option_is_told_and_ends_with_2(folder: Path, arguments: list[str], message: str) -> None:
    done = run(folder, *arguments, cwd=folder)

    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_exit_codes(folder: Path) -> None:
    assert run(folder, "--target-language", "en").returncode == 1
    assert run(folder, "--target-language", "en", "--fail-on", "never").returncode == 0
    assert run(folder, "--target-language", "en", "--select", "duplicates").returncode == 0
    (folder / "bad.txt").write_bytes(b"\0")
    assert run(folder, "--target-language", "en", "--fail-on", "never").returncode == 2


def test_no_cache_and_quiet_are_accepted(folder: Path) -> None:
    assert run(folder, "--no-cache", "--quiet", "--target-language", "en").returncode == 1


def test_reports_are_written_by_their_name(folder: Path) -> None:
    run(folder, "--report", "out.json", "--report", "sarif:other.txt", "--target-language", "en", cwd=folder)

    assert json.loads((folder / "out.json").read_text())["version"] == 1
    assert json.loads((folder / "other.txt").read_text())["version"] == "2.1.0"


def test_a_full_disk_is_told(folder: Path) -> None:
    command = [sys.executable, "-m", "audit", "run", str(folder), "--format", "json"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 2
    assert "No space left" in done.stderr


@pytest.mark.parametrize("format_name", ["json", "sarif", "text"])
def test_processes_change_no_byte(tmp_path: Path, format_name: str) -> None:
    articles_generator.write(tmp_path / "articles", 150)
    (tmp_path / "articles" / "article-00077.txt").write_bytes(b"\0")

    reports = [run(tmp_path, "--format", format_name, "--jobs", jobs).stdout for jobs in (1, 4)]

    assert reports[0] == reports[1]
    assert len(reports[0]) > 1000


def test_paths_are_relative_to_the_configuration(folder: Path) -> None:
    (folder / "audit.toml").write_text('target-language = "en"\n')
    inner = folder / "a b" / "ü"
    inner.mkdir(parents=True)
    (inner / "c#d.txt").write_text(ARTICLE)

    found = report(inner, code=1, cwd=Path("/"))

    assert found["documents"][0]["path"] == "a b/ü/c#d.txt"


def test_one_endless_line_is_checked(tmp_path: Path) -> None:
    line = ARTICLE.replace("\n", " ") * 20_000
    (tmp_path / "long.txt").write_text(line)

    found = report(tmp_path, "--target-language", "en", "--select", "numbers", code=1)

    assert found["summary"]["findings"] >= 20_000


def test_a_check_of_a_third_party_that_breaks_is_named(folder: Path) -> None:
    from audit.engine import Engine
    from audit.model import Document, Offsets
    from audit.rulebook import packs

    class Broken:
        literals = ()

        def find(self, document: Document, sightings: object) -> list[object]:
            raise RuntimeError("out of order")

    rule = packs.load()[0]
    engine = Engine([rule])
    engine._checks[rule.id] = Broken()
    hits, failures = engine.find(Document("a.txt", "text", [], Offsets.identity(4)))

    assert not hits
    assert (failures[0].rule, failures[0].error) == (rule.id, "the rule broke: RuntimeError: out of order")
