"""What is accepted: audit-ignore.toml, comments and front matter, the baseline file, and mistakes in each of them."""

import io
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import audit
from audit.accepting import adding, baseline, ignorefile
from audit.accepting.baseline import Multiset
from audit.accepting.today import today
from audit.configuration import pathglobs
from audit.model import AuditError, Confidence
from audit.report import NEW, Report
from github_sarif import assert_github_accepts
from reports import ANY, finding, rendered
from test_command import audit as command
from test_reporters import SCHEMA

RULES = audit.rules()
KIEV = "The train left Kiev on Monday, the ministry said.\n"
PRINT = "d42186f9406c2d434794177e948ea886"
REASON = 'reason = "so"'


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_TODAY", "2026-03-01")


def checked(folder: Path, **settings: object) -> Report:
    (folder / "audit.toml").touch()
    return audit.run([folder], **{"target_language": "en", "jobs": 1, **settings})


def english(folder: Path) -> None:
    (folder / "audit.toml").write_text('target-language = "en"\n', encoding="utf-8")


def texts(report: Report) -> tuple[list[str], list[str]]:
    return [one.text for one in report.findings], [one.text for one in report.suppressed]


def messages(report: Report) -> list[tuple[str, int | None, str]]:
    return [notice[:3] for notice in report.notices]


def article(folder: Path, text: str, name: str = "a.md") -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_the_day_is_told_by_the_environment_or_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    assert today() == date(2026, 3, 1)
    monkeypatch.setenv("AUDIT_TODAY", "tomorrow")
    with pytest.raises(AuditError, match="AUDIT_TODAY wants a date, such as 2026-12-31, not “tomorrow”"):
        today()
    monkeypatch.delenv("AUDIT_TODAY")
    assert today() > date(2026, 1, 1)


# --- audit-ignore.toml ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[[ignore]\n", 1, "Expected ']]' at the end of an array declaration"),
        ('[[ignore]]\nrule = "names"\nreason = "a\n', 3, "Illegal character"),
        (f'\n[[ignores]]\nrule = "names"\n{REASON}\n', 2, "unknown key “ignores”; did you mean “ignore”?"),
        (f'[ignore]\nrule = "names"\n{REASON}\n', 1, "“ignore” is a list of entries: each begins with [[ignore]]"),
        ("ignore = [1]\n", 1, "an entry is a table"),
        (f'[[ignore]]\nrule = "names"\n\nreasn = "x"\n{REASON}', 4, "unknown key “reasn”; did you mean “reason”?"),
        ('# why\n[[ignore]]\nrule = "names"\n', 2, "an entry needs a reason"),
        ('[[ignore]]\nrule = "names"\nreason = " "\n', 3, "“reason” wants a text"),
        ('[[ignore]]\nrule = "names"\nreason = 7\n', 3, "“reason” wants a text"),
        (f'[[ignore]]\npath = "a.txt"\n{REASON}\n', 1, "an entry needs a fingerprint or a rule (rule = “*” for all)"),
        (f'[[ignore]]\nrule = "names/ukraine-plaze"\n{REASON}\n', 2, "did you mean “names/ukraine-place”?"),
        (f'[[ignore]]\n{REASON}\nfingerprint = "Kiev"\n', 3, "“fingerprint” wants one from a report"),
        (f'[[ignore]]\n{REASON}\nfingerprint = "{PRINT}"\ntext = "x"\n', 4, "a fingerprint or a text, not both"),
        (f'[[ignore]]\nrule = "names"\n{REASON}\nexpires = "2026-12-31"\n', 4, "wants a date without quotation marks"),
        (f'[[ignore]]\nrule = "names"\n{REASON}\nexpires = 2026-12-31T00:00:00\n', 4, "wants a date without"),
        (f'[[ignore]]\nrule = "names"\n{REASON}\nexpires = 2026-02-30\n', 4, ""),
        (2 * f'[[ignore]]\nfingerprint = "{PRINT}"\n{REASON}\n', 4, "the fingerprint stands at line 1, too"),
        (
            f'[[ignore]]\nrule = "names"\nreason = """\n[[ignore]]\n"""  # [[ignore]]\n\n[[ ignore ]]\nrle = "names"\n{REASON}',
            8,
            "unknown key “rle”; did you mean “rule”?",
        ),
    ],
)
def test_a_mistake_in_the_ignore_file_is_told_with_file_and_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "audit-ignore.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AuditError) as error:
        checked(tmp_path)

    assert str(error.value).startswith(f"{path}:{line}: ")
    assert message in str(error.value)


def test_a_mistake_in_the_ignore_file_ends_the_command_with_2(tmp_path: Path) -> None:
    (tmp_path / "audit.toml").write_text('ignore-file = "accepted.toml"\n', encoding="utf-8")
    article(tmp_path, KIEV)

    done = command("run", ".", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert "accepted.toml: No such file or directory" in done.stderr


@pytest.mark.parametrize(
    ("entry", "silenced"),
    [
        ('rule = "names/ukraine-place"', True),
        ('rule = "names"', True),
        ('rule = "*/ukraine-*"\npath = "desk/*.txt"', True),
        ('rule = "*"\npath = "desk"', True),
        ('rule = "*"\npath = "**/a.txt"', True),
        ('rule = "*"\npath = "*.txt"', False),
        ('rule = "*"\npath = "other/**"', False),
        ('rule = "numbers"', False),
        ('rule = "*"\ntext = "Kiev"', True),
        ('rule = "*"\ntext = "left Kiev on"', True),
        ('rule = "*"\ntext = "Kie"', False),
        ('rule = "*"\ntext = "left Kyiv on"', False),
        ('rule = "*"\ntext = "The train left"', False),
        ('rule = "*"\nexpires = 2026-03-01', True),
        ('rule = "*"\nexpires = 2026-02-28', False),
    ],
)
def test_entries_mean_path_rule_and_text(tmp_path: Path, entry: str, silenced: bool) -> None:
    article(tmp_path, KIEV, "desk/a.txt")
    (tmp_path / "audit-ignore.toml").write_text(f"[[ignore]]\n{entry}\n{REASON}\n", encoding="utf-8")

    assert texts(checked(tmp_path, min_score=0.0)) == (([], ["Kiev"]) if silenced else (["Kiev"], []))


@pytest.mark.parametrize(
    ("entry", "settings", "told"),
    [
        ('rule = "numbers"', {}, True),
        ('rule = "numbers"', {"select": ("numbers",)}, False),  # another run may find it
        ('rule = "numbers"', {"min_confidence": Confidence.HIGH}, False),
        ('rule = "names"\npath = "a.md"', {}, True),
        ('rule = "names"\npath = "b.md"', {}, True),  # it is gone
        ('rule = "names"\npath = "sub/b.md"\nexpires = 2020-01-01', {}, True),
        ('rule = "names"\npath = "/elsewhere/b.md"', {}, False),
    ],
)
def test_an_unused_entry_is_told_where_all_was_checked(tmp_path: Path, entry: str, settings: dict, told: bool) -> None:
    article(tmp_path, "Nothing is wrong here, the ministry said.\n")
    (tmp_path / "audit-ignore.toml").write_text(f"# one\n[[ignore]]\n{entry}\n{REASON}\n", encoding="utf-8")

    report = checked(tmp_path, **settings)

    day = "expired on 2020-01-01, and " if "2020" in entry else ""
    message = f"{day}matches nothing any more: take it out; its reason was “so”"
    assert messages(report) == ([("audit-ignore.toml", 2, message)] if told else [])


def test_an_entry_is_not_called_unused_by_a_run_over_other_files(tmp_path: Path) -> None:
    article(tmp_path, KIEV, "a.txt")
    article(tmp_path, "All is well, the ministry said.\n", "b.txt")
    english(tmp_path)
    (tmp_path / "audit-ignore.toml").write_text(
        f'[[ignore]]\nrule = "*"\npath = "a.txt"\n{REASON}\n[[ignore]]\nrule = "*"\npath = "*.md"\n{REASON}\n',
        encoding="utf-8",
    )

    assert audit.run([tmp_path / "b.txt"]).notices == []
    assert [notice.line for notice in audit.run([tmp_path]).notices] == [5]


@pytest.mark.parametrize(
    ("glob", "path", "meant"),
    [
        ("a.txt", "a.txt", True),
        ("a.txt", "b/a.txt", False),
        ("b", "b/a.txt", True),
        ("b/", "b/c/a.txt", True),
        ("b", "bc/a.txt", False),
        ("*", "b/a.txt", False),
        ("b/*", "b/c/a.txt", False),
        ("**", "b/a.txt", True),
        ("**/a.txt", "a.txt", True),
        ("b/**/a.txt", "b/c/d/a.txt", True),
        ("a?[0-9].txt", "ab7.txt", True),
        ("a[!0-9].txt", "a7.txt", False),
        ("a[!0-9].txt", "a/.txt", False),
        ("a+(1).txt", "a+(1).txt", True),
        ("[", "[", True),
    ],
)
def test_globs_of_paths(glob: str, path: str, meant: bool) -> None:
    assert pathglobs.matches(path, glob) is meant


# --- audit ignore -----------------------------------------------------------------------------------------------------


def test_ignoring_keeps_the_file_as_it_is_and_adds_an_entry(tmp_path: Path) -> None:
    path = tmp_path / "audit-ignore.toml"
    before = f'# our list\r\n[[ignore]]  # one\r\nrule = "numbers"\r\n{REASON}'
    path.write_bytes(before.encode())
    found = checked(article(tmp_path, KIEV).parent).findings[0]

    line = adding.add(path, found, ' he said "so" \x7f\n', date(2026, 12, 31), RULES)

    after = path.read_bytes().decode()
    assert after.startswith(before)
    assert "\n" not in after.replace("\r\n", "")
    added = ignorefile.read(path, RULES)[1]
    assert (added.line, added.fingerprint, added.path) == (line, found.fingerprint, "a.md")
    assert (added.reason, added.expires) == ('he said "so" \x7f', date(2026, 12, 31))
    assert "# The train left Kiev on Monday, the ministry said." in after
    assert texts(checked(tmp_path)) == ([], ["Kiev"])


def is_writable(text: str) -> bool:
    """Tell whether a TOML file can hold a text that is not blank: half of a letter it cannot (see below)."""
    return bool(text.strip()) and not any("\ud800" <= letter <= "\udfff" for letter in text)


@given(text=ANY, reason=ANY.filter(is_writable), path=ANY.filter(is_writable), around=ANY)
def test_whatever_an_article_holds_makes_a_sound_entry(
    tmp_path_factory: pytest.TempPathFactory, text: str, reason: str, path: str, around: str
) -> None:
    target = tmp_path_factory.mktemp("ignoring") / "audit-ignore.toml"
    one = finding("names/ukraine-place", text, path=path, excerpt=(around, around), fingerprint=PRINT)

    adding.add(target, one, reason, None, RULES)

    (entry,) = ignorefile.read(target, RULES)
    assert (entry.fingerprint, entry.path, entry.reason) == (PRINT, path, reason.strip())


def test_half_a_letter_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="holds half of a letter"):
        adding.add(tmp_path / "i.toml", finding("names/ukraine-place", fingerprint=PRINT), "\udc80", None, RULES)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ffff", "--reason", "x"], "nothing that is found here has the fingerprint “ffff”; there are "),
        (["", "--reason", "x"], "nothing that is found here has the fingerprint “”"),
        (["KIEV", "--reason", " "], "a finding is ignored for a reason: say it with --reason"),
        (["KIEV", "--reason", "x", "--expires", "soon"], "--expires wants a date, such as 2026-12-31, not “soon”"),
        (["KIEV"], "Missing option '--reason'"),
        (["KIEV", "nowhere", "--reason", "x"], "nothing that is found here has the fingerprint"),
        (["KIEV", "--reason", "x", "--select", "nmes"], "did you mean “names”?"),
    ],
)
def test_ignoring_refuses_what_it_does_not_understand(tmp_path: Path, arguments: list[str], message: str) -> None:
    article(tmp_path, KIEV)
    english(tmp_path)
    fingerprint = audit.run([tmp_path]).findings[0].fingerprint

    done = command("ignore", *(fingerprint[:8] if word == "KIEV" else word for word in arguments), cwd=tmp_path)

    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "audit-ignore.toml").exists()


def test_ignoring_twice_is_refused_and_a_beginning_of_several_too(tmp_path: Path) -> None:
    article(tmp_path, f"{KIEV}\n{KIEV}")
    english(tmp_path)
    first, second = (one for one in audit.run([tmp_path], select=("names",)).findings)
    assert second.fingerprint == f"{first.fingerprint}-2"

    done = command("ignore", f"{first.fingerprint[:6]}-2", ".", "--reason", "x", cwd=tmp_path)
    again = command("ignore", second.fingerprint, ".", "--reason", "x", cwd=tmp_path)

    assert done.returncode == 0
    assert again.returncode == 2
    assert "audit-ignore.toml:2: is there already: “x”; change it there" in again.stderr
    (left,) = audit.run([tmp_path], select=("names",)).findings
    assert left.start.line == 1


def test_a_beginning_of_several_fingerprints_is_refused() -> None:
    found = [finding("a/b", fingerprint=f"ab{digit}0") for digit in range(7)]

    with pytest.raises(AuditError, match=r"“ab” begins 7 fingerprints: ab00 \(news/front.txt:3\), .*, …"):
        adding.meant("ab", found)
    assert adding.meant("AB3", found) is found[3]


def test_entries_that_are_no_tables_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "audit-ignore.toml"
    path.write_text(f'ignore = [{{rule = "numbers", {REASON}}}]\n', encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(AuditError, match="add this one by hand"):
        adding.add(path, finding("names/ukraine-place", fingerprint=PRINT), "x", None, RULES)

    assert path.read_bytes() == before


# --- comments and front matter ----------------------------------------------------------------------------------------

IGNORE = "audit: ignore names/ukraine-place it is called so"


@pytest.mark.parametrize(
    ("name", "text", "silenced"),
    [
        ("a.md", f"Kiev one.\n\n<!-- {IGNORE} -->\n\nKiev two.\n\nKiev three.\n", [5]),
        ("a.md", f"Kiev one.\n\n<!-- {IGNORE} -->\nKiev two.\n\nKiev three.\n", [4]),
        ("a.md", f"Kiev one.\n\nKiev two. <!-- {IGNORE} -->\n\nKiev three.\n", [3]),
        ("a.md", f"Kiev one.\n\nKiev <!-- {IGNORE} --> two.\nKiev too.\n\nKiev three.\n", [3, 4]),
        ("a.md", f"Kiev one.\n\n- Kiev two. <!-- {IGNORE} -->\n- Kiev three.\n", [3]),
        ("a.md", "Kiev one.\n\n<!-- audit: ignore-file names: so -->\n\nKiev two.\n", [1, 5]),
        ("a.md", "<!-- audit: ignore numbers, names/* — so -->\n\nKiev one.\n\nKiev two.\n", [3]),
        ("a.md", "---\naudit-ignore:\n  names/ukraine-place: so\n---\nKiev one.\n\nKiev two.\n", [5, 7]),
        ("a.md", "---\naudit-ignore: [names so, numbers so]\n---\nKiev one.\n", [4]),
        ("a.md", f"```\n<!-- {IGNORE} -->\n```\n\nKiev one.\n", []),
        ("a.html", f"<p>Kiev one.</p>\n<!-- {IGNORE} -->\n<p>Kiev two.</p>\n<p>Kiev three.</p>", [3]),
        ("a.html", f"<p>Kiev one.</p>\n<p><!-- {IGNORE} -->Kiev two.</p>\n<p>Kiev three.</p>", [2]),
        ("a.html", f"<p>Kiev one.</p>\n<p>Kiev two. <!-- {IGNORE} --></p>\n<p>Kiev three.</p>", [2]),
        (
            "a.html",
            "<!doctype html><head><!-- audit: ignore-file names so --></head>\n<body><article><p>Kiev one.</p>\n"
            "<p>Kiev two.</p></article></body>",
            [2, 3],
        ),
        ("a.json", json.dumps({"body": f"<p>Kiev one.</p><!-- {IGNORE} --><p>Kiev two.</p>"}), [1]),
        ("a.json", json.dumps({"audit-ignore": {"names": "so"}, "body": "Kiev one."}, indent=0), [5]),
        (
            "a.jsonl",
            '{"body": "Kiev one."}\n{"body": "Kiev two.", "audit-ignore": {"names": "so"}}\n{"body": "Kiev three."}\n',
            [2],
        ),
        ("a.txt", f"<!-- {IGNORE} -->\n\nKiev one.\n", []),
    ],
)
def test_comments_hold_for_their_block_or_the_article(
    tmp_path: Path, name: str, text: str, silenced: list[int]
) -> None:
    article(tmp_path, text, name)

    report = checked(tmp_path, select=("names/ukraine-place",))

    assert [one.start.line for one in report.suppressed] == silenced
    assert len(report.findings) + len(report.suppressed) == text.count("Kiev")
    assert messages(report) == []
    for one in report.suppressed:
        assert one.suppressed is not None
        assert (one.suppressed.kind, one.suppressed.path) == ("inSource", name)
    shown = checked(tmp_path, select=("names/ukraine-place",), ignores=False)
    assert (len(shown.findings), shown.suppressed) == (text.count("Kiev"), [])


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        (
            "audit: ignore names/ukraine-place",
            "“audit: ignore names/ukraine-place” gives no reason, so it does not hold",
        ),
        ("audit: ignore names/ukraine-place: ", "“audit: ignore names/ukraine-place” gives no reason"),
        ("audit: ignore", "“audit: ignore” names no rule; it reads “audit: ignore RULE REASON”"),
        ("audit: ignroe names so", "“audit: ignroe” means nothing; did you mean “ignore”?"),
        ("audit:", "“audit: ” means nothing"),
        ("audit: ignore names/ukraine-plce so", "did you mean “names/ukraine-place”?"),
        ("audit: ignore numbers so", "“audit: ignore numbers” silences nothing: take it out"),
    ],
)
def test_a_directive_that_does_nothing_is_told(tmp_path: Path, directive: str, message: str) -> None:
    article(tmp_path, f"All is well.\n\n<!-- {directive} -->\n\nKiev is far.\n")

    report = checked(tmp_path)

    assert "Kiev" in texts(report)[0]
    ((path, line, told),) = messages(report)
    assert (path, line) == ("a.md", 3)
    assert message in told
    assert messages(checked(tmp_path, ignores=False)) == []


def test_front_matter_tells_its_line(tmp_path: Path) -> None:
    article(tmp_path, "---\ntitle: Supper\naudit-ignore:\n  nmes: the dish\n---\n\nKiev is far.\n")

    ((path, line, told),) = messages(checked(tmp_path))

    assert (path, line) == ("a.md", 4)
    assert "no rule is called “nmes”; did you mean “names”?" in told


def test_processes_and_streams_change_nothing(tmp_path: Path) -> None:
    for number in range(9):
        article(tmp_path, f"Kiev one.\n\n<!-- {IGNORE} -->\n\nKiev two.\n\n<!-- audit: ignore x -->\n", f"{number}.md")
    english(tmp_path)

    whole = json.loads(command("run", ".", "-f", "json", cwd=tmp_path).stdout)
    lines = command("run", ".", "-f", "jsonl", "--jobs", "2", cwd=tmp_path).stdout.splitlines()

    told = [json.loads(line) for line in lines]
    for kind, key in (("finding", "findings"), ("notice", "notices"), ("document", "documents")):
        assert [one for one in told if one["type"] == kind] == [{"type": kind, **one} for one in whole[key]]
    assert whole["summary"]["suppressed"] == 9
    assert len(whole["notices"]) == 9


# --- baseline ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "is not JSON"),
        ('{"version": 1, "baseline": [\n<<<<<<< HEAD\n]}', 2, "is not JSON"),
        ("[]", 1, "is no baseline of audit"),
        ('{"version": 1, "findings": []}', 1, "is no baseline of audit"),
        ('{\n"version": 2, "baseline": []}', 2, "is a baseline of version 2, and this audit reads version 1"),
        ('{"baseline": []}', 1, "is a baseline of version None"),
        ('{"version": 1, "baseline": [\n{"path": "a"}\n]}', 2, "holds an entry that is none of audit’s"),
        ('{"version": 1, "baseline": [\n{"path": "a"},\n7]}', 2, "holds an entry that is none of audit’s"),
    ],
)
def test_a_broken_baseline_is_told_with_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = article(tmp_path, text, "audit-baseline.json")

    with pytest.raises(AuditError) as error:
        checked(tmp_path, baseline=str(path))

    assert str(error.value).startswith(f"{path}:{line}: {message}")
    assert "`audit baseline PATH… -o FILE` writes a new one" in str(error.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--baseline", "none.json"], "none.json: there is no such baseline"),
        (["--baseline", "."], ".: Is a directory"),
        (["--ratchet"], "--ratchet needs a baseline"),
    ],
)
def test_a_baseline_that_is_not_there_is_a_mistake(tmp_path: Path, options: list[str], message: str) -> None:
    article(tmp_path, KIEV)

    done = command("run", ".", *options, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_baseline_is_not_written_over_what_is_none(tmp_path: Path) -> None:
    path = article(tmp_path, "{}", "other.json")
    article(tmp_path, KIEV)

    done = command("baseline", "a.md", "-o", path, cwd=tmp_path)
    nothing = command("baseline", "nowhere", cwd=tmp_path)

    assert (done.returncode, path.read_text(encoding="utf-8")) == (2, "{}")
    assert nothing.returncode == 2
    assert "not written, since no article could be checked" in nothing.stdout
    assert command("baseline", "a.md", "-o", "no/such/b.json", cwd=tmp_path).returncode == 2


def test_a_baseline_in_a_folder_is_no_article(tmp_path: Path) -> None:
    article(tmp_path, KIEV)
    command("baseline", ".", cwd=tmp_path)

    assert [document.path.rpartition("/")[2] for document in audit.run([tmp_path]).documents] == ["a.md"]


CONTENTS = st.sampled_from(["a" * 32, "b" * 32, "c" * 32])


@st.composite
def found(draw: st.DrawFn) -> list:
    """Return findings some of which are equal in content, with their ranks, as a run finds them."""
    ranks: Counter[str] = Counter()
    findings = []
    for content in draw(st.lists(CONTENTS, max_size=9)):
        ranks[content] += 1
        fingerprint = content if ranks[content] == 1 else f"{content}-{ranks[content]}"
        path, text = draw(ANY.filter(bool)), draw(ANY)
        one = finding("names/x", text, path=path, fingerprint=fingerprint, confidence=draw(st.sampled_from(Confidence)))
        findings.append(one)
    return findings


def written(findings: list, before: list, day: date, path: Path) -> list:
    accepted, _ = baseline.accept(findings, before, day)
    stream = io.StringIO()
    baseline.write(accepted, stream)
    path.write_text(stream.getvalue(), encoding="utf-8")
    assert len(stream.getvalue().split("\n")) == len(findings) + (3 if findings else 2)
    return baseline.read(path)


@given(findings=found(), data=st.data())
def test_whatever_is_written_is_known_when_it_is_read(
    tmp_path_factory: pytest.TempPathFactory, findings: list, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("baseline") / "b.json"
    read = written(findings, [], date(2026, 1, 1), path)

    assert len({entry.fingerprint for entry in read}) == len(findings)
    remaining = data.draw(st.lists(st.sampled_from(findings), unique_by=id) if findings else st.just([]))
    known = Multiset(read)
    assert all(known.take(one) for one in remaining)  # whichever are left, and in whatever order
    assert len(list(known.left())) == len(findings) - len(remaining)
    everything = Multiset(read)
    taken = [everything.take(one) for one in [*findings, *findings]]
    assert sum(one is not None for one in taken) == len(findings)
    assert written(findings, read, date(2026, 5, 5), path) == read


def test_reports_list_only_what_is_new(tmp_path: Path) -> None:
    article(tmp_path, KIEV)
    english(tmp_path)
    command("baseline", ".", cwd=tmp_path)
    article(tmp_path, f"{KIEV}\nAbout 250.000 soldiers left on Monday, the ministry said.\n")

    report = audit.run([tmp_path], baseline=str(tmp_path / "audit-baseline.json"), select=("names", "numbers"))

    assert [one.baseline for one in report.everything()] == [NEW]
    for name in (
        "text",
        "html",
        "markdown",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "csv",
        "json",
        "jsonl",
    ):
        told = rendered(report, name)
        assert "“250.000”" in told
        assert "“Kiev”" not in told, name
    results = json.loads(rendered(report, "sarif"))["runs"][0]["results"]
    assert [result["baselineState"] for result in results] == ["new"]


def test_programs_get_reasons_and_notices_as_the_schemas_want_them(tmp_path: Path) -> None:
    article(tmp_path, f"{KIEV}\n<!-- {IGNORE} -->\nKiev two.\n\n<!-- audit: ignore names -->\n")
    (tmp_path / "audit-ignore.toml").write_text(
        f'[[ignore]]\nrule = "*"\ntext = "left Kiev"\n{REASON}\nexpires = 2026-12-31\n', encoding="utf-8"
    )
    english(tmp_path)
    command("baseline", ".", cwd=tmp_path)

    report = audit.run([tmp_path], baseline=str(tmp_path / "audit-baseline.json"))

    content = json.loads(rendered(report, "json"))
    SCHEMA.validate(content)
    assert [one["suppressed"]["kind"] for one in content["findings"]] == ["external", "inSource"]
    assert content["findings"][0]["suppressed"]["expires"] == "2026-12-31"
    assert content["notices"][0]["line"] == 6
    sarif = json.loads(rendered(report, "sarif"))
    assert_github_accepts(sarif)
    (run,) = sarif["runs"]
    assert [result["suppressions"][0]["kind"] for result in run["results"]] == ["external", "inSource"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (told["level"], told["message"]["text"]) == ("warning", content["notices"][0]["message"])
    assert told["locations"][0]["physicalLocation"]["region"] == {"startLine": 6}
    assert rendered(report, "text").splitlines()[-3:] == [
        "a.md:6: notice: “audit: ignore names” gives no reason, so it does not hold",
        "Nothing found in 1 article, 11 words; 2 ignored.",
        "Baseline audit-baseline.json: 0 new, 0 known, 0 resolved.",
    ]
