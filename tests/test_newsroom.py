"""A newsroom's repository over a year: an archive with a baseline, new artifacts, moved and mended ones, suppressions."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import articles_generator

ARTICLES = 300
BASELINE = "audit-baseline.json"
CONFIGURATION = f'target-language = "en"\nbaseline = "{BASELINE}"\n'
NEW = "The fleet sailed on. About 64.500 sailors took part, the admiralty said.\n"


def audit(*arguments: object, cwd: Path, day: str = "2026-03-01") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "audit", *map(str, arguments)]
    environment = {**os.environ, "AUDIT_TODAY": day}
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False, timeout=120)


def git(*arguments: str, cwd: Path) -> str:
    names = ("-c", "user.name=desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *names, *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a repository whose second commit holds the baseline of what the first one brought."""
    root = tmp_path_factory.mktemp("newsroom")
    articles_generator.write(root / "articles", ARTICLES)
    (root / "audit.toml").write_text(CONFIGURATION, encoding="utf-8")
    git("init", "--quiet", cwd=root)
    git("add", ".", cwd=root)
    git("commit", "--quiet", "--message", "The archive", cwd=root)
    done = audit("baseline", "articles", cwd=root, day="2026-01-15")
    assert (done.returncode, done.stderr) == (0, "")
    git("add", ".", cwd=root)
    git("commit", "--quiet", "--message", "What we have for now", cwd=root)
    return root


@pytest.fixture
def newsroom(archive: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(archive, tmp_path / "newsroom"))


def checked(root: Path, *options: str, code: int, day: str = "2026-03-01") -> dict:
    done = audit("run", "articles", "--format", "json", *options, cwd=root, day=day)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def new(report: dict) -> list[tuple[str, str, str]]:
    shown = [one for one in report["findings"] if one["suppressed"] is None]
    return [(one["path"], one["rule"], one["text"]) for one in shown]


def test_the_first_run_is_green_and_tells_the_age(newsroom: Path) -> None:
    done = audit("run", "articles", cwd=newsroom)
    report = checked(newsroom, code=0)

    known = report["summary"]["baseline"]["known"]
    assert report["findings"] == []
    assert known > 3 * ARTICLES
    assert done.stdout.splitlines() == [
        f"Nothing found in 300 articles, {report['summary']['words']:,} words.",
        f"Baseline {BASELINE}: 0 new, {known:,} known (the oldest since 2026-01-15), 0 resolved.",
    ]
    assert (done.returncode, done.stderr) == (0, "")
    assert new(report) == []
    assert report["summary"]["findings"] == 0
    assert report["summary"]["score"] == 100
    assert report["summary"]["baseline"] == {
        "path": BASELINE, "new": 0, "known": known, "resolved": 0, "oldest": "2026-01-15",
    }  # fmt: skip


def test_without_its_baseline_the_archive_is_red(newsroom: Path) -> None:
    (newsroom / "audit.toml").write_text('target-language = "en"\n', encoding="utf-8")

    assert len(new(checked(newsroom, code=1))) > 3 * ARTICLES


def test_a_new_artifact_turns_it_red_with_exactly_that_finding(newsroom: Path) -> None:
    with (newsroom / "articles" / "article-00042.txt").open("a", encoding="utf-8") as article:
        article.write(f"\n{NEW}")

    report = checked(newsroom, code=1)

    assert new(report) == [("articles/article-00042.txt", "numbers/thousands-separator", "64.500")]
    assert report["summary"]["findings"] == report["summary"]["errors"] == 1
    shown = audit("run", "articles", cwd=newsroom).stdout.splitlines()
    assert len(shown) == 3
    assert shown[0].startswith("articles/article-00042.txt:")


def test_a_moved_paragraph_stays_green(newsroom: Path) -> None:
    path = newsroom / "articles" / "article-00007.txt"
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    marked = [index for index, block in enumerate(blocks) if "signed the petition" in block]
    blocks.insert(7, blocks.pop(marked[0]))
    path.write_text("A new line opens the article.\n\n" + "\n\n".join(blocks), encoding="utf-8")

    report = checked(newsroom, code=0)

    assert new(report) == []
    assert report["summary"]["baseline"]["resolved"] == 0


def test_one_of_two_equal_findings_that_goes_makes_the_other_not_new(newsroom: Path) -> None:
    path = newsroom / "articles" / "twins.txt"
    path.write_text(f"Fleet sails\n\n{NEW}\nA storm came up. {NEW}", encoding="utf-8")
    rules = ("--select", "numbers")
    audit("baseline", "articles", *rules, cwd=newsroom)
    path.write_text(f"Fleet sails\n\nA storm came up. {NEW}", encoding="utf-8")

    report = checked(newsroom, *rules, code=0)

    assert new(report) == []
    assert report["summary"]["baseline"]["resolved"] == 1


def test_a_mended_artifact_is_counted_as_resolved(newsroom: Path) -> None:
    path = newsroom / "articles" / "article-00009.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Kiev", "Kyiv"), encoding="utf-8")

    report = checked(newsroom, code=0)

    assert report["summary"]["baseline"]["resolved"] == 1
    elsewhere = audit("run", "articles/article-00010.txt", cwd=newsroom).stdout.splitlines()[-1]
    assert elsewhere.endswith(", 0 resolved.")


def test_a_suppression_holds_until_its_day_and_then_turns_it_red_with_its_reason(newsroom: Path) -> None:
    (newsroom / "articles" / "dish.txt").write_text("Supper\n\nHe ate nothing in Kiev on Monday.\n", encoding="utf-8")
    (found,) = new(checked(newsroom, code=1))
    shown = audit("run", "articles/dish.txt", cwd=newsroom).stdout.splitlines()[0]
    fingerprint = shown.rpartition("[")[2].rstrip("]")
    until = ("--reason", "the author insists", "--expires", "2026-06-30")

    done = audit("ignore", fingerprint, *until, cwd=newsroom)

    assert (done.returncode, done.stderr) == (0, "")
    assert "names/ukraine-place at articles/dish.txt:3:19 is ignored from now on until 2026-06-30" in done.stdout
    report = checked(newsroom, code=0, day="2026-06-30")
    (silenced,) = (one for one in report["findings"] if one["suppressed"])
    assert (silenced["path"], silenced["rule"], silenced["text"]) == found
    assert silenced["suppressed"] == {
        "kind": "external", "reason": "the author insists", "path": "audit-ignore.toml", "line": 2,
        "expires": "2026-06-30",
    }  # fmt: skip
    assert report["summary"]["suppressed"] == 1
    assert new(checked(newsroom, "--no-ignores", code=1, day="2026-06-30")) == [found]

    report = checked(newsroom, code=1, day="2026-07-01")
    assert new(report) == [found]
    assert report["notices"] == [
        {
            "path": "audit-ignore.toml",
            "line": 2,
            "message": "expired on 2026-06-30: 1 finding is no longer ignored (names/ukraine-place at "
            "articles/dish.txt:3); its reason was “the author insists”",
            "closes_gate": False,
        }
    ]
    told = audit("run", "articles", "--format", "github", cwd=newsroom, day="2026-07-01")
    assert "audit: audit-ignore.toml:2: notice: expired on 2026-06-30" in told.stderr


def test_a_baseline_that_is_written_anew_keeps_days_and_what_was_not_checked(newsroom: Path) -> None:
    (newsroom / "articles" / "article-00003.txt").unlink()
    (newsroom / "articles" / "new.txt").write_text(f"Fleet sails\n\n{NEW}", encoding="utf-8")
    before = (newsroom / BASELINE).read_text(encoding="utf-8").splitlines()

    done = audit("baseline", "articles/new.txt", cwd=newsroom)

    after = (newsroom / BASELINE).read_text(encoding="utf-8").splitlines()
    assert done.returncode == 0
    gone = {line.rstrip(",") for line in before} - {line.rstrip(",") for line in after}
    (added,) = {line.rstrip(",") for line in after} - {line.rstrip(",") for line in before}
    assert gone
    assert all('"articles/article-00003.txt"' in line for line in gone)
    assert json.loads(added)["since"] == "2026-03-01"
    assert Counter(json.loads(line.rstrip(","))["since"] for line in after[1:-1])["2026-01-15"] == len(after) - 3


def test_what_is_suppressed_does_not_enter_the_baseline(newsroom: Path) -> None:
    (newsroom / "audit-ignore.toml").write_text(
        '[[ignore]]\nrule = "boilerplate"\npath = "articles/**"\nreason = "the pages add these"\n', encoding="utf-8"
    )

    audit("baseline", "articles", cwd=newsroom)

    assert '"rule": "boilerplate/' not in (newsroom / BASELINE).read_text(encoding="utf-8")


# --- ratchet ----------------------------------------------------------------------------------------------------------


def entries(root: Path) -> list[dict]:
    return json.loads((root / BASELINE).read_text(encoding="utf-8"))["baseline"]


def test_the_ratchet_shrinks_the_baseline_when_things_got_better(newsroom: Path) -> None:
    path = newsroom / "articles" / "article-00009.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Kiev", "Kyiv"), encoding="utf-8")
    before = entries(newsroom)

    checked(newsroom, "--ratchet", code=0)

    (gone,) = (entry for entry in before if entry not in entries(newsroom))
    assert (gone["path"], gone["text"]) == ("articles/article-00009.txt", "Kiev")
    assert len(git("diff", "--unified=0", BASELINE, cwd=newsroom).splitlines()) == 6  # that line, and four of a head
    path.write_text(path.read_text(encoding="utf-8").replace("Kyiv", "Kiev"), encoding="utf-8")
    assert len(new(checked(newsroom, "--ratchet", code=1))) == 1


def test_the_ratchet_keeps_what_an_edit_made_new_until_it_is_settled(newsroom: Path) -> None:
    path = newsroom / "articles" / "article-00009.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("is expected in Kiev", "is soon expected in Kiev"), encoding="utf-8")
    before = (newsroom / BASELINE).read_bytes()

    report = checked(newsroom, "--ratchet", code=1)

    assert new(report) == [("articles/article-00009.txt", "names/ukraine-place", "Kiev")]
    assert report["notices"] == []  # there are no more than there were
    assert (newsroom / BASELINE).read_bytes() == before


def test_the_ratchet_refuses_what_the_gate_would_let_pass(newsroom: Path) -> None:
    with (newsroom / "articles" / "article-00042.txt").open("a", encoding="utf-8") as article:
        article.write(f"\n{NEW}")
    before = (newsroom / BASELINE).read_bytes()

    checked(newsroom, "--fail-on", "never", code=0)
    report = checked(newsroom, "--fail-on", "never", "--ratchet", code=1)

    assert [(one["path"], one["closes_gate"], one["message"]) for one in report["notices"]] == [
        (
            "articles/article-00042.txt",
            True,
            "numbers/thousands-separator: 1 finding more than the baseline has of this file",
        )
    ]
    assert (newsroom / BASELINE).read_bytes() == before


@pytest.mark.parametrize("options", [("--select", "names"), ("--min-confidence", "high")])
def test_what_was_not_looked_for_is_not_resolved(newsroom: Path, options: tuple[str, ...]) -> None:
    before = (newsroom / BASELINE).read_bytes()

    report = checked(newsroom, "--ratchet", *options, code=0)

    assert report["summary"]["baseline"]["resolved"] == 0
    assert (newsroom / BASELINE).read_bytes() == before


def test_a_run_over_changes_resolves_nothing_and_shows_what_is_new_in_them(newsroom: Path) -> None:
    path = newsroom / "articles" / "article-00009.txt"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{NEW}", encoding="utf-8")
    before = (newsroom / BASELINE).read_bytes()

    report = checked(newsroom, "--changed-since", "HEAD", "--ratchet", code=1)

    assert new(report) == [("articles/article-00009.txt", "numbers/thousands-separator", "64.500")]
    assert report["summary"]["baseline"]["resolved"] == 0
    assert (newsroom / BASELINE).read_bytes() == before


def test_code_hosts_get_paths_of_their_repository(newsroom: Path) -> None:
    desk = newsroom / "desk"
    desk.mkdir()
    (desk / "audit.toml").write_text(CONFIGURATION.splitlines()[0], encoding="utf-8")
    (desk / "audit-ignore.toml").write_text('[[ignore]]\nrule = "names"\nreason = "so"\n', encoding="utf-8")
    (desk / "a.txt").write_text("The train left Kiev on Monday.\n\nThe fleet sailed.\n", encoding="utf-8")

    (run,) = json.loads(audit("run", "desk", "--format", "sarif", cwd=newsroom).stdout)["runs"]

    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "desk/a.txt"
    place = result["suppressions"][0]["location"]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "desk/audit-ignore.toml"


def test_an_article_that_cannot_be_read_has_resolved_nothing(newsroom: Path) -> None:
    (newsroom / "articles" / "article-00009.txt").write_bytes(b"\xff\xfe\0")
    before = (newsroom / BASELINE).read_bytes()

    report = checked(newsroom, "--ratchet", code=2)

    assert report["summary"]["baseline"]["resolved"] == 0
    assert (newsroom / BASELINE).read_bytes() == before


def test_a_ratchet_that_cannot_write_reports_all_the_same(newsroom: Path) -> None:
    path = newsroom / "articles" / "article-00009.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Kiev", "Kyiv"), encoding="utf-8")
    before = (newsroom / BASELINE).read_bytes()

    full = (resource.RLIMIT_FSIZE, (len(before) // 2, len(before) // 2))  # what a full disk does, for root too
    done = subprocess.run(
        [sys.executable, "-m", "audit", "run", "articles", "--ratchet"],
        cwd=newsroom, capture_output=True, text=True, preexec_fn=lambda: resource.setrlimit(*full), check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert f"{BASELINE}: failure: " in done.stdout
    assert "could not be written: File too large" in done.stdout
    assert "1 resolved" in done.stdout
    assert (newsroom / BASELINE).read_bytes() == before
    assert not list(newsroom.glob(".audit-*"))


def test_runs_at_once_lose_nothing_of_each_others_work(newsroom: Path) -> None:
    paths = [newsroom / "articles" / f"article-{number:05}.txt" for number in range(8)]
    mended = [path for path in paths if "Kiev" in path.read_text(encoding="utf-8")]
    for path in mended:
        path.write_text(path.read_text(encoding="utf-8").replace("Kiev", "Kyiv"), encoding="utf-8")
    before = len(entries(newsroom))

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda path: audit("run", path, "--ratchet", cwd=newsroom), mended))

    assert {one.returncode for one in done} == {0}
    assert len(mended) == 8
    assert before - len(entries(newsroom)) == len(mended)
    assert not list(newsroom.glob(".audit-*"))


def test_ignoring_at_once_loses_no_entry(newsroom: Path) -> None:
    known = json.loads((newsroom / BASELINE).read_text(encoding="utf-8"))["baseline"]
    chosen = {one["path"]: one["fingerprint"] for one in known}

    with ThreadPoolExecutor(4) as pool:
        work = [(name, path) for path, name in list(chosen.items())[:6]]
        done = list(pool.map(lambda one: audit("ignore", *one, "--reason", "agreed", cwd=newsroom), work))

    assert {one.returncode for one in done} == {0}, done
    assert checked(newsroom, code=0)["summary"]["suppressed"] == 6
