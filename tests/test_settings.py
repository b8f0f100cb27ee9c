"""What the configuration says of rules, packs, names and single paths, and the mistakes in it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.configuration import config
from audit.configuration.keys import KEYS, OVERRIDE_KEYS, RULE_KEYS
from audit.configuration.schemes import Schemes
from audit.configuration.tomlvalues import lines_of
from audit.model import AuditError, Confidence, Severity

NUMBERS = "The army has 250.000 soldiers and 45.100 tanks, the ministry said.\n"
NAMES = "They met in Kyiv, in Kiev and in Kharkov.\n"
TEXT = f"News of the day\n\n{NUMBERS}\n{NAMES}\nBonus video:\n"


def configured(folder: Path, text: str) -> None:
    (folder / "audit.toml").write_text(text, encoding="utf-8")


def article(folder: Path, name: str, text: str = TEXT) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def found(folder: Path, **settings: object) -> list[tuple[str, str, str]]:
    report = audit.run([folder], **settings)
    assert not report.failures
    return [(one.path, one.rule.partition("/")[0], one.text) for one in report.findings]


def texts(folder: Path, path: str, **settings: object) -> list[str]:
    return [text for name, _, text in found(folder, **settings) if name == path]


def test_an_override_holds_for_its_paths_alone(tmp_path: Path) -> None:
    configured(
        tmp_path,
        'target-language = "en"\n[[overrides]]\npaths = ["sport/**", "c*.txt"]\nignore = ["numbers"]\n'
        '[[overrides]]\npaths = ["sport/de"]\nselect = ["boilerplate"]\n',
    )
    for name in ("a.txt", "b/c.txt", "c1.txt", "sport/a.txt", "sport/de/a.txt"):
        article(tmp_path, name)

    groups = {path: set() for path, _, _ in found(tmp_path)}
    for path, group, _ in found(tmp_path):
        groups[path].add(group)

    everything = {"numbers", "names", "boilerplate"}
    assert groups == {
        "a.txt": everything,
        "b/c.txt": everything,  # a glob without a folder means the root's own files
        "c1.txt": {"names", "boilerplate"},
        "sport/a.txt": {"names", "boilerplate"},
        "sport/de/a.txt": {"boilerplate"},
    }


def test_later_overrides_win_and_what_is_given_wins_over_all(tmp_path: Path) -> None:
    configured(
        tmp_path,
        'target-language = "en"\n[[overrides]]\npaths = ["**"]\nmin-confidence = "high"\nselect = ["names"]\n'
        '[[overrides]]\npaths = ["a.txt"]\nmin-confidence = "low"\nselect = ["numbers"]\n',
    )

    given = config.load(str(tmp_path), {"select": ("boilerplate",), "min_confidence": Confidence.MEDIUM})
    of_file = Schemes(config.load(str(tmp_path), {})).of("a.txt").config

    assert (of_file.min_confidence, of_file.select) == (Confidence.LOW, ("numbers",))
    scheme = Schemes(given).of("a.txt")
    assert (scheme.config.min_confidence, scheme.config.select) == (Confidence.MEDIUM, ("boilerplate",))


def test_an_override_gives_another_language(tmp_path: Path) -> None:
    german = "Nachrichten\n\nDie Armee hat 250,000 Soldaten und 45,100 Panzer, teilte das Ministerium mit.\n"
    configured(tmp_path, 'target-language = "en"\n[[overrides]]\npaths = ["de"]\ntarget-language = "de"\n')
    article(tmp_path, "de/a.txt", german)
    article(tmp_path, "en/a.txt", german)

    assert texts(tmp_path, "de/a.txt", select=("numbers",)) == ["250,000", "45,100"]
    assert texts(tmp_path, "en/a.txt", select=("numbers",)) == []


def test_reports_are_the_same_with_one_process_and_several_and_from_the_cache(tmp_path: Path) -> None:
    configured(
        tmp_path,
        'target-language = "en"\n[[overrides]]\npaths = ["**/*7.txt"]\nignore = ["names"]\n'
        '[[overrides]]\npaths = ["**/*3.txt"]\nrules.names.severity = "error"\n',
    )
    for number in range(200):
        article(tmp_path, f"news/{number}.txt", TEXT.replace("250", str(250 + number)))

    def run(*options: str) -> bytes:
        command = [sys.executable, "-m", "audit", "run", ".", "--format", "json", *options]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout

    first = run("--jobs", "1", "--no-cache")

    kept = ("--cache-dir", str(tmp_path / "kept"))
    assert [run("--jobs", "4", "--no-cache"), run("--jobs", "3", *kept), run("--jobs", "1", *kept)] == [first] * 3
    severities = {(one["path"], one["severity"]) for one in json.loads(first)["findings"] if one["text"] == "Kiev"}
    assert {("news/3.txt", "error"), ("news/4.txt", "warning")} <= severities
    assert "news/7.txt" not in {path for path, _ in severities}


def test_severity_and_confidence_are_set_by_id_group_and_glob(tmp_path: Path) -> None:
    configured(
        tmp_path,
        'target-language = "en"\n[rules.names]\nseverity = "note"\n[rules."names/ukraine-*"]\nseverity = "error"\n'
        '[rules."numbers/*"]\nconfidence = "low"\n',
    )
    article(tmp_path, "a.txt")

    report = audit.run([tmp_path], min_confidence=Confidence.LOW)

    told = {one.text: (one.severity, one.confidence) for one in report.findings}
    assert told["Kharkov"][0] is Severity.ERROR
    assert told["250.000"][1] is Confidence.LOW
    assert not [one for one in audit.run([tmp_path]).findings if one.rule.startswith("numbers/")]


def test_what_is_unsure_stays_so(tmp_path: Path) -> None:
    unsure = "Two things\n\nThe price was 3.500 on Monday. He was in Nikolaev once.\n"
    article(tmp_path, "a.txt", unsure)
    article(tmp_path, "b.txt")
    configured(tmp_path, 'target-language = "en"\n[rules.numbers]\nconfidence = "medium"\n')

    report = audit.run([tmp_path], min_confidence=Confidence.LOW, select=("numbers",))

    told = {one.text: one.confidence for one in report.findings}
    assert told == {"3.500": Confidence.LOW, "250.000": Confidence.MEDIUM, "45.100": Confidence.MEDIUM}


def test_options_of_a_rule_are_laid_over_its_own(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("phrase\tlanguage\nlisten to this story\ten\n", encoding="utf-8")
    configured(
        tmp_path,
        'target-language = "en"\nselect = ["boilerplate/video-label"]\n'
        '[rules."boilerplate/video-label".options]\ntable = "words.tsv"\n',
    )
    article(tmp_path, "a.txt", TEXT + "\nListen to this story\n")

    assert texts(tmp_path, "a.txt") == ["Listen to this story"]


def test_packs_go_off_and_on_by_path(tmp_path: Path) -> None:
    configured(
        tmp_path,
        'target-language = "en"\nwithout-packs = ["boilerplate"]\n'
        '[[overrides]]\npaths = ["world"]\npacks = ["names-world"]\nwithout-packs = ["numbers"]\n',
    )
    text = f"{TEXT}\nA ship left Bombay for Mombasa.\n"
    article(tmp_path, "a.txt", text)
    article(tmp_path, "world/a.txt", text)

    assert "Bombay" in texts(tmp_path, "world/a.txt")
    assert "Bombay" not in texts(tmp_path, "a.txt")
    assert "250.000" in texts(tmp_path, "a.txt")
    assert "250.000" not in texts(tmp_path, "world/a.txt")
    assert "Bonus video:" not in texts(tmp_path, "a.txt")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They met in Kyiv, in Kiev and in Kharkov. Basel's mayor came.", ["Kyiv", "Kharkov", "Basel"]),
        ("de", "Sie trafen sich in Kyiv, in Kiev und in Basel.", ["Kyiv", "Basel"]),
    ],
)
def test_the_house_has_its_own_names(tmp_path: Path, language: str, text: str, expected: list[str]) -> None:
    (tmp_path / "house.tsv").write_text("# ours\nhouse\talso\nKiev\tKyiv, Kyyiv\nBasle\tBasel\n", encoding="utf-8")
    configured(tmp_path, f'target-language = "{language}"\nnames = "house.tsv"\nselect = ["names"]\n')
    article(tmp_path, "a.txt", f"Die Welt\n\n{text}\n")

    assert [one for one in texts(tmp_path, "a.txt") if one in (*expected, "Kiev")] == expected
    fixes = {one.text: one.fix for one in audit.run([tmp_path]).findings}
    assert fixes["Kyiv"].edits[0].text == "Kiev"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '\n[rules."names/ukraine-plac"]\nseverity = "note"\n',
            ":2: no rule is called “names/ukraine-plac”; did you mean",
        ),
        ("[rules.names]\n\nsevrity = 1\n", ":3: unknown key “sevrity” of a rule; did you mean “severity”?"),
        ('[rules.names]\nseverity = "bad"\n', ":2: “severity” wants one of error, warning, note"),
        (
            '[rules."names/ukraine-place".options]\n\ntabel = "x"\n',
            ":3: the check “name-table” has no option “tabel”; did",
        ),
        ('[rules."names/ukraine-place".options]\ntable = "x.tsv"\n', ":2: x.tsv: No such file"),
        ('[rules."names/ukraine-place".options]\ncontext = "x"\n', ":2: “context” wants a list"),
        ('[rules."names/ukraine-place"]\noptions = 3\n', ":2: “options” wants a table"),
        ("overrides = 3\n", ":1: “overrides” is a list: each of them begins with [[overrides]]"),
        ('a = 1\n[[overrides]]\npaths = ["x"]\n', ":1: unknown key “a”"),
        ('jobs = 1\n[[overrides]]\npaths = ["x"]\n', ":2: an override needs a setting beside its paths"),
        ('[[overrides]]\nselect = ["names"]\n', ":1: an override needs the paths that it holds for"),
        ('[[overrides]]\npaths = ["x"]\njobs = 3\n', ":3: unknown key “jobs” of an override"),
        (
            '[[overrides]]\npaths = ["x"]\nignore = ["names"]\n\n[[overrides]]\npaths = ["x"]\nselect = ["nams"]\n',
            ":7: no rule is called “nams”; did you mean",
        ),
        ('[[overrides]]\npaths = ["x"]\nrules.nams.severity = "note"\n', ":3: no rule is called “nams”"),
        ('\nselect = ["names/ukraine-plac"]\n', ":2: no rule is called “names/ukraine-plac”; did you mean"),
        ('\n\nignore = ["nam"]\n', ":3: no rule is called “nam”"),
        ('select = ["names"]\nignore = ["names"]\n', ":1: no rule is left by what is selected and ignored"),
        ('\nwithout-packs = ["name-ukraine"]\n', ":2: there is no pack called “name-ukraine”; did you mean"),
        ('names = "nowhere.tsv"\n', ":1: "),
        ("names = 3\n", ':1: “names” wants a path: "…"'),
        ('packs = ["a", 3]\n', ":1: “packs” wants a list of texts"),
        ("weights = {eror = 3}\n", ":1: “weights” has no severity “eror”; did you mean “error”?"),
        ("min-score = 101\n", ":1: “min-score” wants a number from 0 to 100"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    configured(tmp_path, text)

    with pytest.raises(AuditError) as error:
        Schemes(config.load(str(tmp_path), {}))

    assert str(error.value).startswith(f"{tmp_path / 'audit.toml'}{message}")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("house\tother\nKiev\tKyiv\n", "no column “also”"),
        ("house\talso\nKiev\t\n", "house.tsv:2: a row needs a name in house, and other spellings in also"),
        ("house\talso\nKiev\tKyiv\tKyjiv\n", "house.tsv:2: 3 cells, but the table has 2 columns"),
    ],
)
def test_a_mistake_in_the_names_of_the_house_is_told(tmp_path: Path, table: str, message: str) -> None:
    (tmp_path / "house.tsv").write_text(table, encoding="utf-8")
    configured(tmp_path, 'names = "house.tsv"\n')

    with pytest.raises(AuditError) as error:
        Schemes(config.load(str(tmp_path), {}))

    assert message in str(error.value)


KEY_NAMES = st.sampled_from([*KEYS, *OVERRIDE_KEYS, *RULE_KEYS, "error", "body", "names/ukraine-place", "x y"])
VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-5, 200),
        st.floats(allow_nan=True),
        st.text('aä*/."\\\n\t[]{}#=', max_size=6),
        st.sampled_from(["names", "en", "high", "error", "never", "a.tsv", "house.yaml", "**"]),
        st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEY_NAMES, inner, max_size=3)),
    max_leaves=6,
)


def written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {written(one)}" for key, one in value.items()) + "}"
    return str(value)


@given(tree=st.dictionaries(KEY_NAMES, VALUES, max_size=3))
def test_whatever_stands_there_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, tree: dict) -> None:
    folder = tmp_path_factory.mktemp("any")
    lines = [f"{json.dumps(key)} = {written(value)}" for key, value in tree.items()]
    configured(folder, "\n".join(lines) + "\n")

    told = str(folder)
    try:
        Schemes(config.load(str(folder), {}))
    except AuditError as error:
        told = str(error)

    assert told.startswith(str(folder))


def test_every_key_has_its_line() -> None:
    text = (
        '# a\na = 1\nb.c = [1, # x\n  "]", {d = 2,\n  e = """\nx = 3\n"""}]\n[t."q r"]\nk = \'v\' # [no]\n[[o]]\n'
        'p = ["x"]\n[o.r."n/p"]\ns = 1\n[[o]]\n[[o.sub]]\nz = {a = {b = 1}}\n'
    )

    lines = lines_of(text)

    assert [lines[keys] for keys in [("a",), ("b", "c", 2, "e"), ("t", "q r", "k"), ("o", 0, "r", "n/p", "s")]] == [
        2, 5, 9, 13,
    ]  # fmt: skip
    assert [lines[keys] for keys in [("o", 1), ("o", 1, "sub", 0), ("o", 1, "sub", 0, "z", "a", "b")]] == [14, 15, 16]
