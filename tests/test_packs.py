"""A mistake in a pack is told with file and line."""

import dataclasses
import os
import pickle
from functools import cache
from pathlib import Path

import pytest

from audit.model import PackError
from audit.rulebook import packfile, packs
from audit.rulebook.tables import read_table

GOOD = """\
description: A pack for tests
rules:
  - id: boilerplate/house-label
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


@pytest.fixture
def write(tmp_path: Path):
    (tmp_path / "labels.tsv").write_text("phrase\tlanguage\nRead our leaflet\ten\n", encoding="utf-8")

    (tmp_path / "columns.tsv").write_text("phrases\tlanguage\nRead our leaflet\ten\n", encoding="utf-8")
    (tmp_path / "latin.tsv").write_text("phrase\tlanguage\nÜber\tde\n", encoding="latin-1")

    def write(text: str) -> Path:
        path = tmp_path / "house.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_pack_of_ones_own_is_read(write) -> None:
    pack = packfile.read(write(GOOD))

    assert [rule.id for rule in pack.rules] == ["boilerplate/house-label"]
    assert pack.rules[0].examples[0].spans == ((10, 26),)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("severity: warning", "severty: warning", 5, "no key “severty”; did you mean “severity”?"),
        ("severity: warning", "severity: fatal", 5, "“fatal” is none of note, warning, error"),
        ("check: phrases", "check: phrase", 4, "no check called “phrase”; did you mean “phrases”?"),
        ("{table: labels.tsv}", "{tabel: labels.tsv}", 9, "no option “tabel”; did you mean “table”?"),
        ("{table: labels.tsv}", "{table: lables.tsv}", 9, "lables.tsv: No such file"),
        ("id: boilerplate/house-label", "id: HouseLabel", 3, "group/what-is-wrong"),
        ("good: They read", "god: They read", 13, "no key “god”; did you mean “good”?"),
        ("[[Read our leaflet]]", "Read our leaflet", 11, "marks what is wrong"),
        ("description: A pack", "description: [A pack", 1, ""),
        ("    why: It was left over.\n", "", 3, "lacks “why”"),
        ("options: {table: labels.tsv}", "options: {}", 4, "the check “phrases” needs the option “table”"),
        ("“{found}” is", "“{found” is", 7, "the message cannot be filled in"),
        ("“{found}” is", "“{found.x}” is", 7, "braces hold the name of a value"),
        ("[[Read our leaflet]]", "[[Read our leaflet]] [[", 11, "must come in pairs"),
        ("    why:", "    languages: [english]\n    why:", 8, "is no language tag"),
        ("good: They", "target_language: german\n        good: They", 13, "did you mean “de”?"),
        ("good: They", "format: htlm\n        good: They", 13, "did you mean “html”?"),
        ("labels.tsv", "columns.tsv", 3, "its table has no column “phrase”; did you mean “phrases”?"),
        ("labels.tsv", "latin.tsv", 9, "latin.tsv: is not UTF-8"),
        ("phrases", "pattern", 9, "the check “pattern” has no option “table”"),
        ("phrases", "number-format\n    kinds: [para]", 5, "“para” is none of headline"),
        ("    why: It was left over.\n", "    why: a\n    why: b\n", 9, "“why” stands twice"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(write, old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    path = write(GOOD.replace(old, new, 1))

    with pytest.raises(PackError) as error:
        packfile.read(path)

    assert message in str(error.value)
    if message:
        assert str(error.value).startswith(f"{path}:{line}: ")
    else:
        assert str(error.value).startswith(f"{path}:")


def test_norwegian_is_a_language_and_not_false(write) -> None:
    path = write(GOOD.replace("    options:", "    languages: [no, de]\n    options:"))

    assert packfile.read(path).rules[0].languages == ("no", "de")


def test_a_rule_may_not_be_defined_twice(write) -> None:
    path = write(GOOD.replace("boilerplate/house-label", "duplicates/caption"))

    with pytest.raises(PackError, match="already defined"):
        packs.load((str(path),))


def test_a_table_with_too_many_cells_names_its_line(write, tmp_path: Path) -> None:
    path = write(GOOD)
    (tmp_path / "labels.tsv").write_text("# labels\nphrase\tlanguage\na\ten\tx\ty\n", encoding="utf-8")
    read_table.cache_clear()

    with pytest.raises(PackError, match=r"labels\.tsv:3: 4 cells"):
        packfile.read(path)


def test_an_expression_that_is_none_is_told_with_the_line_of_its_rule(write) -> None:
    path = write(GOOD.replace("phrases", "pattern").replace("{table: labels.tsv}", "{regex: '(a'}"))

    with pytest.raises(PackError, match=r"house\.yaml:3: the check “pattern”: “\(a” is no regular expression"):
        packfile.read(path)


def test_a_value_that_the_check_does_not_give_fails_the_examples(write) -> None:
    from audit.examples import prove

    pack = packfile.read(write(GOOD.replace("{found}", "{fuond}")))

    faults = [outcome.fault for outcome in prove(pack.rules) if outcome.fault]
    assert len(faults) == 1
    assert "house.yaml:11: boilerplate/house-label: the check gives no value for {fuond}" in faults[0]


def test_a_mistyped_confidence_in_a_table_names_its_line(write, tmp_path: Path) -> None:
    path = write(GOOD)
    (tmp_path / "labels.tsv").write_text("phrase\tlanguage\tconfidence\nRead our leaflet\ten\thgih\n", encoding="utf-8")

    with pytest.raises(PackError, match=r"labels\.tsv:2: the confidence “hgih” is none of low, medium, high"):
        packs.load((str(path),))


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return compiled packs that this test alone uses, and may change before it asks for them."""
    for name in ("_header", "compiled", "compiled_checks", "stamp"):
        monkeypatch.setattr(packs, name, cache(getattr(packs, name).__wrapped__))
    monkeypatch.setattr(packs, "COMPILED", tmp_path / "compiled.pickle")
    packs.compile_builtin(packs.COMPILED)
    return packs.COMPILED


@pytest.mark.usefixtures("compiled")
def test_compiled_packs_are_the_packs() -> None:
    read = {name: packfile.read(packs.RULES / f"{name}.yaml", name=name) for name in packs.builtin_names()}

    assert packs.compiled() == read
    for pack in read.values():
        for rule in pack.rules:
            literals = packfile.build_check(rule).literals
            assert set(packs.compiled_checks()[rule.id].literals) == set(literals), rule.id


def test_compiled_packs_older_than_a_rule_are_not_used(compiled: Path) -> None:
    os.utime(compiled, (0, 0))

    assert (packs.compiled(), packs.compiled_checks()) == ({}, {})


@pytest.mark.parametrize("left", [0.0, 0.1, 0.5, 0.99])
def test_compiled_packs_cut_short_change_no_check(compiled: Path, left: float) -> None:
    data = compiled.read_bytes()
    compiled.write_bytes(data[: int(left * len(data))])
    rule = packs.builtin("repetition").rules[0]

    assert packs.compiled_checks() == {}
    assert packs.check_of(rule) == packfile.build_check(rule)


@pytest.mark.usefixtures("compiled")
def test_packs_compiled_with_another_version_of_regex_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "_MAKER", "regex 2021")

    assert (packs.compiled(), packs.compiled_checks()) == ({}, {})


@pytest.mark.usefixtures("compiled")
def test_the_stamp_is_that_of_the_sources_whether_they_are_compiled_or_not() -> None:
    compiled = packs.stamp()
    os.utime(packs.COMPILED, (0, 0))

    packs._header.cache_clear()
    packs.stamp.cache_clear()

    assert packs.stamp() == compiled


@pytest.mark.usefixtures("compiled")
def test_a_rule_sent_to_another_process_has_its_compiled_check() -> None:
    rule = pickle.loads(pickle.dumps(packs.compiled()["boilerplate"].rules[0]))

    assert packs.check_of(rule) is packs.compiled_checks()[rule.id]


def test_a_rule_with_other_options_gets_a_check_of_its_own() -> None:
    rule = packs.builtin("repetition").rules[0]
    changed = dataclasses.replace(rule, options={**rule.options, "what": "loop"})

    assert packs.check_of(changed) == packfile.build_check(changed) != packs.check_of(rule)
