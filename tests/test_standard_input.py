"""Standard input that stands for a file, as editors give it."""

import json
from pathlib import Path
from typing import Any

import pytest

from test_run import report, run

PAGE = b"<p>Around 250.000 soldiers left Kiev on Monday.</p>\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "desk" / "news").mkdir(parents=True)
    (tmp_path / "desk" / "audit.toml").write_text('target-language = "en"\nignore = ["numbers"]\n')
    return tmp_path


def from_editor(folder: Path, name: object, *others: object, code: int = 1, cwd: Path | None = None) -> dict[str, Any]:
    return report("-", *others, "--stdin-filename", name, code=code, stdin=PAGE, cwd=cwd or folder)


def test_name_gives_reader_configuration_and_path(folder: Path) -> None:
    for name, cwd in (
        ("desk/news/a.html", folder),
        ("a.html", folder / "desk/news"),
        (folder / "desk/news/a.html", Path("/")),
        ("desk/not/there/yet/../../../news/a.html", folder),
    ):
        content = from_editor(folder, name, cwd=cwd)

        assert [one["path"] for one in content["documents"]] == ["news/a.html"]
        assert content["documents"][0]["words"] == 7
        assert [one["text"] for one in content["findings"]] == ["Kiev"]


def test_the_text_is_found_as_in_the_file_itself(folder: Path) -> None:
    (folder / "desk/news/a.html").write_bytes(PAGE)

    assert from_editor(folder, "desk/news/a.html") == report("desk/news/a.html", code=1, cwd=folder)


def test_it_takes_the_place_of_the_file(folder: Path) -> None:
    (folder / "desk/news/a.html").write_text("<p>What the disk still holds: Odessa.</p>")
    (folder / "desk/news/b.html").write_text("<p>The next one: Kharkov.</p>")

    content = from_editor(folder, "desk/news/a.html", "desk")

    assert [(one["path"], one["text"]) for one in content["findings"]] == [
        ("news/a.html", "Kiev"),
        ("news/b.html", "Kharkov"),
    ]


def test_a_name_without_a_known_suffix_is_text(folder: Path) -> None:
    assert from_editor(folder, "desk/news/notes")["documents"][0]["words"] == 9


def test_a_name_elsewhere_is_absolute(folder: Path) -> None:
    content = from_editor(folder, folder / "b.html", "--config", "desk/audit.toml")

    assert content["documents"][0]["path"] == str(folder / "b.html")


def test_reports_that_show_articles_show_it(folder: Path) -> None:
    done = run("-", "--stdin-filename", "desk/news/a.html", "--format", "rdjson", stdin=PAGE, cwd=folder)

    (diagnostic,) = json.loads(done.stdout)["diagnostics"]
    assert diagnostic["location"]["range"]["start"]["column"] == 33
    assert diagnostic["suggestions"][0]["text"] == "Kyiv"


def test_a_name_without_standard_input_is_a_contradiction(folder: Path) -> None:
    done = run("desk", "--stdin-filename", "a.html", cwd=folder)

    assert done.returncode == 2
    assert "add “-” to the paths" in done.stderr.decode()


def test_an_editor_may_have_no_name_yet(folder: Path) -> None:
    content = report("-", "--stdin-filename", "", code=1, stdin=PAGE, cwd=folder / "desk")

    assert content["documents"][0]["path"] == "-"
