"""`--changed-since`: files and blocks that changed in git, and nothing else."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repositories import commit, git, repository, write
from test_command import audit
from test_run import report

OLD = "They left Kiev on Monday, the ministry said."
NEW = "They reached Odessa on Friday, the ministry said."
ARTICLE = f"Talks in Geneva end without a result\n\n{OLD}\n\nNobody was hurt, he said.\n"
NAMES = ("--target-language", "en", "--select", "names/ukraine-place")


def found(folder: Path, *arguments: object, since: str = "main", code: int | None = None) -> list[tuple[str, int, str]]:
    """Return what is found in changed blocks: path, line and text."""
    done = audit("run", *(arguments or (".",)), *NAMES, "--changed-since", since, "--format", "json", cwd=folder)
    content = json.loads(done.stdout)
    findings = [(one["path"], one["start"]["line"], one["text"]) for one in content["findings"]]
    assert done.returncode == (bool(findings) if code is None else code), done.stderr
    return findings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository on a branch of its own, in which nothing has changed yet."""
    folder = repository(tmp_path / "news room", {"old.md": ARTICLE, "a/other.txt": ARTICLE})
    git(folder, "checkout", "--quiet", "-b", "topic")
    return folder


def test_nothing_changed_is_no_failure(folder: Path) -> None:
    assert found(folder) == []
    assert "no article to check" in audit("run", ".", "--changed-since", "main", cwd=folder).stdout


def test_only_findings_in_changed_blocks_are_told(folder: Path) -> None:
    write(folder, {"old.md": ARTICLE.replace("Nobody was hurt, he said.", NEW)})

    assert found(folder) == [("old.md", 5, "Odessa")]


@pytest.mark.parametrize("state", ["committed", "staged", "changed", "untracked"])
def test_commits_the_index_and_the_working_tree_count(folder: Path, state: str) -> None:
    write(folder, {"new.md" if state == "untracked" else "old.md": f"{ARTICLE}\n{NEW}\n"})
    if state in ("committed", "staged"):
        git(folder, "add", "--all")
    if state == "committed":
        commit(folder)

    assert "Odessa" in [text for _, _, text in found(folder)]
    assert len(found(folder)) == (2 if state == "untracked" else 1)


def test_what_others_changed_meanwhile_does_not_count(folder: Path) -> None:
    write(folder, {"mine.md": f"{NEW}\n"})
    commit(folder)
    git(folder, "checkout", "--quiet", "main")
    write(folder, {"old.md": ARTICLE.replace("Kiev", "the city of Kiev"), "theirs.md": f"{NEW}\n"})
    commit(folder)
    git(folder, "checkout", "--quiet", "topic")

    assert found(folder) == [("mine.md", 1, "Odessa")]


@pytest.mark.parametrize(
    "name", ["ü/日 本.md", "line\nbreak.md", 'quo"te\\.md', "tab\tin.md", " lead.md", "-x.md", "a.md "]
)
def test_odd_names(folder: Path, name: str) -> None:
    write(folder, {name: ARTICLE})
    commit(folder)
    git(folder, "branch", "--force", "main")
    write(folder, {name: ARTICLE.replace("Nobody was hurt, he said.", NEW)})

    assert found(folder, f"./{name}") == [(name, 5, "Odessa")]


def test_a_renamed_file_is_known_again(folder: Path) -> None:
    git(folder, "mv", "old.md", "moved.md")
    write(folder, {"moved.md": ARTICLE.replace("Nobody was hurt", "In Odessa nobody was hurt")})

    assert found(folder) == [("moved.md", 5, "Odessa")]


def test_a_file_that_only_moved_has_not_changed(folder: Path) -> None:
    git(folder, "mv", "old.md", "moved.md")
    (folder / "a" / "other.txt").chmod(0o755)

    assert found(folder) == []


@pytest.mark.parametrize("name", ["A.MD", "notes", "notes.rst", "*.rst", "pic/[a].log"])
def test_a_named_file_of_any_kind(folder: Path, name: str) -> None:
    write(folder, {name: ARTICLE, "x.rst": ARTICLE})
    commit(folder)
    git(folder, "branch", "--force", "main")
    write(folder, {name: f"{ARTICLE}\n{NEW}\n"})

    assert found(folder, name) == [(name, 7, "Odessa")]


def test_added_lines_that_look_like_a_patch(folder: Path) -> None:
    tricks = "++ b/old.md\n@@ -1,9 +1,9 @@\n-- a/old.md\n\\ No newline at end of file\ndiff --git a/old.md b/old.md\n"
    write(folder, {"old.md": f"{ARTICLE}\n{NEW}\n", "tricks.txt": tricks, "a/other.txt": f"{ARTICLE}\n{tricks}"})

    assert found(folder) == [("old.md", 7, "Odessa")]


def test_a_missing_last_line_end(folder: Path) -> None:
    write(folder, {"old.md": ARTICLE.rstrip("\n"), "a/other.txt": f"{ARTICLE}\n{NEW}"})

    assert found(folder) == [("a/other.txt", 7, "Odessa")]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (["a", OLD, "gone", OLD, "z"], ["a", OLD, OLD, "z"], [3, 5]),  # the blocks beside what is gone
        ([OLD, "a", "gone", "z", OLD], [OLD, "a", "z", OLD], []),
        (["gone", OLD, OLD], [OLD, OLD], [1]),
        ([OLD, OLD, "gone"], [OLD, OLD], [3]),
        ([f"{OLD}\ngone\n{NEW}", OLD], [f"{OLD}\n{NEW}", OLD], [1, 2]),  # out of the middle of a block
        ([OLD, OLD], [OLD, "new", OLD], []),
        ([f"{OLD}\nmore"], [OLD, "more"], [1]),  # a block was divided
    ],
)
def test_lines_that_are_gone_touch_the_blocks_beside_them(
    folder: Path, before: Sequence[str], after: Sequence[str], lines: list[int]
) -> None:
    write(folder, {"old.md": "\n\n".join(before) + "\n"})
    commit(folder)
    git(folder, "branch", "--force", "main")
    write(folder, {"old.md": "\n\n".join(after) + "\n"})

    assert [line for _, line, _ in found(folder)] == lines


BLOCKS = st.lists(st.booleans(), min_size=1, max_size=6)


@settings(deadline=None, max_examples=12)
@given(st.data(), BLOCKS)
def test_of_any_edits_exactly_the_changed_blocks_count(data: st.DataObject, wrong: list[bool]) -> None:
    edited = data.draw(st.lists(st.booleans(), min_size=len(wrong), max_size=len(wrong)))
    ending = data.draw(st.sampled_from(["\n", "\r\n"]))
    blocks = [
        f"In block {number} they {'left Kiev' if bad else 'stayed'}, he said." for number, bad in enumerate(wrong)
    ]
    after = [f"{block} And more." if edit else block for block, edit in zip(blocks, edited, strict=True)]
    with tempfile.TemporaryDirectory() as temporary:
        place = repository(Path(temporary) / "r", {"a.txt": (ending * 2).join(blocks) + ending})
        write(place, {"a.txt": (ending * 2).join(after) + ending})

        read = found(place, since="HEAD")

    assert [line for _, line, _ in read] == [
        2 * number + 1 for number, (bad, edit) in enumerate(zip(wrong, edited, strict=True)) if bad and edit
    ]


def test_a_finding_counts_if_what_explains_it_changed(folder: Path) -> None:
    caption = "The ferry in the outer roads on Wednesday, Photo: Beta/AP\n"
    text = f"Ferry stays in port\n\n{caption}\nIt rained, the captain said on Wednesday.\n"
    write(folder, {"ferry.txt": text})
    commit(folder)
    git(folder, "branch", "--force", "main")
    write(folder, {"ferry.txt": text.replace("port\n\n", f"port\n\n{caption}\n")})

    content = report(".", "--changed-since", "main", "--select", "duplicates", code=1, cwd=folder)

    assert [(one["start"]["line"], one["related"][0]["start"]["line"]) for one in content["findings"]] == [(5, 3)]


def test_findings_of_a_whole_article_count_if_it_changed(folder: Path) -> None:
    write(folder, {"empty.txt": "", "old.md": "<!-- nothing -->\n"})

    content = report(".", "--changed-since", "main", "--select", "truncation", code=1, cwd=folder)

    assert [one["path"] for one in content["findings"]] == ["empty.txt", "old.md"]


def test_records_are_told_apart(folder: Path) -> None:
    lines = [json.dumps({"title": f"Talks {number}", "body": OLD}) for number in range(4)]
    write(folder, {"all.jsonl": "\n".join(lines)})
    commit(folder)
    git(folder, "branch", "--force", "main")
    lines[2] = lines[2].replace("Monday", "Tuesday")
    write(folder, {"all.jsonl": "\n".join(lines)})

    assert found(folder) == [("all.jsonl", 3, "Kiev")]


def test_a_file_whose_lines_git_cannot_count_changes_as_a_whole(folder: Path) -> None:
    (folder / "wide.txt").write_bytes(ARTICLE.encode("utf-16"))
    commit(folder)
    git(folder, "branch", "--force", "main")
    (folder / "wide.txt").write_bytes(f"{ARTICLE}\n{NEW}\n".encode("utf-16"))

    assert [text for _, _, text in found(folder)] == ["Kiev", "Odessa"]


def test_old_line_ends_are_counted_as_git_counts_them(folder: Path) -> None:
    write(folder, {"mac.txt": f"Talks\r\r{OLD}\r\rMore\n\nNobody was hurt.\n"})
    commit(folder)
    git(folder, "branch", "--force", "main")
    write(folder, {"mac.txt": f"Talks\r\r{OLD}\r\rMore\n\n{NEW}\n"})

    assert found(folder) == [("mac.txt", 7, "Odessa")]


def test_paths_narrow_it_further_and_the_folder_does_not_matter(folder: Path) -> None:
    write(folder, {"old.md": f"{ARTICLE}\n{NEW}\n", "a/other.txt": f"{ARTICLE}\n{NEW}\n"})

    assert found(folder, "a") == [("a/other.txt", 7, "Odessa")]
    assert found(folder / "a", "..") == [("a/other.txt", 7, "Odessa"), ("old.md", 7, "Odessa")]
    assert found(folder.parent, folder / "old.md") == [("old.md", 7, "Odessa")]


def test_a_link_to_the_folder_is_followed(folder: Path) -> None:
    write(folder, {"a/other.txt": f"{ARTICLE}\n{NEW}\n"})
    (folder.parent / "link").symlink_to(folder / "a")

    assert [text for _, _, text in found(folder.parent, "link")] == ["Odessa"]


def test_another_working_tree(folder: Path) -> None:
    other = folder.parent / "other"
    git(folder, "worktree", "add", "--quiet", str(other), "-b", "second")
    write(other, {"old.md": f"{ARTICLE}\n{NEW}\n"})

    assert found(other) == [("old.md", 7, "Odessa")]


def test_submodules_are_looked_into(folder: Path, tmp_path: Path) -> None:
    agency = repository(tmp_path / "agency", {"wire.md": ARTICLE})
    git(folder, "submodule", "--quiet", "add", str(agency), "wires")
    commit(folder)
    git(folder, "branch", "--force", "main")

    assert found(folder) == []
    write(folder, {"wires/wire.md": f"{ARTICLE}\n{NEW}\n"})
    assert found(folder) == [("wires/wire.md", 7, "Odessa")]
    commit(folder / "wires")
    commit(folder)
    assert found(folder) == [("wires/wire.md", 7, "Odessa")]
    assert [text for _, _, text in found(folder, since="main~1")] == ["Kiev", "Odessa"]  # before the submodule came


def test_a_repository_that_git_does_not_know_is_new(folder: Path) -> None:
    repository(folder / "scratch", {"wire.md": ARTICLE})

    assert found(folder) == [("scratch/wire.md", 3, "Kiev")]


def test_settings_for_people_do_not_matter(folder: Path) -> None:
    for name, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "color.ui": "always",
        "diff.external": "false",
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "diff.relative": "true",
        "core.quotePath": "false",
        "diff.orderFile": "nowhere",
        "diff.suppressBlankEmpty": "true",
    }.items():
        git(folder, "config", name, value)
    write(folder, {"a/other.txt": f"{ARTICLE}\n{NEW}\n", ".gitattributes": "* -diff\n"})
    variables = {
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_EXTERNAL_DIFF": "false",
        "GIT_DIFF_OPTS": "-u9",
        "GIT_DIR": "/nowhere",
        "GIT_INDEX_FILE": "/nowhere",
    }

    done = audit("run", ".", *NAMES, "--changed-since", "main", "--format", "json", cwd=folder / "a", **variables)

    assert [one["text"] for one in json.loads(done.stdout)["findings"]] == ["Odessa"]


def test_a_path_that_is_not_there_is_a_failure(folder: Path) -> None:
    done = audit("run", "gone.md", "--changed-since", "main", cwd=folder)

    assert done.returncode == 2
    assert "gone.md: failure: cannot be read: No such file" in done.stdout


def test_files_that_are_no_articles_are_passed_over(folder: Path) -> None:
    write(folder, {"package.json": '{"name": "x"}\n'})

    assert found(folder) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--changed-since", "mian"], "there is no commit “mian”; did you mean “main”?"),
        (["--changed-since", "-main"], "there is no commit “-main”; did you mean “main”?"),
        (["--changed-since", ""], "names no revision: is a variable not set?"),
        (["--changed-since", "0" * 40], "name the branch it goes to"),
        (["--changed-since", "lone"], "“lone” and HEAD have no common commit"),
        (["-", "--changed-since", "main"], "knows nothing of standard input"),
        (["/", "--changed-since", "main"], "/: lies in no git repository"),
    ],
)
def test_what_git_cannot_tell_is_told(folder: Path, arguments: list[str], message: str) -> None:
    git(folder, "checkout", "--quiet", "--orphan", "lone")
    commit(folder)
    git(folder, "checkout", "--quiet", "topic")

    done = audit("run", ".", *arguments, cwd=folder)

    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_clone_without_its_history_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    commit_of = git(folder, "rev-parse", "HEAD").stdout.strip()
    write(folder, {"old.md": f"{ARTICLE}\n{NEW}\n"})
    commit(folder)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{folder}", str(clone))

    messages = [audit("run", ".", "--changed-since", name, cwd=clone).stderr for name in ("origin/main", commit_of)]
    git(clone, "fetch", "--quiet", "--depth", "1", "origin", "main")
    messages.append(audit("run", ".", "--changed-since", "FETCH_HEAD", cwd=clone).stderr)
    git(clone, "fetch", "--quiet", "--unshallow", "origin", "main:main")

    assert all("this clone is shallow" in message and "fetch-depth: 0" in message for message in messages)
    assert found(clone) == [("old.md", 7, "Odessa")]


def test_a_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")

    assert "holds no commit yet" in audit("run", ".", "--changed-since", "HEAD", cwd=tmp_path).stderr


def test_git_is_missing(folder: Path) -> None:
    done = audit("run", ".", "--changed-since", "main", cwd=folder, PATH="/nowhere")

    assert done.returncode == 2
    assert "git is not installed" in done.stderr


def test_a_repository_of_somebody_else_is_told_in_the_words_of_git(folder: Path) -> None:
    done = audit("run", ".", "--changed-since", "main", cwd=folder, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")

    assert done.returncode == 2
    assert "safe.directory" in done.stderr


def test_a_run_without_it_asks_git_nothing_more(folder: Path) -> None:
    code = "import sys, audit; audit.run(['old.md']); sys.exit('audit.folder.changes' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=folder, check=False).returncode == 0
