"""The function words and letters by which a language is told from the target language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from audit.model import Row, Table


class Language(NamedTuple):
    """A language as it shows in a text of the target language.

    `words` tell of it, `weak` ones only beside others; `letters` are those that the target language does not write.
    """

    tag: str
    name: str
    words: frozenset[str]
    weak: frozenset[str]
    letters: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """All other languages as they show in a text of one target language, and that one's own words."""

    own: frozenset[str]
    languages: tuple[Language, ...]

    @property
    def words(self) -> frozenset[str]:
        """All words that tell of another language."""
        return frozenset().union(*(language.words for language in self.languages))


def lexicon(table: Table, target: str) -> Lexicon:
    """Return what tells of the languages of `table` (described in its head) in a text in `target`, one of its tags.

    Languages of another script than that of `target` are left out for Latin script: their letters tell of them.
    """
    rows = {row.cells["language"]: row for row in table.rows}
    mine = rows[target]
    own = _cell(mine, "words") | _cell(mine, "weak")
    taken = own | _cell(mine, "ordinary")
    latin = _is_latin(mine)
    others = [row for tag, row in rows.items() if tag != target and (_is_latin(row) or not latin)]
    languages = tuple(_language(row, taken, frozenset(mine.cells["letters"])) for row in others)
    shared = frozenset(word for language in languages for word in language.words)
    return Lexicon(own - shared, languages)


def _language(row: Row, taken: frozenset[str], letters: frozenset[str]) -> Language:
    cells = row.cells
    words = frozenset(_long(_cell(row, "words") - taken))
    weak = (_cell(row, "weak") | _cell(row, "words")) - words - taken
    return Language(cells["language"], cells["name"], words, weak, frozenset(cells["letters"]) - letters)


def _cell(row: Row, column: str) -> frozenset[str]:
    return frozenset(row.cells[column].split())


def _long(words: frozenset[str]) -> Iterator[str]:
    return (word for word in words if len(word) > 1)


def _is_latin(row: Row) -> bool:
    return row.cells["words"][0] < "\u0370"
