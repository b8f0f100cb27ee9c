"""`audit init` looks at a folder, and writes a configuration that suits it and says so."""

import json
import os
import tomllib
from pathlib import Path

import pytest

from audit.configuration import beginning, config
from audit.configuration.keys import KEYS
from audit.configuration.looking import Seen, look
from test_command import audit
from test_schemas import validator

ENGLISH = (
    "The mayor said on Monday that the bridge would be closed until the end of the week, and that no bus would run.\n"
)
GERMAN = "Der Bürgermeister sagte am Montag, dass die Straße bis zum Ende der Woche gesperrt bleibt und die Busse nicht fahren.\n"
LONG = ENGLISH * 3


def fill(folder: Path, **counts: tuple[int, str]) -> None:
    for name, (count, text) in counts.items():
        for number in range(count):
            path = folder / name.replace("_", "/") / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def chosen(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "audit.toml").read_text(encoding="utf-8"))


def test_one_language_is_that_of_all(tmp_path: Path) -> None:
    fill(tmp_path, news=(4, GERMAN), sport_local=(2, GERMAN))

    done = audit("init", tmp_path)

    assert done.returncode == 0
    assert chosen(tmp_path) == {"target-language": "de"}
    assert "Looked at 6 files with articles (6 in text); those that do not name their language: de." in done.stdout
    assert f"Next: audit run {tmp_path}" in done.stdout


def test_a_folder_in_another_language_is_set_apart(tmp_path: Path) -> None:
    fill(tmp_path, en=(5, ENGLISH), de=(3, GERMAN))
    (tmp_path / "a.txt").write_text(ENGLISH)

    beginning.begin(tmp_path, force=False)

    assert chosen(tmp_path) == {
        "target-language": "en",
        "overrides": [{"paths": ["de/**"], "target-language": "de"}],
    }


def test_folders_alone_have_the_language_of_most(tmp_path: Path) -> None:
    fill(tmp_path, en=(4, ENGLISH), de=(8, GERMAN))

    beginning.begin(tmp_path, force=False)

    assert chosen(tmp_path) == {"target-language": "de", "overrides": [{"paths": ["en/**"], "target-language": "en"}]}


def test_nothing_is_set_that_is_not_clear(tmp_path: Path) -> None:
    fill(tmp_path, mixed=(2, ENGLISH))
    (tmp_path / "mixed" / "de.txt").write_text(GERMAN)
    (tmp_path / "mixed" / "de2.txt").write_text(GERMAN)
    (tmp_path / "named.html").write_text(f'<html lang="fr"><article><p>{GERMAN}</p></article></html>')

    beginning.begin(tmp_path, force=False)

    assert chosen(tmp_path) == {}
    assert look(tmp_path).named == 1


def test_names_of_fields_are_told_from_their_texts(tmp_path: Path) -> None:
    records = [{"id": number, "ueberschrift": "Bridge", "inhalt": LONG} for number in range(5)]
    (tmp_path / "wire.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in records))

    done = audit("init", cwd=tmp_path)
    checked = audit("run", ".", "--show-files", cwd=tmp_path)

    assert "JSON with texts in the field “inhalt”" in done.stdout
    assert chosen(tmp_path) == {"fields": {"body": ["inhalt"]}}
    assert checked.stdout == "wire.jsonl\n"
    assert "5 articles" in audit("run", ".", "--select", "names", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "content", ['{"name": "x", "version": 1}', '[{"inhalt": "short"}]', "[1, 2]", "no JSON", '"x"']
)
def test_json_that_is_no_article_sets_nothing(tmp_path: Path, content: str) -> None:
    for number in range(5):
        (tmp_path / f"{number}.json").write_text(content)

    beginning.begin(tmp_path, force=False)

    assert chosen(tmp_path) == {}


def test_the_file_explains_every_key_and_holds_what_the_schema_allows(tmp_path: Path) -> None:
    text = beginning.text(Seen())
    without_marks = "".join(
        line.removeprefix("# ")
        for line in text.splitlines(keepends=True)
        if "=" in line or line.startswith(("# [", "["))
    )

    examples = tomllib.loads(without_marks)
    validator("config").validate(examples)
    (tmp_path / "audit.toml").write_text(without_marks, encoding="utf-8")

    assert set(examples) == set(KEYS)
    assert all(key.meaning in text for key in KEYS.values())
    assert config.load(str(tmp_path), {}).min_score == 90
    assert tomllib.loads(text) == {}


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text("jobs = 1\n")

    refused = audit("init", tmp_path)
    kept = (tmp_path / "audit.toml").read_text()
    forced = audit("init", tmp_path, "--force")

    assert (refused.returncode, forced.returncode, kept) == (2, 0, "jobs = 1\n")
    assert "is there already; --force writes it anew" in refused.stderr
    assert chosen(tmp_path) == {}


def test_a_project_that_configures_audit_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.audit]\nselect = ["names"]\n')

    done = audit("init", tmp_path, "--force")

    assert done.returncode == 2
    assert "configures audit already" in done.stderr
    assert not (tmp_path / "audit.toml").exists()


def test_a_configuration_further_up_is_named(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text("jobs = 1\n")
    (tmp_path / "desk").mkdir()

    done = audit("init", "desk", cwd=tmp_path)

    assert f"From now on {tmp_path / 'audit.toml'} does not hold for this folder." in done.stdout


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    missing = audit("init", tmp_path / "nowhere")
    (tmp_path / "audit.toml").mkdir()
    taken = audit("init", tmp_path, "--force")

    assert (missing.returncode, taken.returncode) == (2, 2)
    assert "nowhere: is no folder" in missing.stderr
    assert "cannot be written" in taken.stderr
    assert os.listdir(tmp_path) == ["audit.toml"]
