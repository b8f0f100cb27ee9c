"""The hash of a line is the one that GitHub's own code computes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.reporting.linehash import line_hashes, read, written
from audit.text import line_starts


@pytest.mark.parametrize(
    ("text", "hashes"),
    [  # the values of codeql-action's own tests
        ("", ["c129715d7a2bc9a3:1"]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1",
            ],
        ),
    ],
)
def test_hashes_are_those_of_github(text: str, hashes: list[str]) -> None:
    assert list(line_hashes(text, range(1, 99)).values()) == hashes
    assert list(line_hashes(text.replace("\n", "\r\n"), range(1, 99)).values()) == hashes


def test_equal_lines_are_numbered() -> None:
    same = "x" * 200

    hashes = line_hashes(f"{same}\n{same}\nend", {1, 2})

    assert [value.partition(":")[2] for value in hashes.values()] == ["1", "2"]
    assert len({value.partition(":")[0] for value in hashes.values()}) == 1


def rolled(text: str) -> list[str]:
    """Compute the hashes as GitHub does: character by character, with a window that rolls on."""
    block, mask = 100, (1 << 64) - 1
    first = pow(37, block, 1 << 64)
    window, numbers = [0] * block, [0] * block
    state = {"hash": 0, "index": 0, "line": 0}
    counts: dict[int, int] = {}
    out: dict[int, str] = {}

    def flush() -> None:
        if numbers[state["index"]]:
            counts[state["hash"]] = counts.get(state["hash"], 0) + 1
            out[numbers[state["index"]]] = f"{state['hash']:x}:{counts[state['hash']]}"
            numbers[state["index"]] = 0

    def update(unit: int) -> None:
        begin, window[state["index"]] = window[state["index"]], unit
        state["hash"] = (37 * state["hash"] + unit - first * begin) & mask
        state["index"] = (state["index"] + 1) % block

    encoded = text.encode("utf-16-be", "surrogatepass")
    units = [int.from_bytes(encoded[at : at + 2], "big") for at in range(0, len(encoded), 2)]
    start, after_return = True, False
    for unit in [*units, 65535]:
        if unit in (32, 9) or (after_return and unit == 10):
            after_return = False
            continue
        after_return = unit == 13
        unit = 10 if unit == 13 else unit
        flush()
        if start:
            start = False
            state["line"] += 1
            numbers[state["index"]] = state["line"]
        start = unit == 10
        update(unit)
    for _ in range(block):
        flush()
        update(0)
    return [out[line] for line in sorted(out)]


@given(st.text(st.sampled_from("ab \t\n\r“é😀\ud800"), max_size=250))
def test_hashes_are_those_of_a_rolling_window(text: str) -> None:
    hashes = line_hashes(text, range(1, 999))

    assert list(hashes.values()) == rolled(text)
    assert len(hashes) == len(line_starts(text))
    assert read(written(hashes)) == hashes
