"""The folder that keeps results: sound after kills and damage, bounded in size and age, private to its user."""

import random
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit.keeping import store
from audit.keeping.store import Store, StoreError

ENTRIES = {bytes([number]) * 16: bytes([number]) * 3_000 for number in range(40)}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    Store(tmp_path / "cache").put(ENTRIES)
    return tmp_path / "cache" / "results-1.sqlite"


def test_what_is_put_is_there_for_others(kept: Path) -> None:
    assert Store(kept.parent).get([*ENTRIES, b"?" * 16]) == ENTRIES
    assert Store(kept.parent.parent / "elsewhere").get(ENTRIES) == {}
    assert not (kept.parent.parent / "elsewhere").exists()


def test_the_folder_is_its_users_own_and_marked_as_a_cache(kept: Path) -> None:
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert (kept.parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert (kept.parent / ".gitignore").read_text() == "*\n"


def test_a_folder_that_holds_something_is_not_marked(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("Talks end.")

    Store(tmp_path).put(ENTRIES)

    assert {path.name for path in tmp_path.iterdir()} == {"article.txt", "results-1.sqlite"}


def test_damage_anywhere_is_seen_and_mended(kept: Path) -> None:
    whole = kept.read_bytes()
    chance = random.Random(5)
    lost = 0
    for _ in range(60):
        damaged = bytearray(whole)
        start = chance.choice([0, chance.randrange(200), chance.randrange(len(whole))])
        for position in range(start, min(start + chance.choice([1, 8, 5_000]), len(whole))):
            damaged[position] = chance.randrange(256)
        kept.write_bytes(damaged[: chance.choice([len(whole), len(whole), start])])

        found = Store(kept.parent).get(ENTRIES)
        lost += len(ENTRIES) - len(found)
        Store(kept.parent).put(ENTRIES)
        Store(kept.parent).put(ENTRIES)  # the first one may only find out

        assert found.items() <= ENTRIES.items()
        assert Store(kept.parent).get(ENTRIES) == ENTRIES
    assert lost > 100


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"no database at all" * 500])
def test_a_file_that_is_no_database_is_replaced(kept: Path, content: bytes) -> None:
    kept.write_bytes(content)

    assert Store(kept.parent).get(ENTRIES) == {}
    Store(kept.parent).put(ENTRIES)
    assert Store(kept.parent).get(ENTRIES) == ENTRIES


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE results",
        "ALTER TABLE results RENAME COLUMN result TO other",
        "ALTER TABLE results RENAME COLUMN used TO other",
        "UPDATE results SET result = 7",
        "UPDATE results SET result = x''",
        "UPDATE results SET used = 'never'",
        "UPDATE results SET result = (SELECT result FROM results ORDER BY key LIMIT 1)",
    ],
)
def test_a_database_that_somebody_changed_gives_nothing_wrong(kept: Path, change: str) -> None:
    with sqlite3.connect(kept) as connection:
        connection.execute(change)
    connection.close()

    assert len(Store(kept.parent).get(ENTRIES)) <= 1
    Store(kept.parent).put(ENTRIES)
    Store(kept.parent).put(ENTRIES)
    assert Store(kept.parent).get(ENTRIES) == ENTRIES


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "cache" / "results-1.sqlite").mkdir(parents=True)

    for folder in ("file", "file/below", "cache"):
        with pytest.raises(StoreError):
            Store(tmp_path / folder).put(ENTRIES)


def test_another_run_that_writes_for_long_is_not_waited_for(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    other = sqlite3.connect(kept, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    assert Store(kept.parent).get(ENTRIES) == {}
    Store(kept.parent).put({b"new" * 5: b"result"})

    other.execute("ROLLBACK")
    other.close()
    assert Store(kept.parent).get(ENTRIES) == ENTRIES


def test_what_was_of_no_use_for_long_goes_and_what_was_stays(kept: Path) -> None:
    first, second = list(ENTRIES)[:2]
    for day in (20, 40):
        later = Store(kept.parent)
        later._today += day
        assert first in later.get([first])
        later.put({})
        later.put({second * 2: b"result"})

    assert set(Store(kept.parent).get([*ENTRIES, second * 2])) == {first, second * 2}


def test_the_oldest_make_room_but_nothing_of_today_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 1_000_000)
    first, second, third = ({b"%d %09d" % (part, index): b"result" * 500 for index in range(200)} for part in range(3))
    today = Store(tmp_path)
    for results in (first, second, third):
        today.put(results)
    kept_today = len(today.get([*first, *second, *third]))
    tomorrow = Store(tmp_path)
    tomorrow._today += 1
    tomorrow.put(third)

    assert kept_today == len(first) + len(second)
    assert tomorrow.get(third) == third
    assert 0 < len(tomorrow.get(second)) >= len(tomorrow.get(first))
    assert len(tomorrow.get(first)) < len(first)


_WRITER = """
import sys
from pathlib import Path
from audit.keeping.store import Store
store = Store(Path(sys.argv[1]))
number = 0
while True:
    block = {b"%016d" % index: b"%d " % number * 3_000 for index in range(50)}
    store.put(block)
    number += 1
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_all_of_a_block_or_nothing(tmp_path: Path) -> None:
    chance = random.Random(9)
    keys = [b"%016d" % index for index in range(50)]
    for _ in range(15):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path / "cache")], stdout=subprocess.PIPE)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        writer.kill()
        writer.communicate()

        found = Store(tmp_path / "cache").get(keys)

        assert set(found) == set(keys)
        assert len(set(found.values())) == 1


def test_writers_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from audit.keeping.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for number in range(20): store.put({b'%s %02d' % (sys.argv[2].encode(), number): b'result' * 500})\n"
    )
    names = ("one", "two", "three")
    command = [sys.executable, "-c", script, str(tmp_path / "cache")]
    writers = [subprocess.Popen([*command, name]) for name in names]

    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    keys = [f"{name} {number:02}".encode() for name in names for number in range(20)]
    assert len(Store(tmp_path / "cache").get(keys)) == 60


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"AUDIT_CACHE_DIR": "/tmp/own", "XDG_CACHE_HOME": "/tmp/xdg"}, "/tmp/own"),
        ({"XDG_CACHE_HOME": "/tmp/xdg"}, "/tmp/xdg/audit"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/editor/.cache/audit"),
        ({}, "/home/editor/.cache/audit"),
    ],
)
def test_the_users_folder_is_where_the_system_keeps_such(
    environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("AUDIT_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/editor", **environment}.items():
        monkeypatch.setenv(name, value)

    assert store.chosen(None, None) == Path(folder)
    assert store.chosen("/tmp/named", "/tmp/configured") == Path("/tmp/named")
    configured = store.chosen(None, "/tmp/configured")
    assert configured == Path(environment.get("AUDIT_CACHE_DIR", "/tmp/configured"))


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("darwin", {}, "/home/editor/Library/Caches/audit"),
        ("win32", {"LOCALAPPDATA": "/home/editor/AppData/Local"}, "/home/editor/AppData/Local/audit/Cache"),
    ],
)
def test_other_systems_have_other_folders(
    platform: str, environment: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("AUDIT_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/editor", **environment}.items():
        monkeypatch.setenv(name, value)

    assert store.chosen(None, None) == Path(folder)
