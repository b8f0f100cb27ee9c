"""`audit fix`: what it changes, what it leaves alone, what it says, and how it ends."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import audit
from audit.configuration import config
from audit.fixing import fixes, fixing, patches
from audit.folder import files
from audit.report import FileEdit, Fix, Position

COPY = "The bridge was closed at noon, Photo: Beta/AP"
TEXT = f"Bridge closed\n\n{COPY}\n{COPY}\n\nIt will open again in May, the the mayor said , “if the ice permits”.\n"
SAFE = f"Bridge closed\n\n{COPY}\n\nIt will open again in May, the mayor said, “if the ice permits”.\n"
UNSAFE = "Near Kiev they counted 250.000 soldiers."


@pytest.fixture(autouse=True)
def root(tmp_path: Path) -> None:
    """Let paths be told from the folder of the test."""
    (tmp_path / "audit.toml").touch()


def run(*arguments: object, code: int = 0, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "audit", "fix", *map(str, arguments), "--target-language", "en"]
    done = subprocess.run(command, capture_output=True, **options)  # type: ignore[call-overload]
    assert done.returncode == code, (done.stdout, done.stderr)
    return done


def test_safe_fixes_are_applied_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT + UNSAFE)

    first = run(path, code=1).stdout.decode()
    after = path.read_text()
    before = path.stat()
    second = run(path, code=1).stdout.decode()

    assert after == SAFE + UNSAFE == path.read_text()
    assert first.startswith("3 fixed in 1 file\n")
    assert "duplicates/caption" in first
    assert "2 remain, 2 of which --unsafe would fix" in first
    assert second.startswith("0 fixed\n")
    assert path.stat() == before


def test_unsafe_fixes_are_applied_if_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(UNSAFE)

    assert b"nothing remains" in run(path, "--unsafe").stdout
    assert path.read_text() == "Near Kyiv they counted 250,000 soldiers."


def test_only_what_is_chosen_is_fixed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    run(path, "--select", "repetition")
    assert path.read_text() == TEXT.replace("the the", "the")
    run(path, "--ignore", "duplicates", "-q")
    assert path.read_text() == TEXT.replace("the the", "the").replace("said ,", "said,")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "utf-32"])
def test_line_ends_encoding_and_byte_order_mark_are_kept(tmp_path: Path, encoding: str, end: str) -> None:
    def data(text: str) -> bytes:
        text = text.replace("\n", end)
        return ("\ufeff" + text).encode("utf-16-be") if encoding == "utf-16-be-bom" else text.encode(encoding)

    path = tmp_path / "a.txt"
    path.write_bytes(data(TEXT))

    run(path)

    assert path.read_bytes() == data(SAFE)


def test_the_declared_encoding_of_a_page_is_kept(tmp_path: Path) -> None:
    page = '<html lang="en"><head><meta charset="windows-1251"></head>\r\n<body><p>{}</p></body></html>'
    path = tmp_path / "a.html"
    path.write_bytes(page.format("The the «ship» of Київ sailed .").encode("windows-1251"))

    run(path, "--select", "repetition,punctuation/space-before-mark")

    assert path.read_bytes() == page.format("The «ship» of Київ sailed.").encode("windows-1251")


def test_what_an_encoding_cannot_write_is_refused_and_the_rest_is_fixed(tmp_path: Path) -> None:
    page = '<html lang="en"><head><meta charset="windows-1252"></head><body><p>{}</p></body></html>'
    pack = tmp_path / "house.yaml"
    pack.write_text(
        "description: ours\nrules:\n  - {id: punctuation/arrow, check: pattern, severity: warning, category: locale,\n"
        '     message: m, why: w, options: {regex: "-->", replace: "→"}, examples: [{bad: "a [[-->]] b", fixed: "a → b"}, {good: a}]}\n'
    )
    path = tmp_path / "a.html"
    path.write_bytes(page.format("The the café --&gt; door, or the café --> door.").encode("windows-1252"))

    told = run(path, "--pack", pack, "--unsafe", "--select", "repetition,punctuation/arrow", code=2).stderr.decode()

    assert path.read_bytes() == page.format("The café --&gt; door, or the café --> door.").encode("windows-1252")
    assert told.count("a.html:1: the fix cannot be written: windows-1252 has no “→” (U+2192) (punctuation/arrow)") == 2


def test_a_file_that_cannot_be_written_as_it_was_is_left_alone(tmp_path: Path) -> None:
    page = b'<html lang="en"><head><meta charset="cp932"></head><body><p>The the sign \x87\x90.</p></body></html>'
    path = tmp_path / "a.html"
    path.write_bytes(page)  # cp932 reads that sign at two places, and writes it at the other one

    told = run(path, code=2).stderr.decode()

    assert told == "audit: a.html: was not fixed: it cannot be written again in cp932 as it stands\n"
    assert path.read_bytes() == page


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "a.txt", tmp_path / "link.txt"
    real.write_text(TEXT)
    real.chmod(0o640)
    link.symlink_to(real)

    run(tmp_path)  # which holds both

    assert link.is_symlink()
    assert link.read_text() == SAFE
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(one.name for one in (tmp_path / "real").iterdir()) == ["a.txt"]


def test_a_read_only_file_is_a_failure_and_the_others_are_fixed(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "a.txt").chmod(0o444)

    told = run(tmp_path, code=2).stderr.decode()

    assert told == "audit: a.txt: was not fixed: it is read-only\n"
    assert (tmp_path / "a.txt").read_text() == TEXT
    assert (tmp_path / "b.txt").read_text() == SAFE


def mended(folder: Path, between: Callable[[], object], **options: bool) -> fixing.Fixing:
    """Return what comes of fixing `folder` if something happens after it was checked."""
    fixer = fixing.Fixer([str(folder)], config.load(str(folder), {"forced_language": "en"}), **options)
    between()
    assert list(fixer.changes()) is not None
    return fixer.fixing


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that another user, who is not root, can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        (Path(name) / "audit.toml").touch()
        yield Path(name)


def test_a_read_only_folder_is_a_failure(open_folder: Path) -> None:
    (open_folder / "shut").mkdir()
    shut, other = open_folder / "shut" / "a.txt", open_folder / "b.txt"
    for path in (shut, other):
        path.write_text(TEXT)
        path.chmod(0o666)
    shut.parent.chmod(0o555)
    is_root = os.geteuid() == 0  # who may write everywhere

    try:
        found = mended(open_folder, lambda: os.seteuid(65534) if is_root else None)
    finally:
        if is_root:
            os.seteuid(0)
        shut.parent.chmod(0o755)

    assert [(one.path, one.error) for one in found.report.failures] == [
        ("shut/a.txt", "was not fixed: it cannot be written: Permission denied")
    ]
    assert shut.read_text() == TEXT
    assert other.read_text() == SAFE


def test_an_article_that_changed_after_the_check_is_left_alone(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT)

    def change() -> None:
        (tmp_path / "a.txt").write_text(TEXT + "More.")
        (tmp_path / "c.txt").unlink()

    found = mended(tmp_path, change)

    assert [(one.path, one.error) for one in found.report.failures] == [
        ("a.txt", "was not fixed: it has changed since it was checked"),
        ("c.txt", "cannot be read: No such file or directory"),
    ]
    assert (tmp_path / "a.txt").read_text() == TEXT + "More."
    assert found.files == ["b.txt"]
    assert {finding.path for finding in found.report.findings} == {"a.txt", "c.txt"}


def test_an_article_that_changes_at_the_last_moment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    content = files.content

    def then_change(name: str) -> bytes:
        data = content(name)
        path.write_text("Somebody else wrote this.")
        return data

    monkeypatch.setattr(files, "content", then_change)
    found = mended(tmp_path, lambda: None)

    assert path.read_text() == "Somebody else wrote this."
    assert [one.error for one in found.report.failures] == ["was not fixed: it has changed since it was checked"]


def test_standard_input_goes_to_standard_output_as_it_is_written() -> None:
    page = "\ufeff<p>The the ship sailed .</p>\r\n".encode("utf-16-le")

    done = run("-", "--stdin-filename", "news/a.html", input=page)

    assert done.stdout == "\ufeff<p>The ship sailed.</p>\r\n".encode("utf-16-le")
    assert done.stderr.startswith(b"2 fixed in 1 file\n")


def test_standard_input_without_anything_to_fix_is_handed_on() -> None:
    assert run("-", input=b"The ship sailed.\r\n").stdout == b"The ship sailed.\r\n"


@pytest.mark.parametrize("name", ["a.txt", "news/in the “north” \t1.txt", 'a"b\\c.txt', "é.txt"])
@pytest.mark.parametrize(
    "text", [TEXT, TEXT.rstrip("\n"), TEXT.replace("\n", "\r\n"), "x\n" * 30 + TEXT + "y z\n" * 30 + TEXT]
)
def test_the_diff_is_what_git_applies(tmp_path: Path, name: str, text: str) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())

    shown = run(path, "--diff", code=1)
    assert path.read_bytes() == text.encode()
    subprocess.run(["git", "-C", tmp_path, "apply", "-"], input=shown.stdout, check=True)
    patched = path.read_bytes()
    path.write_bytes(text.encode())
    run(path, "--fail-on", "never")

    assert path.read_bytes() == patched != text.encode()
    assert b"would be fixed in 1 file" in shown.stderr


def test_the_diff_is_small_and_shows_lines_as_they_are_numbered() -> None:
    before = [f"{number}\n" for number in range(1000)]
    after = [*before[:500], "new\n", *before[501:990], *before[991:]]

    shown = "".join(patches.unified("a.txt", "".join(before), "".join(after)))

    assert shown.startswith("--- a/a.txt\n+++ b/a.txt\n@@ -498,7 +498,7 @@\n 497\n 498\n 499\n-500\n+new\n 501\n")
    assert "@@ -988,7 +988,6 @@\n" in shown
    assert len(shown.splitlines()) == 2 + 9 + 8


def test_nothing_to_change_ends_with_0_and_no_diff(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ship sailed.")

    assert run(tmp_path, "--diff").stdout == b""


def test_what_is_accepted_is_not_fixed(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    accepted, page = tmp_path / "a.txt", tmp_path / "b.html"
    accepted.write_text(TEXT)
    (tmp_path / "audit-ignore.toml").write_text(
        '[[ignore]]\npath = "a.txt"\nrule = "duplicates/caption"\nreason = "two pictures"\n'
    )
    page.write_text("<!-- audit: ignore repetition he stutters --><p>The the ship.</p><p>The the cook.</p>")

    run(tmp_path)
    assert accepted.read_text().count(COPY) == 2
    assert "the the" not in accepted.read_text()
    assert page.read_text() == "<!-- audit: ignore repetition he stutters --><p>The the ship.</p><p>The cook.</p>"

    accepted.write_text(TEXT)
    subprocess.run([sys.executable, "-m", "audit", "baseline", tmp_path, "-q", "--target-language", "en"], check=True)
    run(tmp_path, "--baseline", tmp_path / "audit-baseline.json")
    assert accepted.read_text() == TEXT


def test_a_broken_record_does_not_keep_the_others_from_being_fixed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "The the ship sailed."}\n{broken\n{"body": "The the cook \\"slept\\"."}\n')

    run(path, code=2)

    assert path.read_text() == '{"body": "The ship sailed."}\n{broken\n{"body": "The cook \\"slept\\"."}\n'


ENDLESS = {"grows": ("(?<=a)b", "bab"), "there": ("yes", "no"), "back": ("no", "yes")}


def endless(path: Path) -> Path:
    """Write a pack whose fixes make new findings."""
    parts = ["description: Fixes that never come to an end", "rules:"]
    for name, (found, instead) in ENDLESS.items():
        parts.append(
            f"  - {{id: house/{name}, check: pattern, severity: warning, category: style, message: m, why: w,"
            f' options: {{regex: "{found}", replace: "{instead}"}}, examples: []}}'
        )
    path.write_text("\n".join(parts))
    return path


def test_fixes_that_never_come_to_an_end_are_left_out(tmp_path: Path) -> None:
    pack = endless(tmp_path / "pack.yaml")
    path = tmp_path / "a.txt"
    path.write_text("The the ab, yes.")

    arguments = (path, "--unsafe", "--pack", pack, "--select", "house,repetition")
    told = run(*arguments, code=2).stderr.decode()

    assert path.read_text() == "The ab, yes."
    for name in ENDLESS:
        assert f"its fixes were left out, since they never come to an end (house/{name})" in told
    assert run(*arguments, code=2).stdout.startswith(b"0 fixed")


def test_two_runs_at_once_leave_whole_files(tmp_path: Path) -> None:
    texts = {f"{number}.txt": TEXT * (number + 1) for number in range(12)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "audit", "fix", str(tmp_path), "--target-language", "en", "-q"]

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for one in running:
        one.communicate()
        assert one.returncode in (0, 1, 2)

    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    subprocess.run(command, check=False)
    assert written == {path.name: path.read_text() for path in tmp_path.iterdir()}


def test_the_public_api_fixes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    shown = audit.fix([tmp_path], write=False, forced_language="en")
    assert (tmp_path / "a.txt").read_text() == TEXT
    done = audit.fix([tmp_path], forced_language="en")

    assert (tmp_path / "a.txt").read_text() == SAFE
    assert shown.fixed == done.fixed
    assert done.fixed.total() == 3
    assert done.report.findings == []
    assert done.files == ["a.txt"]
    assert done.report.score == 100


def edit(*edits: tuple[int, int, str]) -> Fix:
    return Fix(True, tuple(FileEdit(Position(1, 1, start), Position(1, 1, end), text) for start, end, text in edits))


def test_of_overlapping_fixes_the_first_is_applied_wholly_and_the_others_not_at_all() -> None:
    wide = edit((0, 1, "A"), (400, 401, "Z"))
    many = [edit((number, number + 1, "-")) for number in range(2, 300, 2)]
    late, behind = edit((399, 402, "…")), edit((402, 403, "!"))
    inside = edit((403, 404, "x"), (403, 404, "y"))

    text, left = fixes.apply("." * 500, [inside, behind, late, *many, wide])

    assert left == [late, inside]
    assert len(text) == 500
    assert text[400:404] == "Z.!."
    assert text.count("-") == len(many)


def test_help_tells_the_exit_status() -> None:
    assert "--diff shows a change" in " ".join(run("--help").stdout.decode().split())
