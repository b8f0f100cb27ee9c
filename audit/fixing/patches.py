"""The change of a file as a unified diff, which `git apply` and `patch` understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CONTEXT = 3  # lines
_ESCAPES = {"\a": "\\a", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\v": "\\v", "\f": "\\f", "\r": "\\r"}


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of the diff that turns `before` into `after`, the texts of the file `path`, with their ends."""
    from difflib import SequenceMatcher

    old, new = _lines(before), _lines(after)
    skipped = max(0, _same(old, new) - _CONTEXT)  # comparing what is equal takes long in large files
    old, new = old[skipped:], new[skipped:]
    behind = max(0, _same(old[::-1], new[::-1]) - _CONTEXT)
    old, new = old[: len(old) - behind], new[: len(new) - behind]
    yield f"--- {_name('a/', path)}\n"
    yield f"+++ {_name('b/', path)}\n"
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT):
        here = _range(skipped + group[0][1], skipped + group[-1][2])
        there = _range(skipped + group[0][3], skipped + group[-1][4])
        yield f"@@ -{here} +{there} @@\n"
        for kind, start, end, new_start, new_end in group:
            if kind in ("equal", "delete", "replace"):
                yield from _marked(" " if kind == "equal" else "-", old[start:end])
            if kind in ("insert", "replace"):
                yield from _marked("+", new[new_start:new_end])


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends one, as git and patch have it."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines are the same at the beginning."""
    differing = (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    return next(differing, min(len(old), len(new)))


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return f"{start + 1}"
    return f"{start + (end > start)},{end - start}"


def _marked(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign}{line}"
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _name(prefix: str, path: str) -> str:
    """Return the name of a file as git writes it into a diff: in quotes where it holds what would end the line."""
    if path.isprintable() and '"' not in path and "\\" not in path:
        return f"{prefix}{path}\t" if " " in path else f"{prefix}{path}"
    inner = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{prefix}{"".join(map(_escaped, inner))}"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    octal = "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
    return _ESCAPES.get(character, octal)
