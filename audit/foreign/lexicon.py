"""The function words and letters by which a language is told from the target language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from audit.model import Row, Table


class Language(NamedTuple):
    """A language as it shows in a text of the target language.

    `words` tell of it, `weak` ones only beside others; `letters` are those that the target language does not write;
    `own` and `own_letters` are those of the target language that are none of this one.
    """

    tag: str
    name: str
    words: frozenset[str]
    weak: frozenset[str]
    letters: frozenset[str]
    own: frozenset[str]
    own_letters: frozenset[str]
    latin: bool


@dataclass(frozen=True)
class Lexicon:
    """All other languages as they show in a text of one target language; `latin` is the script of that one."""

    languages: tuple[Language, ...]
    latin: bool

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
    latin = _is_latin(mine)
    others = [row for tag, row in rows.items() if tag != target and (_is_latin(row) or not latin)]
    return Lexicon(tuple(_language(row, mine) for row in others), latin)


def _language(row: Row, mine: Row) -> Language:
    own, all_words = _cell(mine, "words") | _cell(mine, "weak"), _cell(row, "words") | _cell(row, "weak")
    taken = own | _cell(mine, "ordinary")
    words = frozenset(word for word in _cell(row, "words") - taken if len(word) > 1)
    letters = frozenset(row.cells["letters"]) - frozenset(mine.cells["letters"])
    return Language(
        row.cells["language"],
        row.cells["name"],
        words,
        all_words - words - _cell(mine, "words"),
        letters,
        own - all_words,
        frozenset(mine.cells["letters"]) - frozenset(row.cells["letters"]),
        _is_latin(row),
    )


def _cell(row: Row, column: str) -> frozenset[str]:
    return frozenset(row.cells[column].split())


def _is_latin(row: Row) -> bool:
    return row.cells["words"][0] < "\u0370"
