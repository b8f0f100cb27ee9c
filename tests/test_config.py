"""The configuration is found upwards, and a mistake in it is told with file and line."""

from pathlib import Path

import pytest

from audit.configuration import config
from audit.model import AuditError, Confidence, Severity


def test_audit_toml_is_found_upwards_and_gives_the_root(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text('target-language = "de"\nmin-confidence = "high"\nfail-on = "never"\n')
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)

    found = config.load(str(folder), {})

    assert (found.root, found.target_language) == (tmp_path.resolve(), "de")
    assert (found.min_confidence, found.fail_on) == (Confidence.HIGH, None)


def test_pyproject_counts_only_with_its_section(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.audit]\nselect = ["names/*"]\n[tool.audit.fields]\nbody = "html"\n')
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")

    found = config.load(str(tmp_path / "a"), {})

    assert (found.select, found.fields) == (("names/*",), {"body": ("html",)})


def test_settings_win_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text('fail-on = "error"\n')

    assert config.load(str(tmp_path), {"fail_on": Severity.NOTE}).fail_on is Severity.NOTE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nslect = ["a"]\n', ":2: unknown key “slect”; did you mean “select”?"),
        ('select = "names"\n', ":1: “select” wants a list of texts"),
        ('# one\n\nfail-on = "bad"\n', ":3: “fail-on” wants one of error, warning, note, never"),
        ("jobs = -1\n", ":1: “jobs” wants a number from 0 up"),
        ("[fields]\nbdy = 'x'\n", ":2: “fields” has no field “bdy”; did you mean “body”?"),
        ("a = 1\nb = \n", ":2: Invalid value"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "audit.toml"
    path.write_text(text)

    with pytest.raises(AuditError) as error:
        config.load(str(tmp_path), {})

    assert str(error.value).startswith(str(path))
    assert message in str(error.value)


def test_an_unknown_setting_of_the_api_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="did you mean “select”"):
        config.load(str(tmp_path), {"selekt": ()})
