"""Bad input: each gets a clear failure or is checked in bounded time, and the rest of the run goes on."""

import json
import os
import subprocess
import sys
import time
from itertools import pairwise, product
from pathlib import Path
from string import ascii_lowercase

import pytest

from test_run import ARTICLE, report, run

SENTENCE = "Around 250.000 soldiers left Kiev, the ministry said on Monday."


def check_alone(path: Path, text: str, *, code: int = 1) -> dict:
    path.write_text(text, encoding="utf-8")
    return report(path, "--target-language", "en", code=code)


def texts(found: dict) -> set[str]:
    return {finding["text"] for finding in found["findings"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("front-matter-that-explodes.md", "aliases"),
        ("deep-front-matter.md", f"---\na: {'[' * 50_000}\n---\n{SENTENCE}"),
        ("deep-list.md", "- " * 50_000 + SENTENCE),
        ("deep-quote.md", "> " * 50_000 + SENTENCE),
        ("brackets.md", "[" * 50_000 + SENTENCE),
        ("stars.md", "*" * 50_000 + f" {SENTENCE} " + "**_" * 50_000),
        ("deep.html", "<div>" * 100_000 + SENTENCE),
        ("deep-inline.html", "<b>" * 100_000 + SENTENCE),
        ("never-closed-quote.html", '<p a="' * 50_000 + SENTENCE),
        ("less-than.html", "<" * 200_000 + SENTENCE),
        ("ampersands.html", "&" * 200_000 + SENTENCE),
        ("carriage-returns.txt", "\r" * 200_000 + SENTENCE),
        ("spaces.txt", " " * 500_000 + SENTENCE),
        ("accents.txt", "a" + "\u0301" * 100_000 + f" {SENTENCE}"),
        ("long-number.json", f'{{"body": "{SENTENCE}", "id": {"9" * 6_000}}}'),
        ("surrogates.json", f'{{"title": "Say \\ud83d hello", "body": "{SENTENCE} \\udc00 and \\ud83d"}}'),
        ("surrogates.jsonl", f'{{"body": "{SENTENCE} \\udc00 and \\ud83d"}}\n'),
        ("blocks.txt", "Word\n\n" * 100_000 + SENTENCE),
        ("labels.txt", "React to article\n\n" * 100_000 + SENTENCE),
        (
            "halves.txt",
            "".join(f"{word} Church " for word in map("".join, product(ascii_lowercase[:18], repeat=4))) + SENTENCE,
        ),
    ],
)
def test_hostile_files_are_checked_in_a_moment(tmp_path: Path, name: str, text: str) -> None:
    if text == "aliases":
        levels = [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise("abcdefghijk")]
        text = "\n".join(["---", "a: &a [x]", *levels, "---", SENTENCE])
    code = 2 if name == "deep-front-matter.md" else 1
    start = time.monotonic()

    found = check_alone(tmp_path / name, text, code=code)

    assert texts(found) >= {"250.000", "Kiev"}
    assert time.monotonic() - start < 30  # without a bound: minutes


@pytest.mark.parametrize("text", ['{"a":' * 100_000 + "1" + "}" * 100_000, '{"body": ' + "[" * 100_000])
def test_json_nested_too_deeply_is_a_failure(tmp_path: Path, text: str) -> None:
    found = check_alone(tmp_path / "deep.json", text, code=2)

    assert found["failures"][0]["error"] == "is JSON nested too deeply"


def test_of_a_field_that_stands_twice_the_last_one_counts(tmp_path: Path) -> None:
    found = check_alone(tmp_path / "a.json", f'{{"body": "{SENTENCE}", "body": "Around 3.500 soldiers left."}}')

    assert texts(found) == {"3.500"}


def test_a_long_file_of_records_takes_time_and_no_more(tmp_path: Path) -> None:
    line = json.dumps({"title": "Talks in Geneva", "body": "The ministry said so."})

    found = check_alone(tmp_path / "a.jsonl", f"{line}\n" * 20_000, code=0)

    assert found["summary"]["documents"] == 20_000


@pytest.mark.parametrize(
    ("data", "offset"),
    [(b"\xef\xbb\xbfab\xff", "byte 0xff at offset 5"), (b"\xff\xfea\0b", "byte 0x62 at offset 4")],
)
def test_a_broken_byte_behind_a_byte_order_mark_is_told_where_it_is(tmp_path: Path, data: bytes, offset: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)

    assert offset in report(tmp_path, code=2)["failures"][0]["error"]


@pytest.mark.parametrize("charset", ["klingon", "rot13", "base64", "unicode_escape", "idna", "utf-8"])
def test_a_declared_encoding_that_is_none_of_texts_is_not_followed(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.html").write_bytes(f'<meta charset="{charset}"><p>Zürich</p>'.encode("latin-1"))

    assert "is not UTF-8: byte 0xfc" in report(tmp_path, code=2)["failures"][0]["error"]


def test_a_folder_that_cannot_be_listed_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.folder import files
    from audit.model import Failure

    (tmp_path / "good.txt").write_text(ARTICLE)
    (tmp_path / "secret").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:  # root may list every folder
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(files.find([str(tmp_path)], tmp_path, lambda suffix: suffix == ".txt"))

    assert [file.shown for file in found if isinstance(file, files.Input)] == ["good.txt"]
    assert found[-1] == Failure("secret", "cannot be listed: Permission denied")


def test_a_pipe_that_nobody_fills_and_a_device_do_not_hang(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE)
    os.mkfifo(tmp_path / "pipe.txt")

    found = report(tmp_path, "/dev/zero", "--target-language", "en", code=2)

    assert {failure["error"] for failure in found["failures"]} == {"cannot be read: it is a device or pipe, not a file"}
    assert len(found["failures"]) == 2
    assert found["findings"]


def test_what_a_shell_feeds_in_by_a_pipe_is_read() -> None:
    command = f'{sys.executable} -m audit run <(printf "{SENTENCE}") --target-language en'

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)

    assert "250.000" in done.stdout, done.stderr


def test_suffixes_count_in_capitals_too(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text(ARTICLE)
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "b.Html").write_text(SENTENCE)

    found = report(".", "--target-language", "en", code=1, cwd=tmp_path)

    assert [document["path"] for document in found["documents"]] == ["A.TXT", "folder.txt/b.Html"]


def test_odd_names_are_reported_and_harm_no_terminal(tmp_path: Path) -> None:
    for name in (b"a b.txt", "ü.txt".encode(), b"new\nline.txt", b"bad\xff.txt", b"esc\x1b[31m.txt", b"-dash.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(ARTICLE)

    plain = run(tmp_path, "--target-language", "en", cwd=tmp_path).stdout.decode()
    documents = report(tmp_path, "--target-language", "en", code=1, cwd=tmp_path)["documents"]

    assert "\x1b" not in plain
    assert "new<U+000A>line.txt:3:8" in plain
    assert len(documents) == 6


def test_a_file_is_checked_once_however_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)

    found = report("a.txt", ".", "./a.txt", tmp_path / "a.txt", "--target-language", "en", code=1, cwd=tmp_path)

    assert [document["path"] for document in found["documents"]] == ["a.txt"]


def test_a_folder_without_articles_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text("")
    (tmp_path / "a" / "b").mkdir(parents=True)

    failure = report("b", code=2, cwd=tmp_path / "a")["failures"][0]

    assert failure["path"] == "a/b"
    assert ".txt" in failure["error"]
    assert "ignored by git" in failure["error"]


def test_ignored_files_are_told_by_the_repository_that_holds_them(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    for folder in (tmp_path, inner):
        subprocess.run(["git", "init", "-q", folder], check=True)
        for name in ("mine.txt", "outer.txt", "inner.txt"):
            (folder / name).write_text(ARTICLE)
    (tmp_path / ".gitignore").write_text("outer.txt\n")
    (inner / ".gitignore").write_text("inner.txt\n")
    command = [sys.executable, "-m", "audit", "run", ".", "--format", "json"]

    hook = {**os.environ, "GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"}  # as git sets them for its hooks
    done = subprocess.run(command, cwd=tmp_path, env=hook, capture_output=True, check=False)

    paths = [document["path"] for document in json.loads(done.stdout)["documents"]]
    assert paths == ["inner.txt", "inner/mine.txt", "inner/outer.txt", "mine.txt"]


def test_without_git_everything_is_checked(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("a.txt\n")
    (tmp_path / "a.txt").write_text(ARTICLE)
    command = [sys.executable, "-m", "audit", "run", ".", "--format", "json"]

    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PATH": ""}, capture_output=True, check=False)

    assert json.loads(done.stdout)["summary"]["documents"] == 1


def test_a_name_that_no_file_can_have_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE)

    found = report("x" * 5_000, "good.txt/inside.txt", "good.txt", "--target-language", "en", code=2, cwd=tmp_path)

    assert len(found["failures"]) == 2
    assert "cannot be read: File name too long" in found["failures"][0]["error"]
    assert found["findings"]
