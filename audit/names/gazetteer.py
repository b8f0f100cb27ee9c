"""Tables of house names: the spellings each row wants replaced, derived from its names in Cyrillic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from typing import NamedTuple

from audit.expressions import expression
from audit.model import Row, Table
from audit.names.romanization import UKRAINIAN, UKRAINIAN_MIXED, national, russian, spellings
from audit.text import fold

_MOST = 256  # spellings of a name of several words
_MOST_OF_ADJECTIVE = 16  # spellings of an adjective: those with its usual endings come first
_LITERAL = 7  # characters that the scan looks for: enough to be rare, few enough to be shared by many spellings
_BREAK = expression(r"[ -]")

_NAMES = ("house", "ukrainian", "russian")
_GROUPS = {
    "systems": "another romanization of the name",
    "from_russian": "spelled from Russian",
    "mixed": "spelled half from Russian",
}


class Entry(NamedTuple):
    """What to do about a spelling: write `house` instead (see `written` for its words with a choice).

    `accepted` are all good spellings, folded; `group` says where the spelling comes from (see `_GROUPS`), or "listed";
    the rest are the columns of the row.
    """

    house: str
    accepted: tuple[str, ...]
    reason: str
    group: str
    kind: str
    needs: str
    region: str
    elsewhere: tuple[str, ...]


def entries(table: Table, derived: Table) -> dict[str, Entry]:
    """Return what to replace by its folded spelling, in which hyphens are spaces; earlier rows win.

    `derived` is the table that `derived_table` wrote for `table`; rows that it lacks are derived now.
    """
    known = {_key(row.cells): row.cells for row in derived.rows}
    found: list[tuple[list[str], Entry]] = []
    for row in table.rows:
        cells = known.get(_key(row.cells))
        groups = _derive(row.cells) if cells is None else [(name, _list(cells[name])) for name in _GROUPS]
        found += _entries(row.cells, groups)
    by_spelling: dict[str, Entry] = {}
    for spelled, entry in reversed(found):
        by_spelling.update(dict.fromkeys(spelled, entry))
    return by_spelling


def _key(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple([cells.get(name, "") for name in _NAMES])


def derived_table(table: Table) -> str:
    """Return the text of the table that holds the derived spellings of `table`."""
    lines = ["# Derived by `make tables` from the table beside it: not to be edited.", "\t".join((*_NAMES, *_GROUPS))]
    for row in table.rows:
        groups = dict(_derive(row.cells))
        cells = [row.cells.get(name, "") for name in _NAMES] + [", ".join(groups[name]) for name in _GROUPS]
        lines.append("\t".join(cells))
    return "\n".join([*lines, ""])


def by_literal(keys: Iterable[str]) -> dict[str, list[str]]:
    """Return the spellings by the literal that the scan finds them by, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys, key=len, reverse=True):
        if " " not in key:
            found[key[:_LITERAL]].append(key)
            continue
        first, _, rest = key.partition(" ")
        for sign in " -":
            found[f"{first}{sign}{rest.partition(' ')[0][:2]}"].append(key)
    return found


def house_names(table: Table) -> frozenset[str]:
    """Return the folded house names of places, hyphens as spaces."""
    return frozenset(name for row in table.rows for name in _accepted(row.cells["house"]))


@cache
def _accepted(house: str) -> tuple[str, ...]:
    folded = fold(house).replace("-", " ")
    if "/" not in folded:
        return (folded,)
    return tuple(" ".join(words) for words in product(*(word.split("/") for word in folded.split(" "))))


def _entries(cells: Mapping[str, str], groups: Sequence[tuple[str, list[str]]]) -> Iterator[tuple[list[str], Entry]]:
    house, kind = cells["house"], cells.get("kind", "")
    since = f"a name given up in {cells['since']}" if cells.get("since") else ""
    abroad = cells.get("elsewhere", "")
    elsewhere = tuple(_list(fold(abroad).replace("-", " "))) if abroad else ()
    shared = (kind, cells.get("needs", ""), cells.get("region", ""), elsewhere)
    accepted = _accepted(house)
    if also := cells.get("also", ""):
        listed = Entry(house, accepted, since or "not the house spelling", "listed", *shared)
        yield _list(fold(also).replace("-", " ")), listed
    for group, spelled in groups:
        if spelled:
            plain = "listed" if since or kind == "adjective" else group
            yield spelled, Entry(house, accepted, since or _GROUPS[group], plain, *shared)


def _derive(cells: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return the spellings to flag by the group that they belong to, each once."""
    seen = set() if cells.get("since") or cells.get("kind") == "adjective" else set(_accepted(cells["house"]))
    found = []
    for group, spelled in (("systems", _systems(cells)), ("from_russian", _russian(cells)), ("mixed", _mixed(cells))):
        new = [spelling for spelling in dict.fromkeys(spelled) if spelling not in seen]
        seen.update(new)
        found.append((group, new))
    return found


def _combined(options: Iterable[Sequence[str]]) -> Iterator[str]:
    return (" ".join(words) for words in islice(product(*options), _MOST))


def _words(cell: str) -> list[str]:
    return _BREAK.split(cell) if cell else []


def _systems(cells: Mapping[str, str]) -> Iterator[str]:
    words = _words(cells.get("ukrainian", ""))
    return _combined([spellings(word, UKRAINIAN) for word in words] or [[]])


def _mixed(cells: Mapping[str, str]) -> Iterator[str]:
    cell = cells.get("ukrainian", "")
    words = _words(cell) if len(cell) > 5 else []  # a short name spelled loosely is another word
    return _combined([spellings(word, UKRAINIAN_MIXED) for word in words] or [[]])


def _russian(cells: Mapping[str, str]) -> Iterator[str]:
    words = _words(cells.get("russian", ""))
    options = [list(dict.fromkeys(russian(word))) for word in words]
    if cells.get("kind") == "adjective":
        stem = fold(cells["house"])[:-1]
        options = [
            [spelling for spelling in mine[:_MOST_OF_ADJECTIVE] if not _is_ukrainian(spelling, stem)]
            for mine in options
        ]
    if cells.get("kind") == "person":
        good = [fold(word).split("/") for word in _words(cells["house"])]
        options = [mine + accepted for mine, accepted in zip(options, good, strict=True)]
    return _combined(options or [[]])


def _is_ukrainian(adjective: str, stem: str) -> bool:
    """Tell whether the masculine adjective may as well be romanized from Ukrainian: Donetskyi, Bakhmutsky."""
    return adjective.startswith(stem) and adjective.endswith(("kyi", "ky", "kyy"))


def written(entry: Entry, spelling: str) -> str:
    """Return the house name for the folded `spelling`, with those words of it that are accepted as they are."""
    if "/" not in entry.house:
        return entry.house
    wanted = _BREAK.split(entry.house)
    words = spelling.split(" ") if spelling.count(" ") == len(wanted) - 1 else [""] * len(wanted)
    chosen = (
        next((good for good in options.split("/") if fold(good) == word), options.partition("/")[0])
        for word, options in zip(words, wanted, strict=True)
    )
    return "".join(piece for pair in zip(chosen, [*_BREAK.findall(entry.house), ""], strict=True) for piece in pair)


def _list(cell: str) -> list[str]:
    return cell.split(", ") if cell else []


def misspelled(row: Row) -> bool:
    """Tell whether no accepted house spelling of the row is the national romanization of its Ukrainian name."""
    words = " ".join(national(word) for word in _BREAK.split(row.cells["ukrainian"]))
    return bool(words) and words not in _accepted(row.cells["house"])
